package io.clientele.roles;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;

/** The roles of the org (roles, read side). */
public final class RoleRoutes {
  private static final String SCOPE = "settings.roles";

  private final Database database;
  private final MetadataCache cache;

  public RoleRoutes(Database database, MetadataCache cache) {
    this.database = database;
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/roles", SCOPE, this::list)
        .get("/settings/roles/{role}", SCOPE, this::one);
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
    List<Role> roles = database.read(tx -> tx.list(select(org, condition), Role::read));
    return roles.isEmpty()
        ? Reply.noContent()
        : Reply.list("roles", roles, (keys, role) -> write(keys, reader, role));
  }

  private static Sql select(Org org, Sql condition) {
    String roles = org.table("role");
    return sql("select r.*, above.name as above from " + roles + " r")
        .then("left join " + roles + " above on above.id = r.reports_to where")
        .then(condition)
        .then("order by r.id");
  }

  private static void write(Keys keys, Reader reader, Role role) {
    var body = Json.MAPPER.readTree(role.body());
    keys.id("id", role.id())
        .text("name", role.name())
        .text("display_label", body.path("display_label").asString(role.name()))
        .text("api_name", role.name().replaceAll("[^A-Za-z0-9]+", "_"))
        .node("description", body.path("description"))
        .flag("share_with_peers", role.shareWithPeers())
        .flag("admin_user", role.reportsTo() == null)
        .none("forecast_manager");
    Long above = role.reportsTo();
    if (above == null) {
      keys.none("reporting_to");
    } else {
      keys.object("reporting_to", inner -> inner.text("name", role.above()).id("id", above));
    }
    References.user(keys, reader.metadata(), "created_by__s", role.createdBy());
    References.user(keys, reader.metadata(), "modified_by__s", role.modifiedBy());
    boolean standard = role.createdBy() == null;
    References.time(keys, "created_time__s", standard ? null : role.createdTime(), reader.zone());
    References.time(
        keys,
        "modified_time__s",
        standard && role.modifiedBy() == null ? null : role.modifiedTime(),
        reader.zone());
  }
}
