package io.clientele.roles;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.RoleName;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;

/** The roles of the org (roles). */
public final class RoleRoutes {
  private static final String SCOPE = "settings.roles";
  private static final String MANAGE = "Crm_Implied_Manage_Roles";
  private static final String NOUN = "roles";
  private static final String ALL = "/settings/roles";
  private static final String ONE = ALL + "/{role}";

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public RoleRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, Access access) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(ALL, SCOPE, this::list)
        .get(ONE, SCOPE, this::one)
        .post(ALL, SCOPE, this::create)
        .put(ALL, SCOPE, this::updateNamed)
        .put(ONE, SCOPE, this::update)
        .delete(ONE, SCOPE, this::delete);
  }

  private Reply list(Call call) {
    return reply(Reader.of(cache, call), Sql.TRUE);
  }

  /** One role; 204 when there is none of that id. */
  private Reply one(Call call) {
    Optional<Long> id = PathId.find(call, "role");
    return id.isEmpty()
        ? Reply.noContent()
        : reply(Reader.of(cache, call), sql("r.id = ?", id.get()));
  }

  private Reply reply(Reader reader, Sql condition) {
    Org org = reader.metadata().org();
    List<Role> roles = database.read(tx -> tx.list(RoleSql.select(org, condition), Role::read));
    return roles.isEmpty()
        ? Reply.noContent()
        : Reply.list(NOUN, roles, new RoleJson(reader)::write);
  }

  private Reply create(Call call) {
    requireManager(call);
    return changes.each(call, NOUN, Item.only(call.json(), NOUN), 201, RoleService::create);
  }

  /** The role that the item names by its id. */
  private Reply updateNamed(Call call) {
    requireManager(call);
    return changes.each(
        call,
        NOUN,
        Item.only(call.json(), NOUN),
        200,
        (change, item) ->
            RoleService.update(
                change,
                PathId.parse(item.require("id").text("id"))
                    .flatMap(id -> RoleService.find(change, id))
                    .orElseThrow(
                        () -> item.invalid("id").message("the given role id seems invalid")),
                item));
  }

  private Reply update(Call call) {
    requireManager(call);
    var roles = cache.of(call.caller().orgId()).people().roles();
    PathId.require(call, "role", id -> Optional.ofNullable(roles.get(id)));
    return changes.each(
        call,
        NOUN,
        Item.only(call.json(), NOUN),
        200,
        (change, item) -> RoleService.update(change, role(call, change), item));
  }

  private Reply delete(Call call) {
    requireManager(call);
    return changes.change(
        call,
        change -> {
          RoleName role = role(call, change);
          String heir =
              call.query("transfer_to_id")
                  .map(String::strip)
                  .filter(id -> !id.isEmpty())
                  .orElseThrow(
                      () -> ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "transfer_to_id"));
          var results = new Results(NOUN);
          results.add(RoleService.delete(change, role, heir));
          return results.reply(200);
        });
  }

  /** The role of the path. */
  private static RoleName role(Call call, MetadataChange change) {
    return PathId.require(call, "role", id -> RoleService.find(change, id));
  }

  private void requireManager(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), MANAGE);
  }
}
