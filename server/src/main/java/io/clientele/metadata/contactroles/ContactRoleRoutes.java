package io.clientele.metadata.contactroles;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The roles of contacts. Reference: Contact Roles. */
public final class ContactRoleRoutes {
  private static final String ROLES = "contact_roles";
  private static final String PATH = "/Contacts/roles";
  private static final int MAXIMUM = 100;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public ContactRoleRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", PATH, scope(Operation.READ), this::list)
        .api("POST", PATH, scope(Operation.CREATE), this::create)
        .api("PUT", PATH, scope(Operation.UPDATE), this::updateMany)
        .api("DELETE", PATH, scope(Operation.DELETE), this::deleteMany)
        .api("GET", PATH + "/{role}", scope(Operation.READ), this::one)
        .api("PUT", PATH + "/{role}", scope(Operation.UPDATE), this::update)
        .api("DELETE", PATH + "/{role}", scope(Operation.DELETE), this::delete);
  }

  private static Scope scope(Operation operation) {
    return Scope.of("modules.contacts", operation);
  }

  /** All roles in their order; 204 when there are none. */
  private Reply list(Call call) {
    return reply(permitted(call, Action.READ), role -> true);
  }

  /** 204 when there is no such role. */
  private Reply one(Call call) {
    Optional<Long> id = PathId.find(call, "role");
    return reply(permitted(call, Action.READ), role -> id.isPresent() && role.id() == id.get());
  }

  private static Reply reply(Metadata metadata, Predicate<Setting> wanted) {
    List<Setting> all = metadata.settings(ContactRoles.NOUN);
    List<Setting> roles = all.stream().filter(wanted).toList();
    return roles.isEmpty()
        ? Reply.noContent()
        : Reply.list(
            ROLES,
            roles,
            (keys, role) ->
                keys.number("sequence_number", all.indexOf(role) + 1)
                    .text("name", role.apiName())
                    .id("id", role.id()));
  }

  private Reply create(Call call) {
    permitted(call, Action.CREATE);
    return changes.each(call, ROLES, MAXIMUM, 200, ContactRoles::create);
  }

  private Reply updateMany(Call call) {
    permitted(call, Action.UPDATE);
    return changes.each(call, ROLES, MAXIMUM, 200, ContactRoles::update);
  }

  private Reply update(Call call) {
    permitted(call, Action.UPDATE);
    JsonNode body = call.json();
    if (body.path(ROLES).isArray() && body.path(ROLES).size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(ROLES, "$." + ROLES);
    }
    List<Item> items = Item.list(body, ROLES, 1);
    items.forEach(item -> item.json().put("id", call.path("role")));
    return changes.each(call, ROLES, items, 200, ContactRoles::update);
  }

  private Reply deleteMany(Call call) {
    permitted(call, Action.DELETE);
    List<String> ids =
        Arrays.stream(call.requiredQuery("ids").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "ids");
    }
    if (ids.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).with("param_name", "ids");
    }
    return changes.each(call, ROLES, ids, 200, ContactRoles::delete);
  }

  private Reply delete(Call call) {
    permitted(call, Action.DELETE);
    return changes.each(call, ROLES, List.of(call.path("role")), 200, ContactRoles::delete);
  }

  private Metadata permitted(Call call, Action action) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), action, metadata.get("Contacts"));
    return metadata;
  }
}
