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
import java.util.Set;

/**
 * Whether the ids that rows refer to name something: one statement for each module they point to.
 */
final class References {
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final long userId;

  /**
   * An id that a row gives for a field; what is wrong with it goes to the row that the client sees.
   */
  private record Reference(Draft draft, Draft reported, Field field, long id) {}

  References(Metadata metadata, ModuleTables tables, Access access, long userId) {
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    this.userId = userId;
  }

  /** Rejects the drafts that refer to what is not there or what the user may not see. */
  void check(Transaction tx, List<Draft> drafts) {
    Map<Module, List<Reference>> byModule = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      if (draft.good()) {
        collect(draft, draft, byModule);
        for (List<Child> children : draft.children().values()) {
          children.forEach(child -> collect(child.draft(), draft, byModule));
        }
      }
    }
    byModule.forEach((module, references) -> check(tx, module, references));
  }

  private void collect(Draft draft, Draft reported, Map<Module, List<Reference>> byModule) {
    draft
        .values()
        .forEach(
            (field, value) -> {
              if (value instanceof Long id && !field.apiName().equals("Layout")) {
                var reference = new Reference(draft, reported, field, id);
                if (isUser(field)) {
                  checkUser(reference);
                } else {
                  target(draft, field)
                      .ifPresent(
                          module ->
                              byModule
                                  .computeIfAbsent(module, key -> new ArrayList<>())
                                  .add(reference));
                }
              }
            });
  }

  private java.util.Optional<Module> target(Draft draft, Field field) {
    FieldType type = field.type();
    if (type instanceof MultiModuleLookupType) {
      return java.util.Optional.ofNullable(draft.modules().get(field)).flatMap(metadata::find);
    }
    return field.dataType().equals("lookup") && !field.modules().isEmpty()
        ? metadata.find(field.modules().getFirst()).filter(Module::hasTable)
        : java.util.Optional.empty();
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

  private void check(Transaction tx, Module module, List<Reference> references) {
    Set<Long> ids = new HashSet<>();
    references.forEach(reference -> ids.add(reference.id));
    Sql existing =
        sql(
                "select t.\"id\" from "
                    + tables.of(metadata, module)
                    + " t where t.\"id\" = any(?) and",
                (Object) ids.toArray(Long[]::new))
            .then(access.rows(metadata, userId, Action.READ, module));
    Set<Long> found = new HashSet<>(tx.list(existing, row -> row.getLong(1)));
    for (Reference reference : references) {
      if (!found.contains(reference.id)) {
        reject(reference);
      }
    }
  }

  private static void reject(Reference reference) {
    String path = reference.draft.path(reference.field.apiName() + ".id");
    reference.reported.reject(Invalid.id(reference.field, path));
  }
}
