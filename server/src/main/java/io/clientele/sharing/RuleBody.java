package io.clientele.sharing;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.criteria.Criteria;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads a rule as a client writes it, checked, into the form in which it is kept. */
final class RuleBody {
  static final String OWNER_BASED = "Record_Owner_Based";
  static final String CRITERIA_BASED = "Criteria_Based";
  static final String[] PERMISSIONS = {"read", "read_write", "read_write_delete"};
  static final String[] SOURCES = {"roles", "groups", "all_users"};

  private static final int MAXIMUM_NAME = 100;
  private static final Shape SOURCE =
      Shape.empty()
          .oneOf("type", SOURCES)
          .object("resource", Shape.empty().id("id").require("id"))
          .flag("subordinates")
          .require("type");
  private static final Shape RULE =
      Shape.empty()
          .text("name", MAXIMUM_NAME)
          .oneOf("type", OWNER_BASED, CRITERIA_BASED)
          .oneOf("permission_type", PERMISSIONS)
          .flag("superiors_allowed")
          .object("shared_from", SOURCE)
          .object("shared_to", SOURCE)
          .require("type", "superiors_allowed", "permission_type", "shared_to");
  private static final Shape NEW_RULE = RULE.require("name");

  private final MetadataChange change;
  private final Module module;
  private final Item item;

  RuleBody(MetadataChange change, Module module, Item item) {
    this.change = change;
    this.module = module;
    this.item = item;
  }

  /** The rule without its status; and without a name when an old rule is to keep it. */
  ObjectNode read(boolean isNew) {
    check(isNew);
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (item.has("name")) {
      body.put("name", item.text("name").strip());
    }
    for (String copied : new String[] {"type", "superiors_allowed", "permission_type"}) {
      body.set(copied, item.json().get(copied));
    }
    boolean byOwner = item.text("type").equals(OWNER_BASED);
    requireDependent(byOwner ? "shared_from" : "criteria");
    if (byOwner) {
      body.set("shared_from", source("shared_from"));
      body.putNull("criteria");
    } else {
      body.putNull("shared_from");
      body.set(
          "criteria",
          Criteria.check(
              change, module, item.json().get("criteria"), "criteria", item.at("criteria")));
    }
    body.set("shared_to", source("shared_to"));
    return body;
  }

  private void check(boolean isNew) {
    if (item.json().has(SharingRules.STATUS)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("status is not allowed in this api")
          .at(SharingRules.STATUS, item.at(SharingRules.STATUS));
    }
    try {
      (isNew ? NEW_RULE : RULE).check(item);
      if (item.has("name")) {
        item.require("name");
      }
    } catch (ApiError e) {
      throw e.details().containsKey("supported_values")
          ? e.message("the value given is invalid")
          : e;
    }
  }

  private void requireDependent(String name) {
    if (!item.has(name)) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", item.place("type"))
          .at(name, item.at(name));
    }
  }

  private ObjectNode source(String name) {
    var source = new Item((ObjectNode) item.json().get(name), item.at(name));
    String type = source.text("type");
    boolean below = source.json().path("subordinates").asBoolean(false);
    ObjectNode kept = Json.MAPPER.createObjectNode().put("type", type);
    if (type.equals("all_users")) {
      kept.putNull("resource");
    } else {
      kept.putObject("resource").put("id", Long.toString(resource(source, type)));
    }
    if (below && !type.equals("roles")) {
      throw mismatch(source, "subordinates", source.at("subordinates"));
    }
    return kept.put("subordinates", below);
  }

  private long resource(Item source, String type) {
    if (!source.has("resource")) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", source.place("type"))
          .at("resource", source.at("resource"));
    }
    var people = change.metadata().people();
    Optional<Long> id = PathId.parse(source.json().path("resource").path("id").asString(""));
    return id.filter(
            type.equals("roles") ? people.roles()::containsKey : people.groups()::containsKey)
        .orElseThrow(() -> mismatch(source, "id", source.at("resource") + ".id"));
  }

  private static ApiError mismatch(Item source, String name, String path) {
    return ErrorCode.DEPENDENT_FIELD_MISMATCH.with("dependee", source.place("type")).at(name, path);
  }
}
