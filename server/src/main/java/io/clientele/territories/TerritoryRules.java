package io.clientele.territories;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Territory;
import io.clientele.metadata.UserName;
import io.clientele.metadata.criteria.Criteria;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a territory may say of itself. References: Add Territories, Update Territories. */
final class TerritoryRules {
  static final int NAME_LENGTH = 50;

  /** How many territories an org can have. */
  static final int MOST = 1_000;

  /** How many users a territory can have. */
  static final int MOST_USERS = 100;

  private static final int DESCRIPTION_LENGTH = 250;
  private static final List<String> PERMISSIONS = List.of("read_write_delete", "read_only");
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\^~`#%&+=\\[\\]{}|\\\\;\"'<>,\\p{Cntrl}]");
  private static final Shape NAMED = Shape.empty().require("id").id("id");
  private static final Shape SHAPE =
      Shape.empty()
          .text("name", NAME_LENGTH)
          .object("reporting_to", NAMED)
          .object("manager", NAMED)
          .text("description", DESCRIPTION_LENGTH);

  private TerritoryRules() {}

  /** What is mandatory of a new one. */
  static void requireAll(Item item) {
    item.require("name");
    item.require("reporting_to");
    if (!item.has("permission_type")) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .at("permission_type", item.at("permission_type"))
          .with("supported_values", PERMISSIONS);
    }
  }

  /** Types and lengths, and the values that stand for themselves. */
  static void check(Item item) {
    SHAPE.check(item);
    if (item.json().has("name")) {
      item.require("name");
      if (FORBIDDEN.matcher(item.text("name")).find()) {
        throw item.invalid("name").message("Special Characters are not allowed");
      }
    }
    JsonNode permission = item.json().path("permission_type");
    if (item.json().has("permission_type")
        && !(permission.isString() && PERMISSIONS.contains(permission.asString()))) {
      throw item.invalid("permission_type")
          .with("supported_values", PERMISSIONS)
          .message("Given Permission_type value is invalid");
    }
  }

  /** The territory that {@code reporting_to} names. */
  static Territory parent(Metadata metadata, Item item) {
    return id(item, "reporting_to")
        .map(metadata.people().territories()::get)
        .orElseThrow(() -> unknown(item, "reporting_to"));
  }

  /** The user that {@code manager} names; null when it says that there is none. */
  static @Nullable Long manager(Metadata metadata, Item item) {
    if (!item.has("manager")) {
      return null;
    }
    UserName user =
        id(item, "manager").map(metadata::userName).orElseThrow(() -> unknown(item, "manager"));
    if (!user.active()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Inactive User")
          .at("manager", item.at("manager"));
    }
    return user.id();
  }

  private static Optional<Long> id(Item item, String name) {
    return PathId.parse(item.json().path(name).path("id").asString(""));
  }

  private static ApiError unknown(Item item, String name) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at("id", item.at(name) + ".id");
  }

  /** The criteria that {@code body} has after the item was heard; those it does not name stay. */
  static ObjectNode criteria(MetadataChange change, Item item, ObjectNode body) {
    ObjectNode now = body.deepCopy();
    for (Map.Entry<String, String> rule : new TreeMap<>(Territory.RULES).entrySet()) {
      String key = rule.getValue();
      if (!item.json().has(key)) {
        continue;
      }
      JsonNode criteria = item.json().get(key);
      if (criteria.isNull()) {
        now.remove(key);
      } else {
        now.set(key, checked(change, rule.getKey(), criteria, key, item.at(key)));
      }
    }
    return now;
  }

  private static ObjectNode checked(
      MetadataChange change, String module, JsonNode criteria, String key, String path) {
    try {
      Module of = change.metadata().get(module);
      ObjectNode checked = Criteria.check(change, of, criteria, key, path);
      if (Criteria.fields(checked).anyMatch(name -> isTerritories(of, name))) {
        throw ErrorCode.INVALID_DATA
            .error()
            .message("The given field api_name is not supported in criteria")
            .at("api_name", path + ".field.api_name");
      }
      return checked;
    } catch (ApiError e) {
      if (e.code() != ErrorCode.LIMIT_EXCEEDED) {
        throw e;
      }
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", Criteria.MAXIMUM)
          .with("limit_due_to", List.of(Map.of("api_name", key, "json_path", path)))
          .message("Maximum Territory Criteria Limit reached");
    }
  }

  /** Which territories a record is in cannot depend on that. */
  private static boolean isTerritories(Module module, String name) {
    return module.field(name).filter(one -> one.dataType().equals("territories")).isPresent();
  }

  /** A description that is there, and says something. */
  static @Nullable String description(Item item) {
    return item.has("description") ? item.text("description") : null;
  }

  static ObjectNode noCriteria() {
    return Json.MAPPER.createObjectNode();
  }
}
