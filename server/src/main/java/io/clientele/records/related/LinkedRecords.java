package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Field;
import io.clientele.metadata.Setting;
import io.clientele.metadata.contactroles.ContactRoles;
import io.clientele.metadata.relatedlists.Relation.Links;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Rejected;
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
import tools.jackson.databind.node.StringNode;

/**
 * Links of a record to others: rows of a linking module. A pair has one link; linking it again
 * changes what the link says.
 */
final class LinkedRecords {
  private final RecordChange change;
  private final RelatedCall related;
  private final Links relation;

  LinkedRecords(RecordChange change, RelatedCall related, Links relation) {
    this.change = change;
    this.related = related;
    this.relation = relation;
  }

  /** Links the records that the rows name; one result for each. */
  Results link(AskedRows asked) {
    Set<Long> there = lock(asked.ids());
    Map<Long, Long> links = links(asked.ids());
    Map<Long, String> places = new HashMap<>();
    Map<String, ObjectNode> rows = new LinkedHashMap<>();
    List<Object> plan = new ArrayList<>(); // an error, or the id to look up afterwards
    for (int i = 0; i < asked.data().size(); i++) {
      String path = AskedRows.path(i);
      try {
        long id = asked.id(i, there);
        ObjectNode row = row(asked.data().get(i), path, id, Optional.ofNullable(links.get(id)));
        String place = places.computeIfAbsent(id, key -> path);
        rows.merge(place, row, (first, later) -> first.setAll(later));
        plan.add(id);
      } catch (ApiError e) {
        plan.add(e);
      }
    }
    return results(asked, plan, places, links, outcomes(rows));
  }

  /** Takes links away; one result for each id. */
  Results delink(AskedIds asked) {
    lock(asked.ids());
    Map<Long, Long> links = links(asked.ids());
    change.delete(relation.links(), List.copyOf(links.values()));
    var results = new Results("data");
    for (String text : asked.texts()) {
      Optional<Long> id = asked.id(text).filter(links::containsKey);
      if (id.isPresent()) {
        results.add(Done.of("relation removed", id.get()));
      } else {
        results.add(asked.notFound(text));
      }
    }
    return results;
  }

  private Map<String, Outcome> outcomes(Map<String, ObjectNode> rows) {
    var saved = change.save(relation.links(), rows).iterator();
    Map<String, Outcome> outcomes = new HashMap<>();
    rows.keySet().forEach(path -> outcomes.put(path, saved.next()));
    return outcomes;
  }

  private static Results results(
      AskedRows asked,
      List<Object> plan,
      Map<Long, String> places,
      Map<Long, Long> links,
      Map<String, Outcome> outcomes) {
    var results = new Results("data");
    for (int i = 0; i < plan.size(); i++) {
      Object one = plan.get(i);
      if (one instanceof ApiError error) {
        results.add(error);
      } else if (outcomes.get(places.get(one)) instanceof Rejected rejected) {
        results.add(rejected.error());
      } else {
        String message = links.containsKey(one) ? "relation updated" : "relation added";
        results.add(new Done(message, asked.details(i, (Long) one)));
      }
    }
    return results;
  }

  /** The row of the linking module: the two records, and what the item says of the link. */
  private ObjectNode row(JsonNode item, String path, long id, Optional<Long> link) {
    ObjectNode row = ((ObjectNode) item).objectNode();
    link.ifPresent(known -> row.put("id", Long.toString(known)));
    row.put(relation.own().apiName(), Long.toString(related.id()));
    row.put(relation.other().apiName(), Long.toString(id));
    for (Field field : RelatedRows.ownFields(relation)) {
      String name = field.apiName();
      if (item.has(name)) {
        row.set(name, value(field, item.path(name), path + "." + name));
      }
      if (isRequired(field) && !row.hasNonNull(name) && (link.isEmpty() || row.has(name))) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path + "." + name);
      }
    }
    return row;
  }

  private JsonNode value(Field field, JsonNode value, String path) {
    if (!field.definition().path("settings_noun").isString() || value.isNull()) {
      return value;
    }
    Setting role =
        ContactRoles.named(related.metadata(), value)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at(field.apiName(), path));
    return StringNode.valueOf(Long.toString(role.id()));
  }

  /** A price book has a price for each product, a deal a role for each of its contacts. */
  private boolean isRequired(Field field) {
    return field.apiName().equals("list_price")
        || (field.apiName().equals("Contact_Role") && relation.own().apiName().equals("Deal"));
  }

  /**
   * Which of the ids the user can link, locked so that two calls do not link the same pair: always
   * on the side that the linking module names first, the other being locked as the record.
   */
  private Set<Long> lock(List<Long> ids) {
    String first = relation.links().definition().path("links").path(0).asString("");
    String lock = relation.own().apiName().equals(first) ? "" : "for no key update of t";
    Sql rows =
        sql(
                "select t.\"id\" from "
                    + change.table(relation.rows())
                    + " t where t.\"id\" = any(?) and",
                (Object) ids.toArray(Long[]::new))
            .then(change.rows(relation.rows(), Action.READ))
            .then("order by t.\"id\"")
            .then(lock);
    return new HashSet<>(change.tx().list(rows, row -> row.getLong(1)));
  }

  /** The links there are, by the id of the other record. */
  private Map<Long, Long> links(List<Long> ids) {
    String other = Sql.identifier(relation.other().column());
    Sql statement =
        sql(
            "select l.%s, l.\"id\" from %s l where l.%s = ? and l.%s = any(?)"
                .formatted(
                    other,
                    change.table(relation.links()),
                    Sql.identifier(relation.own().column()),
                    other),
            related.id(),
            ids.toArray(Long[]::new));
    Map<Long, Long> links = new HashMap<>();
    change.tx().list(statement, row -> links.put(row.getLong(1), row.getLong(2)));
    return links;
  }
}
