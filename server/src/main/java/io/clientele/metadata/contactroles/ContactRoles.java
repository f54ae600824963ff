package io.clientele.metadata.contactroles;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Creates, changes and deletes the roles of contacts, within a change of metadata. References:
 * Insert, Update and Delete Contact Roles.
 */
public final class ContactRoles {
  /** What the documents of roles are called. */
  public static final String NOUN = "contact_role";

  /** The roles that every org begins with, in their order. */
  public static final List<String> STANDARD =
      List.of(
          "Developer/Evaluator",
          "Decision Maker",
          "Executive Sponsor",
          "Engineering Lead",
          "Economic Decision Maker",
          "Product Management",
          "Purchasing");

  private static final int LIMIT = 100;
  private static final int MAXIMUM_NAME = 50;
  private static final Shape ROLE =
      Shape.empty().text("name", MAXIMUM_NAME).integer("sequence_number", 1, Integer.MAX_VALUE);
  private static final Shape NEW_ROLE = ROLE.require("name");

  private ContactRoles() {}

  /** Adds a role at its {@code sequence_number}, or behind the others. */
  public static Done create(MetadataChange change, Item item) {
    NEW_ROLE.check(item);
    List<Setting> roles = change.metadata().settings(NOUN);
    String name = item.text("name").strip();
    checkName(roles, item, name, Optional.empty());
    if (roles.size() >= LIMIT) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", LIMIT)
          .message("Contact Role feature limit exceeded");
    }
    long id = change.nextId();
    change.insert(id, NOUN, null, name, item.json().objectNode());
    move(change, id, item);
    return Done.of("contact role added", id);
  }

  /** Changes the role that the item's {@code id} names. */
  static Done update(MetadataChange change, Item item) {
    item.require("id");
    Setting role =
        find(change, item.text("id"))
            .orElseThrow(() -> ErrorCode.INVALID_DATA.with("id", item.text("id")));
    return update(change, role, item);
  }

  /** Changes a role; keys that are not given stay. */
  public static Done update(MetadataChange change, Setting role, Item item) {
    if (!item.has("name") && !item.has("sequence_number")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("name", item.path());
    }
    checkKnown(role, item);
    if (item.has("name")) {
      String name = item.text("name").strip();
      checkName(change.metadata().settings(NOUN), item, name, Optional.of(role));
      change.update(role, name, role.position(), role.body());
    }
    move(change, role.id(), item);
    return Done.of("contact role updated", role.id());
  }

  /** Deletes the role with that id, unless it is the last one. */
  public static Done delete(MetadataChange change, String id) {
    Setting role =
        find(change, id)
            .orElseThrow(
                () -> ErrorCode.INVALID_DATA.with("id", id).message("contact role not deleted"));
    if (change.metadata().settings(NOUN).size() == 1) {
      throw ErrorCode.LOWER_LIMIT_REACHED.with("limit", 1).with("id", id);
    }
    change.delete(role);
    return Done.of("contact role deleted", role.id());
  }

  static Optional<Setting> find(MetadataChange change, String id) {
    return PathId.parse(id).flatMap(number -> change.metadata().setting(NOUN, number));
  }

  /** Errors about a known role name it. */
  private static void checkKnown(Setting role, Item item) {
    try {
      ROLE.check(item);
      if (item.has("name")) {
        item.require("name");
      }
    } catch (ApiError e) {
      throw e.with("id", Long.toString(role.id()));
    }
  }

  private static void checkName(
      List<Setting> roles, Item item, String name, Optional<Setting> self) {
    boolean taken =
        roles.stream()
            .filter(role -> self.isEmpty() || role.id() != self.get().id())
            .anyMatch(role -> role.apiName().equalsIgnoreCase(name));
    if (taken) {
      ApiError error = ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
      throw self.map(role -> error.with("id", Long.toString(role.id()))).orElse(error);
    }
  }

  /** Puts a role where its {@code sequence_number} says, and numbers all of them anew. */
  private static void move(MetadataChange change, long id, Item item) {
    var roles = new ArrayList<>(change.metadata().settings(NOUN));
    if (item.has("sequence_number")) {
      Setting moved = roles.stream().filter(role -> role.id() == id).findFirst().orElseThrow();
      roles.remove(moved);
      int place = item.json().path("sequence_number").asInt() - 1;
      roles.add(Math.min(place, roles.size()), moved);
    }
    for (int i = 0; i < roles.size(); i++) {
      Setting role = roles.get(i);
      if (role.position() != i) {
        change.update(role, role.apiName(), i, role.body());
      }
    }
  }

  /** The role that a value names by its {@code id}, its {@code name}, or is the id of. */
  public static Optional<Setting> named(Metadata metadata, JsonNode value) {
    JsonNode id = value.isObject() ? value.path("id") : value;
    if (id.isString() || id.isIntegralNumber()) {
      return PathId.parse(id.asString()).flatMap(number -> metadata.setting(NOUN, number));
    }
    return metadata.settings(NOUN).stream()
        .filter(role -> role.apiName().equalsIgnoreCase(value.path("name").asString("")))
        .findFirst();
  }
}
