package io.clientele.territories;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Territory;
import io.clientele.territories.TerritorySql.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, changes and deletes territories, within a change of metadata. What follows for records
 * is left to jobs. References: Add Territories, Update Territories, Delete Territories, Transfer
 * and Delete Territories.
 */
public final class TerritoryService {
  private static final String BELOW =
      "Reporting_to id should not be the child of given territory. Chosse another territory as"
          + " Reporing_to";

  private final MetadataChange change;

  public TerritoryService(MetadataChange change) {
    this.change = change;
  }

  /** Adds a territory. */
  public Done create(Item item) {
    TerritoryRules.requireAll(item);
    TerritoryRules.check(item);
    requireFree(item, 0);
    Metadata metadata = change.metadata();
    if (metadata.people().territories().size() >= TerritoryRules.MOST) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", TerritoryRules.MOST)
          .message("Territory Limit reached");
    }
    var row =
        new Row(
            change.nextId(),
            item.text("name").strip(),
            TerritoryRules.parent(metadata, item).id(),
            TerritoryRules.manager(metadata, item),
            item.text("permission_type"),
            TerritoryRules.description(item),
            TerritoryRules.criteria(change, item, TerritoryRules.noCriteria()),
            Instant.EPOCH,
            Instant.EPOCH,
            change.userId(),
            change.userId());
    TerritorySql.insert(change.tx(), change.org(), row);
    follow(row, TerritoryRules.noCriteria());
    return Done.of("Territory Created Successfully", row.id());
  }

  /** Changes what the item says of the territory that its {@code id} names. */
  public Done update(Item item) {
    item.require("id");
    long id = id(item.json().path("id")).orElseThrow(() -> unknown(item, "id"));
    return update(find(id).orElseThrow(() -> unknown(item, "id")), item);
  }

  /** Changes what the item says of a territory that is there. */
  public Done update(long id, Item item) {
    return update(find(id).orElseThrow(() -> unknown(id)), item);
  }

  private Done update(Row row, Item item) {
    TerritoryRules.check(item);
    requireFree(item, row.id());
    if (row.isOfOrg()) {
      requireNameOnly(item);
    }
    Metadata metadata = change.metadata();
    var now =
        new Row(
            row.id(),
            item.has("name") ? item.text("name").strip() : row.name(),
            item.has("reporting_to") ? above(metadata, row, item) : row.reportingTo(),
            item.json().has("manager") ? TerritoryRules.manager(metadata, item) : row.managerId(),
            item.has("permission_type") ? item.text("permission_type") : row.permissionType(),
            item.json().has("description") ? TerritoryRules.description(item) : row.description(),
            TerritoryRules.criteria(change, item, row.body()),
            row.createdTime(),
            row.modifiedTime(),
            row.createdBy(),
            row.modifiedBy());
    TerritorySql.update(change.tx(), change.org(), now, change.userId());
    follow(now, row.body());
    return Done.of("Territory Updated Successfully", row.id());
  }

  private static void requireNameOnly(Item item) {
    for (String key : item.json().propertyNames()) {
      if (!List.of("id", "name").contains(key)) {
        throw item.invalid(key)
            .message("Can't update the Org Territory Properties Except its Name");
      }
    }
  }

  private static Long above(Metadata metadata, Row row, Item item) {
    Long parent = TerritoryRules.parent(metadata, item).id();
    if (metadata.people().isTerritoryWithin(parent, row.id())) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message(BELOW)
          .at("reporting_to", item.at("reporting_to"));
    }
    return parent;
  }

  /** A manager is a user, too; records follow criteria that changed. */
  private void follow(Row now, ObjectNode before) {
    if (now.managerId() != null) {
      TerritorySql.addUser(change.tx(), change.org(), now.id(), now.managerId());
      TerritoryUsers.requireRoom(change, now.id());
    }
    review(before, now.body());
    change.touch();
  }

  private void review(JsonNode before, JsonNode now) {
    for (Map.Entry<String, String> rule : Territory.RULES.entrySet()) {
      if (!before.path(rule.getValue()).equals(now.path(rule.getValue()))) {
        change.schedule(
            Territory.REVIEW_JOB, Json.MAPPER.createObjectNode().put("module", rule.getKey()));
      }
    }
  }

  /** Takes a territory away from which nothing hangs; its records are in it no more. */
  public Done delete(long id) {
    Row row = find(id).orElseThrow(() -> unknown(id));
    requireDeletable(row);
    if (hasChildren(id)) {
      throw notAllowed("Territory can't be deleted as it's having child")
          .with("id", Long.toString(id));
    }
    remove(row, OptionalLong.empty());
    return Done.of("Given Territory Removed Successfully", id);
  }

  /** Takes a territory away; those below it and its records go to another one. */
  public Done transfer(Item item) {
    item.require("id");
    Row row = id(item.json().path("id")).flatMap(this::find).orElseThrow(() -> unknown(item, "id"));
    return transfer(row, item);
  }

  /** The same for a territory that is there. */
  public Done transfer(long id, Item item) {
    return transfer(find(id).orElseThrow(() -> unknown(id)), item);
  }

  private Done transfer(Row row, Item item) {
    requireDeletable(row);
    if (!item.has("transfer_to_id")) {
      if (hasChildren(row.id())) {
        throw ErrorCode.DEPENDENT_FIELD_MISSING
            .with("dependee", item.place("id"))
            .at("transfer_to_id", item.at("transfer_to_id"))
            .message("This territory has its child. Please Give the transfer_to_id field value");
      }
      remove(row, OptionalLong.empty());
      return Done.of("Given Territory Removed Successfully", row.id());
    }
    long to =
        id(item.json().path("transfer_to_id"))
            .filter(change.metadata().people().territories()::containsKey)
            .filter(other -> other != row.id())
            .orElseThrow(() -> unknown(item, "transfer_to_id"));
    if (change.metadata().people().isTerritoryWithin(to, row.id())) {
      throw notAllowed(BELOW).at("transfer_to_id", item.at("transfer_to_id"));
    }
    TerritorySql.moveChildren(change.tx(), change.org(), row.id(), to);
    remove(row, OptionalLong.of(to));
    return Done.of(
        "Given Territory Removed Successfully and its child Territories moved to the another"
            + " territory",
        row.id());
  }

  private static void requireDeletable(Row row) {
    if (row.isOfOrg()) {
      throw notAllowed("Org Territory cannot be deleted").with("id", Long.toString(row.id()));
    }
  }

  private boolean hasChildren(long id) {
    return change.metadata().people().territories().values().stream()
        .anyMatch(one -> Long.valueOf(id).equals(one.reportsTo()));
  }

  private void remove(Row row, OptionalLong to) {
    TerritorySql.delete(change.tx(), change.org(), row.id());
    ObjectNode job = Json.MAPPER.createObjectNode().put("territory", row.id());
    to.ifPresent(other -> job.put("to", other));
    change.schedule(Territory.REMOVE_JOB, job);
    change.touch();
  }

  private void requireFree(Item item, long ownId) {
    String name = item.text("name").strip();
    boolean taken =
        change.metadata().people().territories().values().stream()
            .anyMatch(one -> one.id() != ownId && one.name().equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Given Territory name already exists")
          .at("name", item.at("name"));
    }
  }

  private Optional<Row> find(long id) {
    return TerritorySql.find(change.tx(), change.org(), id);
  }

  static Optional<Long> id(@Nullable JsonNode value) {
    return value != null && (value.isString() || value.isIntegralNumber())
        ? PathId.parse(value.asString())
        : Optional.empty();
  }

  private static ApiError notAllowed(String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).message(message);
  }

  static ApiError unknown(Item item, String name) {
    return item.invalid(name).message("the id given seems to be invalid");
  }

  /** An id of the query or the path that is no territory's. */
  static ApiError unknown(long id) {
    return ErrorCode.INVALID_DATA
        .with("id", Long.toString(id))
        .message("the id given seems to be invalid");
  }
}
