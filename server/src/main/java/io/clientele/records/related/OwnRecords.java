package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.relatedlists.Relation.Lookup;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  Reply update(JsonNode data) {
    List<Long> ids =
        data.valueStream()
            .flatMap(item -> PathId.parse(item.path("id").asString("")).stream())
            .toList();
    Set<Long> listed = listed(ids, Action.UPDATE);
    Map<String, ObjectNode> rows = new LinkedHashMap<>();
    Map<String, ApiError> errors = new LinkedHashMap<>();
    for (int i = 0; i < data.size(); i++) {
      String path = "$.data[" + i + "]";
      JsonNode item = data.get(i);
      if (item instanceof ObjectNode row && listed.contains(id(row))) {
        rows.put(path, row);
      } else {
        errors.put(path, error(item, path));
      }
    }
    var saved = change.save(relation.rows(), rows).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      ApiError error = errors.get("$.data[" + i + "]");
      outcomes.add(error == null ? saved.next() : new Rejected(error));
    }
    return Outcomes.reply(outcomes, 200, "record updated", related.metadata(), related.userId());
  }

  private static ApiError error(JsonNode item, String path) {
    if (!item.isObject()) {
      return ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("data", path);
    }
    return item.hasNonNull("id")
        ? ErrorCode.INVALID_DATA
            .error()
            .at("id", path + ".id")
            .message("the id given seems to be invalid")
        : ErrorCode.MANDATORY_NOT_FOUND.error().at("id", path + ".id");
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
  Reply delink(List<Long> ids) {
    boolean deletes = isPartOfRecord(relation.rows());
    Set<Long> listed = listed(ids, deletes ? Action.DELETE : Action.UPDATE);
    List<Long> good = ids.stream().filter(listed::contains).toList();
    var outcomes = (deletes ? change.delete(relation.rows(), good) : empty(good)).iterator();
    var results = new Results("data");
    for (long id : ids) {
      if (listed.contains(id)) {
        add(results, outcomes.next(), deletes ? "record deleted" : "relation removed");
      } else {
        results.add(LinkedRecords.notFound(id));
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

  private static long id(JsonNode row) {
    return PathId.parse(row.path("id").asString("")).orElse(0L);
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
