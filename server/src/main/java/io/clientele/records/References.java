package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.FieldType;
import io.clientele.metadata.types.Invalid;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.Draft.Child;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Whether the ids that rows refer to name something that the field offers: one statement for each
 * module they point to and each filter of lookups.
 */
final class References {
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final long userId;
  private final CriteriaSql criteria;

  /**
   * An id that a row gives for a field; what is wrong with it goes to the row that the client sees.
   *
   * @param module the module of the row
   */
  private record Reference(Module module, Draft draft, Draft reported, Field field, long id) {}

  /** Records of a module that fit the criteria of a lookup, which are missing when it has none. */
  private record Target(Module module, JsonNode filter) {}

  References(
      Metadata metadata, ModuleTables tables, Access access, long userId, CriteriaSql criteria) {
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    this.userId = userId;
    this.criteria = criteria;
  }

  /** Rejects the drafts that refer to what is not there or what the user may not see. */
  void check(Transaction tx, Module module, List<Draft> drafts) {
    Map<Target, List<Reference>> byTarget = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      if (draft.good()) {
        collect(module, draft, draft, byTarget);
        draft
            .children()
            .forEach(
                (field, children) -> {
                  Module rows = Children.module(metadata, field);
                  for (Child child : children) {
                    collect(rows, child.draft(), draft, byTarget);
                  }
                });
      }
    }
    byTarget.forEach((target, references) -> check(tx, target, references));
  }

  private void collect(
      Module module, Draft draft, Draft reported, Map<Target, List<Reference>> byTarget) {
    draft
        .values()
        .forEach(
            (field, value) -> {
              if (value instanceof Long id && !field.apiName().equals("Layout")) {
                var reference = new Reference(module, draft, reported, field, id);
                if (isUser(field)) {
                  checkUser(reference);
                } else {
                  target(draft, field)
                      .ifPresent(
                          target ->
                              byTarget
                                  .computeIfAbsent(target, key -> new ArrayList<>())
                                  .add(reference));
                }
              }
            });
  }

  private Optional<Target> target(Draft draft, Field field) {
    FieldType type = field.type();
    if (type instanceof MultiModuleLookupType) {
      return Optional.ofNullable(draft.modules().get(field))
          .flatMap(metadata::find)
          .map(module -> new Target(module, MissingNode.getInstance()));
    }
    return field.dataType().equals("lookup") && !field.modules().isEmpty()
        ? metadata
            .find(field.modules().getFirst())
            .filter(Module::hasTable)
            .map(module -> new Target(module, lookup(field).at("/query_details/criteria")))
        : Optional.empty();
  }

  private static JsonNode lookup(Field field) {
    return field.definition().path("lookup");
  }

  private static boolean isUser(Field field) {
    return switch (field.dataType()) {
      case "ownerlookup", "userlookup" -> true;
      default -> false;
    };
  }

  private void checkUser(Reference reference) {
    UserName user = metadata.userName(reference.id);
    if (user == null || !user.active()) {
      reject(reference);
    }
  }

  private void check(Transaction tx, Target target, List<Reference> references) {
    Set<Long> found = find(tx, target, references);
    List<Reference> unfit =
        references.stream().filter(reference -> !found.contains(reference.id)).toList();
    Set<Reference> kept = target.filter.isMissingNode() ? Set.of() : kept(tx, unfit);
    unfit.stream().filter(reference -> !kept.contains(reference)).forEach(References::reject);
    if (!kept.isEmpty()) {
      check(tx, new Target(target.module, MissingNode.getInstance()), List.copyOf(kept));
    }
  }

  private Set<Long> find(Transaction tx, Target target, List<Reference> references) {
    Sql existing =
        sql(
                "select t.\"id\" from "
                    + tables.of(metadata, target.module)
                    + " t where t.\"id\" = any(?) and",
                (Object) references.stream().map(Reference::id).distinct().toArray(Long[]::new))
            .then(access.rows(metadata, userId, Action.READ, target.module))
            .and(criteria.of(metadata, target.module, target.filter, userId, "t"));
    return new HashSet<>(tx.list(existing, row -> row.getLong(1)));
  }

  /** Those that rows have already, of lookups whose filter is for new values only. */
  private Set<Reference> kept(Transaction tx, List<Reference> references) {
    Map<Field, List<Reference>> byField =
        references.stream()
            .filter(reference -> reference.draft.existed())
            .filter(
                reference ->
                    !lookup(reference.field).path("revalidate_filter_during_edit").asBoolean(false))
            .collect(Collectors.groupingBy(Reference::field));
    return byField.entrySet().stream()
        .flatMap(entry -> kept(tx, entry.getKey(), entry.getValue()))
        .collect(Collectors.toSet());
  }

  private Stream<Reference> kept(Transaction tx, Field field, List<Reference> references) {
    Sql stored =
        sql(
            "select t.\"id\", t.%1$s from %2$s t where t.\"id\" = any(?) and t.%1$s is not null"
                .formatted(
                    Sql.identifier(field.column()),
                    tables.of(metadata, references.getFirst().module)),
            (Object) references.stream().map(one -> one.draft.requiredId()).toArray(Long[]::new));
    Set<List<Long>> pairs =
        new HashSet<>(tx.list(stored, row -> List.of(row.getLong(1), row.getLong(2))));
    return references.stream()
        .filter(one -> pairs.contains(List.of(one.draft.requiredId(), one.id)));
  }

  private static void reject(Reference reference) {
    String path = reference.draft.path(reference.field.apiName() + ".id");
    reference.reported.reject(Invalid.id(reference.field, path));
  }
}
