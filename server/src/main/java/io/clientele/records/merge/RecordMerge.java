package io.clientele.records.merge;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.Outcome;
import io.clientele.records.RawRecord;
import io.clientele.records.RawRecord.Link;
import io.clientele.records.RecordChange;
import io.clientele.records.Relinks.Referrer;
import io.clientele.records.merge.MergeRequest.Child;
import io.clientele.records.merge.MergeRequest.Chosen;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges records within a change: all that names the children names the master from now on, the
 * values chosen become the master's, the children go to the recycle bin. Rows of subforms go with
 * their record unless the subform is chosen. Reference: Merge Records.
 */
final class RecordMerge {
  private final RecordChange change;
  private final Metadata metadata;
  private final Module module;
  private final MergeRequest request;
  private final Link master;
  private final List<Long> childIds;

  RecordMerge(RecordChange change, Module module, MergeRequest request) {
    this.change = change;
    this.metadata = change.stamp().metadata();
    this.module = module;
    this.request = request;
    this.master = new Link(request.master(), module.id());
    this.childIds = request.childIds();
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA or NOT_ALLOWED about one of the records
   */
  void merge() {
    Map<Long, RawRecord> records = check();
    RawRecord before = Objects.requireNonNull(records.get(request.master()));
    for (Referrer rows : change.referrers(module)) {
      move(rows);
    }
    moveSubforms();
    var files = new MergedFiles(change, module, request, records);
    Map<String, @Nullable Object> values = new LinkedHashMap<>(files.values());
    files.move();
    Map<String, Long> modules = new LinkedHashMap<>();
    for (Child child : request.children()) {
      take(child, Objects.requireNonNull(records.get(child.id())), values, modules);
    }
    addTags(records, before, values);
    change.delete(module, childIds).forEach(Outcome::requireId);
    change.set(module, request.master(), values, modules);
  }

  /** The records, locked in the order of their ids, after all rules were asked. */
  Map<Long, RawRecord> check() {
    var records = new TreeMap<Long, RawRecord>();
    Stream.concat(Stream.of(request.master()), childIds.stream())
        .sorted()
        .forEach(
            id ->
                change
                    .raw(module, id, id == request.master() ? Action.UPDATE : Action.DELETE)
                    .ifPresent(record -> records.put(id, record)));
    RawRecord found = records.get(request.master());
    if (found == null) {
      throw noMaster();
    }
    for (Child child : request.children()) {
      if (!records.containsKey(child.id())) {
        throw MergeReader.unknown(child.path() + ".id");
      }
    }
    new MergeRules(metadata, module).check(request, found, records);
    return records;
  }

  static io.clientele.error.ApiError noMaster() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("Master record id is not available");
  }

  /** Whether so much hangs on a child that the work is done after the request. */
  boolean isLarge(int rows) {
    return change.referrers(module).stream()
        .filter(this::goesAlong)
        .anyMatch(
            referrer -> {
              Sql statement =
                  sql("select exists (select 1 from "
                          + change.table(referrer.module())
                          + " t where")
                      .then(referrer.naming(module, childIds))
                      .then("group by t." + column(referrer.field()))
                      .then("having count(*) > ?)", rows);
              return change.tx().list(statement, row -> row.getBoolean(1)).getFirst();
            });
  }

  private static String column(Field field) {
    return Sql.identifier(field.column());
  }

  /** Not the rows of a subform, and not what tells of the one record alone. */
  private boolean goesAlong(Referrer rows) {
    boolean subform =
        rows.module().generatedType().equals("subform")
            && rows.field().apiName().equals(rows.module().parentField());
    return switch (rows.module().apiName()) {
      case "DealHistory", "Locking_Information__s" -> false;
      default -> !subform;
    };
  }

  private void move(Referrer rows) {
    if (!goesAlong(rows)) {
      return;
    }
    Sql ofChildren = rows.naming(module, childIds);
    if (rows.module().generatedType().equals("linking")) {
      removeDoubles(rows, ofChildren);
    }
    if (rows.module().equals(module)) {
      change.relink(rows, ofChildren.and(sql("t.\"id\" = ?", request.master())), null);
    }
    change.relink(rows, ofChildren, master);
  }

  /** Links that the master, or another child before, has as well. */
  private void removeDoubles(Referrer links, Sql ofChildren) {
    List<Field> others =
        links.module().fields().stream()
            .filter(field -> !field.apiName().equals(links.field().apiName()))
            .filter(field -> field.stored().isPresent() && isLinked(field))
            .toList();
    if (others.isEmpty()) {
      return;
    }
    String same =
        others.stream()
            .map(field -> "m.%1$s = t.%1$s".formatted(column(field)))
            .collect(Collectors.joining(" and "));
    String own = "m." + column(links.field());
    change.remove(
        links.module(),
        ofChildren.and(
            sql(
                "exists (select 1 from "
                    + change.table(links.module())
                    + " m where "
                    + same
                    + " and ("
                    + own
                    + " = ? or "
                    + own
                    + " = any(?) and m.\"id\" < t.\"id\"))",
                request.master(),
                childIds.toArray(Long[]::new))));
  }

  private static boolean isLinked(Field field) {
    return switch (field.dataType()) {
      case "lookup" -> !field.modules().isEmpty();
      case "userlookup" -> true;
      default -> false;
    };
  }

  private void moveSubforms() {
    for (Child child : request.children()) {
      for (Chosen chosen : child.fields()) {
        Field field = module.field(chosen.apiName()).orElseThrow();
        if (field.dataType().equals("subform")) {
          Module rows = metadata.get(field.modules().getFirst());
          Field parent = rows.field(rows.parentField()).orElseThrow();
          String column = "t." + column(parent) + " = ?";
          change.remove(rows, sql(column, request.master()));
          change.relink(new Referrer(rows, parent), sql(column, child.id()), master);
        }
      }
    }
  }

  private void take(
      Child child,
      RawRecord record,
      Map<String, @Nullable Object> values,
      Map<String, Long> modules) {
    for (Chosen chosen : child.fields()) {
      if (chosen.files().isEmpty()) {
        take(chosen.apiName(), record, values, modules);
      }
    }
    boolean pipeline = child.has("Pipeline");
    if (module.apiName().equals("Deals") && (pipeline || child.has("Stage"))) {
      take("Stage", record, values, modules);
      take("Probability", record, values, modules);
      if (pipeline) {
        take("Layout", record, values, modules);
      }
    }
  }

  private static void take(
      String name,
      RawRecord record,
      Map<String, @Nullable Object> values,
      Map<String, Long> modules) {
    if (record.values().containsKey(name)) {
      values.put(name, record.values().get(name));
      Optional.ofNullable(record.modules().get(name)).ifPresent(id -> modules.put(name, id));
    }
  }

  /** The master has the tags of all. */
  private void addTags(
      Map<Long, RawRecord> records, RawRecord before, Map<String, @Nullable Object> values) {
    if (module.field("Tag").isEmpty()) {
      return;
    }
    var tags = new LinkedHashSet<String>();
    addTags(tags, before);
    childIds.forEach(id -> addTags(tags, Objects.requireNonNull(records.get(id))));
    if (!tags.isEmpty()) {
      values.put("Tag", "{" + String.join(",", tags) + "}");
    }
  }

  private static void addTags(LinkedHashSet<String> tags, RawRecord record) {
    if (record.values().get("Tag") instanceof String text) {
      Stream.of(text.substring(1, text.length() - 1).split(","))
          .filter(tag -> !tag.isEmpty())
          .forEach(tags::add);
    }
  }
}
