package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Module;
import io.clientele.metadata.relatedlists.Relation.Lookup;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The records of a list that have a lookup to its record. */
final class OwnRecords {
  private final RecordChange change;
  private final RelatedCall related;
  private final Lookup relation;

  OwnRecords(RecordChange change, RelatedCall related, Lookup relation) {
    this.change = change;
    this.related = related;
    this.relation = relation;
  }

  /** Changes records of the list; one outcome for each. */
  Reply update(AskedRows asked) {
    Set<Long> listed = listed(asked.ids(), Action.UPDATE);
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    List<Optional<ApiError>> errors = new ArrayList<>();
    for (int i = 0; i < asked.data().size(); i++) {
      try {
        asked.id(i, listed);
        rows.put(AskedRows.path(i), asked.data().get(i));
        errors.add(Optional.empty());
      } catch (ApiError e) {
        errors.add(Optional.of(e));
      }
    }
    var saved = change.save(relation.rows(), rows).iterator();
    List<Outcome> outcomes =
        errors.stream()
            .map(error -> error.<Outcome>map(Rejected::new).orElseGet(saved::next))
            .toList();
    return Outcomes.reply(outcomes, 200, "record updated", related.metadata(), related.userId());
  }

  private static void add(Results results, Outcome outcome, String message) {
    if (outcome instanceof Rejected rejected) {
      results.add(rejected.error());
    } else {
      results.add(Done.of(message, outcome.requireId()));
    }
  }

  /**
   * Takes records out of the list: their lookup is emptied, or, where they are nothing without the
   * record, they are deleted.
   */
  Reply delink(AskedIds asked) {
    boolean deletes = isPartOfRecord(relation.rows());
    Set<Long> listed = listed(asked.ids(), deletes ? Action.DELETE : Action.UPDATE);
    List<Long> good = asked.ids().stream().filter(listed::contains).toList();
    var outcomes = (deletes ? change.delete(relation.rows(), good) : empty(good)).iterator();
    Map<Long, Outcome> byId = new HashMap<>();
    good.forEach(id -> byId.put(id, outcomes.next()));
    var results = new Results("data");
    for (String text : asked.texts()) {
      Optional<Outcome> outcome = asked.id(text).map(byId::get);
      if (outcome.isPresent()) {
        add(results, outcome.get(), deletes ? "record deleted" : "relation removed");
      } else {
        results.add(asked.notFound(text));
      }
    }
    return results.reply(200);
  }

  private List<Outcome> empty(List<Long> ids) {
    Map<String, ObjectNode> rows = new LinkedHashMap<>();
    for (long id : ids) {
      ObjectNode row = Json.MAPPER.createObjectNode().put("id", Long.toString(id));
      row.putNull(relation.field().apiName());
      rows.put("$.data[" + rows.size() + "]", row);
    }
    return change.save(relation.rows(), rows);
  }

  private static boolean isPartOfRecord(Module rows) {
    return switch (rows.apiName()) {
      case "Notes", "Attachments" -> true;
      default ->
          switch (rows.generatedType()) {
            case "subform", "linking" -> true;
            default -> false;
          };
    };
  }

  private Set<Long> listed(List<Long> ids, Action action) {
    Module module = relation.rows();
    Sql rows =
        sql(
                "select t.\"id\" from " + change.table(module) + " t where t.\"id\" = any(?) and",
                (Object) ids.toArray(Long[]::new))
            .then(change.rows(module, action))
            .then("and")
            .then(related.rows(change.tables()).within(relation).where());
    return new HashSet<>(change.tx().list(rows, row -> row.getLong(1)));
  }
}
