package io.clientele.metadata.recordlocking;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules by which records of a module are locked by themselves. */
final class LockingRules {
  static final String KEY = "locking_rules";
  private static final int MAXIMUM = 5;
  private static final int NAME_LENGTH = 256;

  private static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .text("name", NAME_LENGTH)
          .flag("lock_existing_records")
          .object("criteria", Shape.empty())
          .flag("_delete");

  private final MetadataChange change;
  private final Module module;

  LockingRules(MetadataChange change, Module module) {
    this.change = change;
    this.module = module;
  }

  /** The rules of before with those of the body: some new, some changed, some gone. */
  ArrayNode merge(JsonNode before, Item configuration) {
    var rules = new ArrayList<ObjectNode>();
    before.forEach(rule -> rules.add((ObjectNode) rule.deepCopy()));
    int available = MAXIMUM - rules.size();
    for (Item item : Item.list(configuration, KEY, Integer.MAX_VALUE)) {
      SHAPE.check(item);
      if (item.has("id")) {
        changeOne(rules, item);
      } else {
        SHAPE.require("name", "criteria").check(item);
        ObjectNode rule = Json.MAPPER.createObjectNode();
        rule.put("id", Long.toString(change.nextId()));
        fill(rules, rule, item);
        rules.add(rule);
      }
    }
    if (rules.size() > MAXIMUM) {
      throw LockingBody.limit(configuration, KEY, MAXIMUM, available)
          .message("Maximum limit for locking rules exceeded");
    }
    ArrayNode merged = Json.MAPPER.createArrayNode();
    rules.forEach(merged::add);
    return merged;
  }

  private void changeOne(List<ObjectNode> rules, Item item) {
    ObjectNode rule =
        rules.stream()
            .filter(one -> one.path("id").asString("").equals(item.text("id")))
            .findFirst()
            .orElseThrow(() -> item.invalid("id").message("the id given seems to be invalid"));
    if (item.json().path("_delete").asBoolean(false)) {
      rules.remove(rule);
      return;
    }
    fill(rules, rule, item);
  }

  private void fill(List<ObjectNode> rules, ObjectNode rule, Item item) {
    if (item.has("name")) {
      String name = item.text("name");
      boolean taken =
          rules.stream()
              .anyMatch(
                  other ->
                      !other.equals(rule) && other.path("name").asString().equalsIgnoreCase(name));
      if (taken) {
        throw ErrorCode.DUPLICATE_DATA
            .error()
            .message("Duplicate rule name found, Enter unique rulename.")
            .at("name", item.at("name"));
      }
      rule.put("name", name);
    }
    if (item.has("criteria")) {
      var criteria = new Item((ObjectNode) item.json().get("criteria"), item.at("criteria"));
      ObjectNode read = new LockingCriteria(change, module).read(criteria);
      boolean taken =
          rules.stream()
              .anyMatch(other -> !other.equals(rule) && other.path("criteria").equals(read));
      if (taken) {
        throw ErrorCode.DUPLICATE_DATA
            .error()
            .message("Duplicate criteria found, Enter unique criteria.")
            .at("criteria", item.at("criteria"));
      }
      rule.set("criteria", read);
    }
    if (item.has("lock_existing_records")) {
      rule.set("lock_existing_records", item.json().get("lock_existing_records"));
    }
  }
}
