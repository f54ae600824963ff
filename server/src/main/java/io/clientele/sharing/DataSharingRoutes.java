package io.clientele.sharing;

import io.clientele.access.Access;
import io.clientele.access.ShareType;
import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What users may do with the records of others, module by module (data_sharing). */
public final class DataSharingRoutes {
  private static final String NOUN = "data_sharing";
  private static final String SCOPE = "settings.data_sharing";
  private static final String PATH = "/settings/data_sharing";
  private static final int MAXIMUM = 100;

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public DataSharingRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, Access access) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes.get(PATH, SCOPE, this::list).put(PATH, SCOPE, this::update);
  }

  /** All modules whose records have owners, with what the org says of each. */
  private Reply list(Call call) {
    Metadata metadata = permitted(call);
    Set<Long> running = database.read(tx -> SharingRules.running(tx, metadata.org()));
    return Reply.list(
        NOUN,
        DataSharing.modules(metadata),
        (keys, module) ->
            keys.flag("public_in_portals", DataSharing.isPublicInPortals(metadata, module))
                .text(DataSharing.SHARE_TYPE, ShareType.of(metadata, module).word())
                .object(
                    "module",
                    inner -> inner.text("api_name", module.apiName()).id("id", module.id()))
                .flag("rule_computation_running", running.contains(module.id())));
  }

  /** Changes up to a hundred modules; each is kept or refused alone. */
  private Reply update(Call call) {
    permitted(call);
    JsonNode list = call.json().path(NOUN);
    if (list.isArray() && list.size() > MAXIMUM) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM).at(NOUN, "$." + NOUN);
    }
    return changes.each(call, NOUN, MAXIMUM, 200, DataSharing::update);
  }

  private Metadata permitted(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.DATA_SHARING);
    return metadata;
  }
}
