package io.clientele.roles;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.RoleName;
import io.clientele.metadata.Setting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules of roles: each but the highest reports to another, and never in a circle. */
public final class RoleService {
  private static final int LIMIT = 250;
  private static final int NAME = 200;
  private static final int DESCRIPTION = 250;
  private static final Shape KEYS =
      Shape.empty().text("description", DESCRIPTION).flag("share_with_peers");

  private RoleService() {}

  /**
   * Adds a role below another. Reference: Create Role.
   *
   * @throws ApiError MANDATORY_NOT_FOUND, DUPLICATE_DATA, LICENSE_LIMIT_EXCEEDED, or INVALID_DATA
   */
  public static Done create(MetadataChange change, Item item) {
    item.require("name").require("reporting_to");
    KEYS.check(item);
    String name = name(change, item, 0);
    long above = above(change, item, null);
    if (change.metadata().people().roles().size() >= LIMIT) {
      throw ErrorCode.LICENSE_LIMIT_EXCEEDED
          .with("limit", LIMIT)
          .message("Request exceeds your license limit");
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("display_label", name).put("api_name", freeApiName(change, name));
    if (item.has("description")) {
      body.put("description", item.text("description"));
    }
    long id = change.nextId();
    boolean shares = item.json().path("share_with_peers").asBoolean(false);
    RoleSql.insert(change, id, name, above, shares, body);
    return Done.of("Role added", id);
  }

  /**
   * Changes the keys that {@code item} has. Reference: Update Role.
   *
   * @throws ApiError DUPLICATE_DATA, or INVALID_DATA, also when it would report to itself or to a
   *     role below it
   */
  public static Done update(MetadataChange change, RoleName role, Item item) {
    KEYS.check(item);
    JsonNode json = item.json();
    ObjectNode body = (ObjectNode) role.body().deepCopy();
    body.put("api_name", apiName(body, role.name()));
    String name = role.name();
    if (json.has("name")) {
      name = name(change, item.require("name"), role.id());
      body.put("display_label", name);
    }
    if (json.has("description")) {
      body.set("description", json.get("description"));
    }
    if (json.has("forecast_manager")) {
      forecastManager(change, item, body);
    }
    Long above = role.reportsTo();
    if (json.has("reporting_to") && !(above == null && json.path("reporting_to").isNull())) {
      above = above(change, item, role);
    }
    boolean shares = json.path("share_with_peers").asBoolean(role.sharesWithPeers());
    RoleSql.update(change, role.id(), name, above, shares, body);
    return Done.of("Role updated", role.id());
  }

  /**
   * Takes a role away; its users and the roles below it go to {@code transferTo}. So the highest
   * role always stays, as all others are below it. Reference: Transfer Users and Delete Role.
   *
   * @throws ApiError INVALID_DATA when that is no role, the same, or one below
   */
  public static Done delete(MetadataChange change, RoleName role, String transferTo) {
    Optional<RoleName> heir = PathId.parse(transferTo).flatMap(id -> find(change, id));
    if (heir.isEmpty()) {
      throw wrongHeir("invalid");
    }
    long to = heir.get().id();
    if (to == role.id()) {
      throw wrongHeir("same_role");
    }
    if (change.metadata().people().isRoleWithin(to, role.id())) {
      throw wrongHeir("subordinate");
    }
    for (Setting setting : change.metadata().settings()) {
      ObjectNode body = setting.copy();
      if (rename(body, Long.toString(role.id()), Long.toString(to))) {
        change.update(setting, body);
      }
    }
    RoleSql.delete(change, role.id(), to);
    return Done.of("Role Deleted", role.id());
  }

  static Optional<RoleName> find(MetadataChange change, long id) {
    return Optional.ofNullable(change.metadata().people().roles().get(id));
  }

  /** The name for programs, which stays when the role is called otherwise. */
  static String apiName(JsonNode body, String name) {
    return body.path("api_name").asString(name.replaceAll("[^A-Za-z0-9]+", "_"));
  }

  private static ApiError wrongHeir(String status) {
    return ErrorCode.INVALID_DATA
        .with("role_status", status)
        .with("param_name", "transfer_to_id")
        .message("invalid transferToId");
  }

  /** Documents that name the role where something is shared with it, such as views and rules. */
  private static boolean rename(JsonNode node, String from, String to) {
    boolean changed = false;
    if (node instanceof ObjectNode object && object.path("type").asString("").equals("roles")) {
      var named = object.path("resource") instanceof ObjectNode resource ? resource : object;
      if (named.path("id").asString("").equals(from)) {
        named.put("id", to);
        changed = true;
      }
    }
    for (JsonNode inner : node) {
      changed |= rename(inner, from, to);
    }
    return changed;
  }

  private static String name(MetadataChange change, Item item, long roleId) {
    JsonNode given = item.json().path("name");
    if (!given.isString() || given.asString().indexOf('\0') >= 0) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "text").at("name", item.at("name"));
    }
    String name = given.asString().strip();
    if (name.codePointCount(0, name.length()) > NAME) {
      throw ErrorCode.INVALID_DATA
          .with("maximum_length", NAME)
          .message("Invalid role name")
          .at("name", item.at("name"));
    }
    if (name.contains("#")) {
      throw item.invalid("name")
          .message("Role name should not contain the following special character(s):#");
    }
    boolean taken =
        change.metadata().people().roles().values().stream()
            .anyMatch(other -> other.id() != roleId && other.name().equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Failed to add role since role with same name is already exist")
          .at("name", item.at("name"));
    }
    return name;
  }

  private static String freeApiName(MetadataChange change, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
    String first = plain.isEmpty() ? "Role" : plain;
    String candidate = first;
    for (int number = 1; isTaken(change, candidate); number++) {
      candidate = first + "_" + number;
    }
    return candidate;
  }

  private static boolean isTaken(MetadataChange change, String apiName) {
    return change.metadata().people().roles().values().stream()
        .anyMatch(role -> apiName(role.body(), role.name()).equalsIgnoreCase(apiName));
  }

  /** The role that {@code reporting_to} names, alone or in an object, which is not below this. */
  private static long above(MetadataChange change, Item item, @Nullable RoleName role) {
    JsonNode given = item.json().path("reporting_to");
    JsonNode id = given.isObject() ? given.path("id") : given;
    return PathId.parse(id.isString() || id.isIntegralNumber() ? id.asString() : "")
        .filter(one -> find(change, one).isPresent())
        .filter(one -> role == null || !change.metadata().people().isRoleWithin(one, role.id()))
        .orElseThrow(() -> wrongId(item, "reporting_to"));
  }

  private static void forecastManager(MetadataChange change, Item item, ObjectNode body) {
    JsonNode given = item.json().path("forecast_manager");
    if (given.isNull()) {
      body.remove("forecast_manager");
      return;
    }
    JsonNode id = given.isObject() ? given.path("id") : given;
    long user =
        PathId.parse(id.isString() || id.isIntegralNumber() ? id.asString() : "")
            .filter(one -> change.metadata().userName(one) != null)
            .orElseThrow(() -> wrongId(item, "forecast_manager"));
    body.put("forecast_manager", Long.toString(user));
  }

  private static ApiError wrongId(Item item, String key) {
    return item.invalid(key).message("the id given seems to be invalid");
  }
}
