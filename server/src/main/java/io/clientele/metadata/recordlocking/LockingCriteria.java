package io.clientele.metadata.recordlocking;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.criteria.Criteria;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which records a locking rule is about: a comparison, or a group of them. */
final class LockingCriteria {
  private static final int COMPARISONS = 25;

  private static final Shape COMPARISON =
      Shape.empty()
          .oneOf(
              "comparator",
              "equal",
              "not_equal",
              "in",
              "not_in",
              "contains",
              "not_contains",
              "starts_with",
              "ends_with",
              "greater_than",
              "greater_equal",
              "less_than",
              "less_equal",
              "between",
              "not_between")
          .object("field", Shape.empty().id("id").text("api_name", 100))
          .require("comparator", "field");

  private static final Shape GROUP =
      Shape.empty().oneOf("group_operator", "AND", "OR").require("group_operator", "group");

  /** What closes a task; tasks are locked by nothing else. */
  private static final Set<String> CLOSED = Set.of("Closed", "Completed");

  private final MetadataChange change;
  private final Module module;

  LockingCriteria(MetadataChange change, Module module) {
    this.change = change;
    this.module = module;
  }

  /** The criteria with their fields by name. */
  ObjectNode read(Item item) {
    ObjectNode kept = Json.MAPPER.createObjectNode();
    if (item.has("group") || item.has("group_operator")) {
      GROUP.check(item);
      kept.put("group_operator", item.text("group_operator"));
      ArrayNode group = kept.putArray("group");
      Item.list(item, "group", COMPARISONS).forEach(part -> group.add(read(part)));
      return kept;
    }
    COMPARISON.check(item);
    var named = new Item((ObjectNode) item.json().get("field"), item.at("field"));
    Field field = FieldNames.find(module, named);
    if (field.stored().isEmpty() || List.of("Tag", "Layout").contains(field.apiName())) {
      throw notSupported(named, "api_name", "field not supported");
    }
    if (module.apiName().equals("Tasks")) {
      requireClosed(item, named, field);
    }
    kept.put("comparator", item.text("comparator"));
    kept.put("field", field.apiName());
    kept.set("value", Criteria.checkValue(change, field, item.json(), item.path()));
    return kept;
  }

  private static void requireClosed(Item item, Item named, Field field) {
    if (!field.apiName().equals("Status")) {
      throw notSupported(named, "api_name", "field not supported");
    }
    if (!CLOSED.contains(item.text("value")) || !item.text("comparator").equals("equal")) {
      throw notSupported(item, "value", "value not supported");
    }
  }

  private static ApiError notSupported(Item item, String name, String message) {
    return ErrorCode.NOT_SUPPORTED.error().status(400).message(message).at(name, item.at(name));
  }

  static void write(Keys keys, Metadata metadata, Module module, JsonNode criteria) {
    if (criteria.has("group")) {
      keys.text("group_operator", criteria.path("group_operator").asString("AND"))
          .array(
              "group",
              criteria.path("group"),
              (inner, part) -> write(inner, metadata, module, part));
      return;
    }
    keys.text("comparator", criteria.path("comparator").asString(""))
        .object(
            "field",
            inner -> References.field(inner, metadata, module, criteria.path("field").asString("")))
        .text("type", "value")
        .node("value", criteria.path("value"));
  }
}
