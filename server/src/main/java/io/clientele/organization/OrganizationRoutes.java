package io.clientele.organization;

import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.StandardMetadata;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The org's details (org, read side): what was set, and for the rest defaults. */
public final class OrganizationRoutes {
  private static final String SCOPE = "org";
  private static final JsonNode DEFAULTS = StandardMetadata.read("org.json").path("org").path(0);

  /** Keys that follow from what the org is. */
  private static final Set<String> DERIVED =
      Set.of("id", "zgid", "ezgid", "primary_zuid", "created_time");

  private final MetadataCache cache;

  public OrganizationRoutes(MetadataCache cache) {
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes.get("/org", SCOPE, this::get);
  }

  private Reply get(Call call) {
    Reader reader = Reader.of(cache, call);
    return Reply.list(
        "org", reader.metadata().settings("org"), (keys, setting) -> write(keys, reader, setting));
  }

  private static void write(Keys keys, Reader reader, Setting setting) {
    long number = reader.metadata().org().id();
    keys.id("id", setting.id())
        .id("zgid", number)
        .text("ezgid", Long.toHexString(number))
        .id("primary_zuid", reader.metadata().primaryUser().id());
    References.time(keys, "created_time", setting.createdTime(), reader.zone());
    DEFAULTS.forEachEntry(
        (name, standard) -> {
          if (!DERIVED.contains(name)) {
            JsonNode said = setting.body().path(name);
            keys.node(name, said.isMissingNode() ? standard : said);
          }
        });
  }
}
