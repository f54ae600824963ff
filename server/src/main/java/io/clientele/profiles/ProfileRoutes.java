package io.clientele.profiles;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The profiles of the org (profiles). */
public final class ProfileRoutes {
  private static final String SCOPE = "settings.profiles";
  private static final String MANAGE = "Crm_Implied_Manage_Profiles";
  private static final String NOUN = "profiles";
  private static final String ALL = "/settings/profiles";
  private static final String ONE = ALL + "/{profile}";
  private static final String GONE = "the id given seems to be invalid or already deleted";
  private static final Set<String> TYPES =
      Set.of("private_profile", "normal_profile", "portal_profile");

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public ProfileRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(ALL, SCOPE, this::list)
        .get(ONE, SCOPE, this::one)
        .post(ONE + "/actions/clone", SCOPE, this::copy)
        .put(ONE, SCOPE, this::update)
        .patch(ONE, SCOPE, this::update)
        .delete(ONE, SCOPE, this::delete);
  }

  /**
   * A page of the profiles, of one {@code type} if the client names it; 204 when there are none.
   * Lite and support profiles, which {@code include_types} asks for, no org has.
   */
  private Reply list(Call call) {
    Reader reader = reader(call);
    Optional<String> type = call.query("type");
    if (type.isPresent() && !TYPES.contains(type.get())) {
      throw ErrorCode.INVALID_DATA.with("param_name", "type");
    }
    if (!call.query("include_types").orElse("Lite").matches("(Lite|Support)(,(Lite|Support))*")) {
      throw ErrorCode.INVALID_DATA.with("param_name", "include_types");
    }
    var wanted = ProfileFilter.of(call);
    List<Setting> profiles =
        reader.metadata().settings(ProfileService.NOUN).stream()
            .filter(profile -> type.isEmpty() || type(profile).equals(type.get()))
            .filter(wanted)
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
                    keys.array(NOUN, page.items(), new ProfileJson(reader)::writeShort)
                        .object("info", info -> info(info, page))));
  }

  private static void info(Keys keys, Paging.Page<Setting> page) {
    page.paging().info(keys, page.items().size(), page.more());
    keys.number("license_limit", ProfileService.LIMIT);
  }

  private Reply one(Call call) {
    Reader reader = reader(call);
    return Reply.list(
        NOUN, List.of(profile(call, reader.metadata())), new ProfileJson(reader)::write);
  }

  private Reply copy(Call call) {
    profile(call, reader(call).metadata());
    return changes.each(
        call,
        NOUN,
        Item.only(call.json(), NOUN),
        201,
        (change, item) -> ProfileService.clone(change, profile(call, change.metadata()), item));
  }

  private Reply update(Call call) {
    own(call, reader(call).metadata(), "System profile cannot be updated");
    return changes.each(
        call,
        NOUN,
        Item.only(call.json(), NOUN),
        200,
        (change, item) -> ProfileService.update(change, profile(call, change.metadata()), item));
  }

  /** Its users get the profile of the parameter {@code transfer_to}. */
  private Reply delete(Call call) {
    reader(call);
    return changes.change(
        call,
        change -> {
          Setting profile = own(call, change.metadata(), "System profile cannot be deleted");
          ProfileService.delete(change, profile, heir(call, change.metadata(), profile));
          return Reply.ok(
              json ->
                  Keys.object(
                      json,
                      keys ->
                          keys.text("code", "SUCCESS")
                              .object("details", inner -> inner.id("id", profile.id()))
                              .text("message", "Profile deleted")
                              .text("status", "success")));
        });
  }

  private static Setting heir(Call call, Metadata metadata, Setting profile) {
    String id = call.query("transfer_to").map(String::strip).orElse("");
    if (id.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .with("param", "transfer_to")
          .message("Users in the profile need to be transferred. transfer_to param is mandatory.");
    }
    Setting heir =
        PathId.parse(id)
            .flatMap(one -> metadata.setting(ProfileService.NOUN, one))
            .orElseThrow(() -> ErrorCode.INVALID_DATA.with("id", id).message(GONE));
    if (heir.id() == profile.id()) {
      throw ErrorCode.INVALID_DATA.error().message("The action given is invalid");
    }
    return heir;
  }

  /** The profile of the path, which did not come with the org. */
  private static Setting own(Call call, Metadata metadata, String refusal) {
    Setting profile = profile(call, metadata);
    if (ProfileService.isOfSystem(profile)) {
      throw ErrorCode.NOT_ALLOWED.with("resource_path_index", 2).status(400).message(refusal);
    }
    return profile;
  }

  private static Setting profile(Call call, Metadata metadata) {
    return PathId.find(call, "profile")
        .flatMap(id -> metadata.setting(ProfileService.NOUN, id))
        .orElseThrow(ProfileRoutes::unknown);
  }

  private static ApiError unknown() {
    return ErrorCode.INVALID_DATA.with("resource_path_index", 2).message(GONE);
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
