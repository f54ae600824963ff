package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Adds rows of one module as they were elsewhere. A value that its field cannot have is left out
 * and told; a row without an id is refused; one whose id is there already is passed over.
 */
final class LoadedRows {
  private static final String ID = "id";
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

  List<Loaded> load(List<? extends JsonNode> rows) {
    var results = new ArrayList<Loaded>();
    var drafts = new LinkedHashMap<Long, Draft>();
    var places = new HashMap<Long, Integer>();
    for (JsonNode row : rows) {
      String text = row.path(ID).asString("");
      if (!ListQuery.isId(text)) {
        results.add(Loaded.refused("it has no id"));
        continue;
      }
      var lost = new ArrayList<Lost>();
      Draft draft = draft(row, Long.parseLong(text), lost);
      boolean again = drafts.putIfAbsent(draft.requiredId(), draft) != null;
      if (!again) {
        places.put(draft.requiredId(), results.size());
      }
      results.add(new Loaded(again ? State.THERE : State.ADDED, Optional.empty(), lost));
    }
    for (long id : there(drafts.keySet())) {
      drafts.remove(id);
      results.set(places.get(id), new Loaded(State.THERE, Optional.empty(), List.of()));
    }
    List<Draft> added = List.copyOf(drafts.values());
    dropDoubled(added, results, places);
    modules(added, results, places);
    change.changedMetadata(
        Tags.resolve(tx, metadata, module, change.stamp().userId(), added));
    for (Draft draft : added) {
      draft.error().ifPresent(error -> lose(draft, "Tag", error, results, places));
    }
    change.insertLoaded(module, added);
    return results;
  }

  private Draft draft(JsonNode row, long id, List<Lost> lost) {
    var draft = new Draft("$");
    draft.setId(id);
    for (Map.Entry<String, JsonNode> property : row.properties()) {
      Field field = module.field(property.getKey()).orElse(null);
      if (field == null || !isLoaded(field) || property.getValue().isNull()) {
        continue;
      }
      try {
        Object value = value(field, property.getValue());
        if (value != null) {
          draft.set(field, value);
        }
        String in = property.getValue().path("module").path("api_name").asString("");
        if (field.type() instanceof MultiModuleLookupType) {
          metadata.find(in).ifPresent(found -> draft.setModule(field, found.id()));
        }
      } catch (ApiError e) {
        lost.add(lost(field.apiName(), property.getValue(), e));
      }
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
    return draft;
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

  private static Lost lost(String field, JsonNode value, ApiError why) {
    String text = value.isString() ? value.stringValue() : value.toString();
    return new Lost(
        field,
        text.length() > SHOWN ? text.substring(0, SHOWN) : text,
        why.code() + (why.details().isEmpty() ? "" : " " + why.details()));
  }

  private List<Long> there(Set<Long> ids) {
    return tx.list(
        sql(
            "select t.\"id\" from " + change.table(module) + " t where t.\"id\" = any(?)",
            (Object) ids.toArray(Long[]::new)),
        row -> row.getLong(1));
  }

  /** Values that must be unique and that another record has. */
  private void dropDoubled(List<Draft> drafts, List<Loaded> results, Map<Long, Integer> places) {
    new Uniques(metadata, module, change.table(module), change.stamp().userId()).check(tx, drafts);
    for (Draft draft : drafts) {
      draft
          .error()
          .ifPresent(
              error ->
                  doubled(error)
                      .forEach(name -> lose(draft, name, error, results, places)));
    }
  }

  private static Stream<String> doubled(ApiError error) {
    if (error.details().get("errors") instanceof List<?> all) {
      return all.stream()
          .map(one -> ((Map<?, ?>) ((Map<?, ?>) one).get("details")).get("api_name").toString());
    }
    return Stream.of(String.valueOf(error.details().get("api_name")));
  }

  private void lose(
      Draft draft, String name, ApiError why, List<Loaded> results, Map<Long, Integer> places) {
    Object value = draft.values().remove(module.field(name).orElseThrow());
    draft.forgive();
    add(draft, new Lost(name, String.valueOf(value), why.code().name()), results, places);
  }

  private static void add(
      Draft draft, Lost lost, List<Loaded> results, Map<Long, Integer> places) {
    int place = places.get(draft.requiredId());
    Loaded before = results.get(place);
    results.set(
        place,
        new Loaded(
            before.state(),
            before.refusal(),
            Stream.concat(before.lost().stream(), Stream.of(lost)).toList()));
  }

  /** In which modules the records lie that lookups to several name, where the row does not say. */
  private void modules(List<Draft> drafts, List<Loaded> results, Map<Long, Integer> places) {
    for (Field field : module.fields()) {
      if (field.type() instanceof MultiModuleLookupType) {
        List<Draft> open =
            drafts.stream()
                .filter(draft -> draft.values().get(field) != null)
                .filter(draft -> !draft.modules().containsKey(field))
                .toList();
        for (Draft draft : resolve(field, open)) {
          Object id = draft.values().remove(field);
          Lost lost = new Lost(field.apiName(), String.valueOf(id), "there is no such record");
          add(draft, lost, results, places);
        }
      }
    }
  }

  /** Answers those whose record is nowhere. */
  private List<Draft> resolve(Field field, List<Draft> drafts) {
    List<Draft> open = drafts;
    List<Module> candidates =
        field.modules().isEmpty()
            ? metadata.modules().stream().filter(one -> one.hasTable() && one.apiSupported()).toList()
            : field.modules().stream().flatMap(name -> metadata.find(name).stream()).toList();
    for (Module candidate : candidates) {
      if (open.isEmpty() || !candidate.hasTable()) {
        continue;
      }
      Long[] ids = open.stream().map(draft -> (Long) draft.values().get(field)).toArray(Long[]::new);
      Sql named =
          sql("select t.\"id\" from " + change.table(candidate) + " t where t.\"id\" = any(?)", (Object) ids);
      var found = new HashSet<>(tx.list(named, row -> row.getLong(1)));
      var left = new ArrayList<Draft>();
      for (Draft draft : open) {
        if (found.contains(draft.values().get(field))) {
          draft.setModule(field, candidate.id());
        } else {
          left.add(draft);
        }
      }
      open = left;
    }
    return open;
  }

  /** Lets ids that the org gives from now on come after those that were loaded. */
  static void moveIds(Transaction tx, Metadata metadata, List<Draft> drafts) {
    drafts.stream()
        .mapToLong(Draft::requiredId)
        .max()
        .ifPresent(highest -> Settings.moveIds(tx, metadata.org(), highest));
  }
}
