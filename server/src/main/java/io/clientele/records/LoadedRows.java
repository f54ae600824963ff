package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleColumns;
import io.clientele.metadata.Settings;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.metadata.types.Participant;
import io.clientele.records.Loaded.Lost;
import io.clientele.records.Loaded.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Adds rows of one module as they were elsewhere. A value that its field cannot have is left out
 * and told; a row without an id is refused; one whose id is there already is passed over, or
 * refused when it is another record's.
 */
final class LoadedRows {
  private static final String ID = "id";
  private static final String TAG = "Tag";
  private static final String CREATED = "Created_Time";
  private static final int SHOWN = 500;

  private final RecordChange change;
  private final Module module;
  private final Metadata metadata;
  private final Transaction tx;

  LoadedRows(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
    metadata = change.stamp().metadata();
    tx = change.tx();
  }

  /** A row and what is found out about it. */
  private static final class Row {
    private final Draft draft;
    private final List<Lost> lost = new ArrayList<>();
    private final boolean dated;
    private State state = State.ADDED;

    /**
     * @param dated whether it says when it was created
     */
    Row(Draft draft, boolean dated) {
      this.dated = dated;
      this.draft = draft;
    }

    /** Goes without a value. */
    void lose(Field field, String why) {
      lost.add(new Lost(field.apiName(), shown(draft.values().remove(field)), why));
      draft.forgive();
    }

    Loaded result() {
      return state == State.REFUSED
          ? Loaded.refused("another record here has its id")
          : new Loaded(state, Optional.empty(), lost);
    }
  }

  List<Loaded> load(List<? extends JsonNode> json) {
    var rows = new ArrayList<Optional<Row>>();
    Map<Long, Row> byId = new LinkedHashMap<>();
    for (JsonNode one : json) {
      Optional<Row> row =
          Optional.of(one.path(ID).asString(""))
              .filter(ListQuery::isId)
              .map(id -> read(one, Long.parseLong(id)));
      row.filter(found -> byId.putIfAbsent(found.draft.requiredId(), found) != null)
          .ifPresent(found -> found.state = State.THERE);
      rows.add(row);
    }
    Set<Long> there = thereIn(module, byId.keySet());
    Set<Long> others = othersIn(there, byId);
    for (long id : there) {
      Row row = Objects.requireNonNull(byId.remove(id));
      row.state = others.contains(id) ? State.REFUSED : State.THERE;
      row.lost.clear();
    }
    add(byId.values());
    return rows.stream()
        .map(row -> row.map(Row::result).orElseGet(() -> Loaded.refused("it has no id")))
        .toList();
  }

  private void add(Collection<Row> rows) {
    List<Draft> drafts = rows.stream().map(row -> row.draft).toList();
    new Uniques(metadata, module, change.table(module), change.stamp().userId()).check(tx, drafts);
    for (Row row : rows) {
      for (String name : doubled(row.draft)) {
        row.lose(module.field(name).orElseThrow(), "another record has it");
      }
    }
    findModules(rows);
    change.changedMetadata(Tags.resolve(tx, metadata, module, change.stamp().userId(), drafts));
    for (Row row : rows) {
      if (!row.draft.good()) {
        row.lose(module.field(TAG).orElseThrow(), "there cannot be such tags");
      }
    }
    change.insertLoaded(module, drafts);
    drafts.stream()
        .mapToLong(Draft::requiredId)
        .max()
        .ifPresent(highest -> Settings.moveIds(tx, metadata.org(), highest));
  }

  private Row read(JsonNode json, long id) {
    var draft = new Draft("$");
    draft.setId(id);
    var row = new Row(draft, json.hasNonNull(CREATED));
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      module
          .field(property.getKey())
          .filter(field -> isLoaded(field) && !property.getValue().isNull())
          .ifPresent(field -> read(row, field, property.getValue()));
    }
    module
        .field("Layout")
        .filter(field -> draft.values().get(field) == null)
        .ifPresent(
            field ->
                metadata
                    .defaultLayout(module, change.stamp().userId())
                    .ifPresent(layout -> draft.set(field, layout.id())));
    Stamps.loaded(module, draft, change.stamp().userId(), change.stamp().now());
    return row;
  }

  private void read(Row row, Field field, JsonNode json) {
    try {
      Object value = value(field, json);
      if (value != null) {
        row.draft.set(field, value);
      }
      if (field.type() instanceof MultiModuleLookupType) {
        metadata
            .find(json.path("module").path("api_name").asString(""))
            .ifPresent(found -> row.draft.setModule(field, found.id()));
      }
    } catch (ApiError e) {
      String why = e.code() + (e.details().isEmpty() ? "" : " " + e.details());
      String text = json.isString() ? json.stringValue() : json.toString();
      row.lost.add(new Lost(field.apiName(), shown(text), why));
    }
  }

  /** Participants keep what they answered. */
  private @Nullable Object value(Field field, JsonNode json) {
    Object value = field.type().parse(json, field, field.apiName());
    if (value == null || field.type() != FieldTypes.PARTICIPANTS) {
      return value;
    }
    return Participant.kept(
        Participant.list(json.toString()).stream()
            .map(
                one ->
                    one.found(
                        one.module().flatMap(metadata::find).map(Module::id).orElse(0L),
                        one.email()))
            .toList());
  }

  private boolean isLoaded(Field field) {
    return !field.apiName().equals(ID)
        && field.stored().isPresent()
        && !ModuleColumns.isComputed(module, field);
  }

  private static String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > SHOWN ? text.substring(0, SHOWN) : text;
  }

  private Set<Long> thereIn(Module where, Collection<Long> ids) {
    Sql statement =
        sql(
            "select t.\"id\" from " + change.table(where) + " t where t.\"id\" = any(?)",
            (Object) ids.toArray(Long[]::new));
    return new HashSet<>(tx.list(statement, row -> row.getLong(1)));
  }

  /** Those that were created at another second: ids of different orgs can be the same. */
  private Set<Long> othersIn(Set<Long> ids, Map<Long, Row> rows) {
    Field created = module.field(CREATED).filter(field -> field.stored().isPresent()).orElse(null);
    if (created == null || ids.isEmpty()) {
      return Set.of();
    }
    List<Row> dated =
        rows.values().stream()
            .filter(row -> row.dated && ids.contains(row.draft.requiredId()))
            .filter(row -> row.draft.values().get(created) != null)
            .toList();
    Sql statement =
        sql(
            "select t.\"id\" from %s t join unnest(?, ?::timestamptz[]) as s(id, time) on s.id = t.\"id\" where date_trunc('second', t.%s) <> date_trunc('second', s.time)"
                .formatted(change.table(module), Sql.identifier(created.column())),
            tx.array("bigint", dated.stream().map(row -> row.draft.requiredId()).toArray()),
            tx.array(
                "text",
                dated.stream()
                    .map(row -> String.valueOf(row.draft.values().get(created)))
                    .toArray()));
    return new HashSet<>(tx.list(statement, row -> row.getLong(1)));
  }

  /** The fields whose values another record has, as {@link Uniques} says it. */
  private static List<String> doubled(Draft draft) {
    JsonNode details =
        draft
            .error()
            .map(error -> (JsonNode) Json.MAPPER.valueToTree(error.details()))
            .orElseGet(MissingNode::getInstance);
    List<String> several =
        details
            .path("errors")
            .valueStream()
            .map(one -> one.path("details").path("api_name").asString())
            .toList();
    return !several.isEmpty()
        ? several
        : details.has("api_name") ? List.of(details.path("api_name").asString()) : List.of();
  }

  /** In which modules the records lie that lookups to several name, where the rows do not say. */
  private void findModules(Collection<Row> rows) {
    for (Field field : module.fields()) {
      if (field.type() instanceof MultiModuleLookupType) {
        Map<Long, List<Row>> open = new LinkedHashMap<>();
        for (Row row : rows) {
          if (row.draft.values().get(field) instanceof Long id
              && !row.draft.modules().containsKey(field)) {
            open.computeIfAbsent(id, key -> new ArrayList<>()).add(row);
          }
        }
        findModules(field, open);
        open.values()
            .forEach(left -> left.forEach(row -> row.lose(field, "there is no such record")));
      }
    }
  }

  /** Takes those that are found out of {@code open}. */
  private void findModules(Field field, Map<Long, List<Row>> open) {
    for (Module candidate : metadata.modules()) {
      boolean possible =
          candidate.hasTable()
              && candidate.apiSupported()
              && (field.modules().isEmpty() || field.modules().contains(candidate.apiName()));
      if (possible && !open.isEmpty()) {
        for (long id : thereIn(candidate, open.keySet())) {
          Objects.requireNonNull(open.remove(id))
              .forEach(row -> row.draft.setModule(field, candidate.id()));
        }
      }
    }
  }
}
