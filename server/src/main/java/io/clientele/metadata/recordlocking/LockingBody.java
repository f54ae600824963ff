package io.clientele.metadata.recordlocking;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a client says of a configuration into the document that is kept. */
final class LockingBody {
  static final String EXCEPT = "all_profiles_except_excluded_profiles";

  private static final List<String> LOCK_TYPES = List.of("manual", "automatic", "both");
  private static final List<String> LOCKED_FOR = List.of("all_profiles", EXCEPT);
  private static final List<String> ACTIONS =
      List.of("convert", "update", "delete", "change_owner", "tags");
  private static final List<String> COMMUNICATIONS =
      List.of("send_mail", "send_survey", "send_portal_invitation");
  private static final String SUPPORTED_COMMUNICATION = "send_mail";
  private static final int BUTTONS = 30;
  private static final int FIELDS = 15;
  private static final int PROFILES = 15;

  private static final Shape IDS = Shape.empty().id("id").require("id");

  private final MetadataChange change;
  private final Module module;
  private final Item item;
  private final ObjectNode body;

  /**
   * @param before the document as it was, which stays untouched; empty for a new one
   */
  LockingBody(MetadataChange change, Module module, Item item, ObjectNode before) {
    this.change = change;
    this.module = module;
    this.item = item;
    this.body = before.deepCopy();
  }

  ObjectNode read() {
    Shape.empty().flag("lock_for_portal_users").check(item);
    word("lock_type", LOCK_TYPES);
    word("locked_for", LOCKED_FOR);
    if (item.has("feature_type") && !item.text("feature_type").equals("record_locking")) {
      throw item.invalid("feature_type");
    }
    if (item.json().has("restricted_actions")) {
      restrictedActions();
    }
    if (item.json().has("restricted_communications")) {
      restrictedCommunications();
    }
    if (item.has("restricted_custom_buttons")) {
      refuseButtons();
    }
    if (item.json().has("excluded_fields")) {
      excludedFields();
    }
    if (item.json().has("lock_excluded_profiles")) {
      excludedProfiles();
    }
    if (item.has(LockingRules.KEY)) {
      body.set(
          LockingRules.KEY,
          new LockingRules(change, module).merge(body.path(LockingRules.KEY), item));
    }
    if (item.has("lock_for_portal_users")) {
      body.set("lock_for_portal_users", item.json().get("lock_for_portal_users"));
    }
    requireDependents();
    return body;
  }

  private void word(String name, List<String> words) {
    if (!item.has(name)) {
      return;
    }
    if (!words.contains(item.text(name))) {
      throw ErrorCode.INVALID_DATA
          .with("supported_values", words)
          .message(name + " not found")
          .at(name, item.at(name));
    }
    body.put(name, item.text(name));
  }

  /** Whatever a client says, a locked record cannot be updated. */
  private void restrictedActions() {
    ArrayNode kept = words("restricted_actions", ACTIONS, "action not found");
    if (kept.valueStream().noneMatch(action -> action.asString().equals("update"))) {
      kept.insert(0, "update");
    }
  }

  private void restrictedCommunications() {
    String name = "restricted_communications";
    for (JsonNode kept : words(name, COMMUNICATIONS, "communications not found")) {
      if (!kept.asString().equals(SUPPORTED_COMMUNICATION)) {
        throw notSupported(item, name, "communications not found");
      }
    }
  }

  private ArrayNode words(String name, List<String> words, String message) {
    JsonNode given = list(name);
    ArrayNode kept = body.putArray(name);
    for (int i = 0; i < given.size(); i++) {
      if (!words.contains(given.get(i).asString(""))) {
        throw ErrorCode.INVALID_DATA
            .with("supported_values", words)
            .message(message)
            .at(name, item.at(name) + "[" + i + "]");
      }
      kept.add(given.get(i).asString());
    }
    return kept;
  }

  /** There are no custom buttons that could be named. */
  private void refuseButtons() {
    String name = "restricted_custom_buttons";
    JsonNode given = list(name);
    if (given.size() > BUTTONS) {
      throw limit(item, name, BUTTONS, BUTTONS)
          .message("Maximum limit for restricted custom buttons exceeded");
    }
    if (!given.isEmpty()) {
      throw items(name).getFirst().invalid("id").message("custom button not found");
    }
  }

  private void excludedFields() {
    String name = "excluded_fields";
    if (list(name).size() > FIELDS) {
      throw limit(item, name, FIELDS, FIELDS).message("Maximum limit for excluded fields exceeded");
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (Item one : items(name)) {
      Field field = FieldNames.find(module, one);
      if (field.readOnly() || List.of("Tag", "Owner", "Layout").contains(field.apiName())) {
        throw notSupported(one, "api_name", "Field not supported");
      }
      kept.add(field.apiName());
    }
    body.set(name, kept);
  }

  private void excludedProfiles() {
    String name = "lock_excluded_profiles";
    if (list(name).size() > PROFILES) {
      throw limit(item, name, PROFILES, PROFILES)
          .message("Maximum limit for excluded profiles exceeded");
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (Item one : items(name)) {
      IDS.check(one);
      if (PathId.parse(one.text("id"))
          .flatMap(id -> change.metadata().setting("profile", id))
          .isEmpty()) {
        throw one.invalid("id").message(name + " not found");
      }
      kept.add(one.text("id"));
    }
    body.set(name, kept);
  }

  private void requireDependents() {
    if (body.path("locked_for").asString("").equals(EXCEPT)
        && body.path("lock_excluded_profiles").isEmpty()) {
      throw missing("lock_excluded_profiles", "locked_for")
          .message(
              "lock_excluded_profiles should have been given when locked_for is given as "
                  + EXCEPT
                  + " ");
    }
    if (!body.path("lock_type").asString("").equals("manual")
        && body.path(LockingRules.KEY).isEmpty()) {
      throw missing(LockingRules.KEY, "lock_type")
          .message(
              "locking_rules should have been given when lock_type is given as automatic or both");
    }
  }

  private ApiError missing(String name, String dependee) {
    return ErrorCode.DEPENDENT_FIELD_MISSING
        .with("dependee", item.place(dependee))
        .at(name, item.at(name));
  }

  /** The list under the key; nothing in it where the client says null. */
  private JsonNode list(String name) {
    JsonNode given = item.json().path(name);
    if (!given.isArray() && !given.isNull()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(name, item.at(name));
    }
    return given;
  }

  private List<Item> items(String name) {
    return list(name).isEmpty() ? List.of() : Item.list(item, name, Integer.MAX_VALUE);
  }

  static ApiError limit(Item item, String name, int limit, int available) {
    ApiError error = ErrorCode.LIMIT_EXCEEDED.with("limit", limit);
    return (available > 0 ? error.with("available_limit", available) : error)
        .at(name, item.at(name));
  }

  private static ApiError notSupported(Item item, String name, String message) {
    return ErrorCode.NOT_SUPPORTED.error().status(400).message(message).at(name, item.at(name));
  }
}
