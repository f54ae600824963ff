package io.clientele.profiles;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The profiles of the org (profiles, read side). */
public final class ProfileRoutes {
  private static final String SCOPE = "settings.profiles";
  private static final String MANAGE = "Crm_Implied_Manage_Profiles";
  private static final Set<String> TYPES =
      Set.of("private_profile", "normal_profile", "portal_profile");
  private static final int LICENSE_LIMIT = 200;

  private final MetadataCache cache;
  private final Access access;

  public ProfileRoutes(MetadataCache cache, Access access) {
    this.cache = cache;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/profiles", SCOPE, this::list)
        .get("/settings/profiles/{profile}", SCOPE, this::one);
  }

  /**
   * A page of the profiles, of one {@code type} if the client names it; 204 when there are none.
   */
  private Reply list(Call call) {
    Reader reader = reader(call);
    Optional<String> type = call.query("type");
    if (type.isPresent() && !TYPES.contains(type.get())) {
      throw ErrorCode.INVALID_DATA.with("param_name", "type");
    }
    List<Setting> profiles =
        reader.metadata().settings("profile").stream()
            .filter(profile -> type.isEmpty() || type(profile).equals(type.get()))
            .toList();
    Paging.Page<Setting> page = Paging.of(call).of(profiles);
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("profiles", page.items(), new ProfileJson(reader)::writeShort)
                        .object("info", info -> info(info, page))));
  }

  private static void info(Keys keys, Paging.Page<Setting> page) {
    page.paging().info(keys, page.items().size(), page.more());
    keys.number("license_limit", LICENSE_LIMIT);
  }

  private Reply one(Call call) {
    Reader reader = reader(call);
    Setting profile =
        PathId.find(call, "profile")
            .flatMap(id -> reader.metadata().setting("profile", id))
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("resource_path_index", 2)
                        .message("the id given seems to be invalid or already deleted"));
    return Reply.list("profiles", List.of(profile), new ProfileJson(reader)::write);
  }

  private Reader reader(Call call) {
    Reader reader = Reader.of(cache, call);
    access.require(reader.metadata(), reader.userId(), MANAGE);
    return reader;
  }

  private static String type(Setting profile) {
    return profile.body().path("type").asString("normal_profile");
  }
}
