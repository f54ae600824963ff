package io.clientele.users;

import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.StandardMetadata;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The wire shape of a user: its columns, what was said of it, and for the rest defaults. */
final class UserJson {
  private static final JsonNode DEFAULTS = StandardMetadata.read("user.json");

  private UserJson() {}

  /**
   * @param now when the user's offset from UTC is asked for; summer time changes it
   */
  static void write(Keys keys, Reader reader, User user, Instant now) {
    Metadata metadata = reader.metadata();
    keys.id("id", user.id())
        .text("first_name", user.firstName())
        .text("last_name", user.lastName())
        .text("full_name", user.fullName())
        .text("email", user.email())
        .text("status", user.status())
        .flag("confirm", user.confirmed())
        .text("time_zone", user.zone().getId())
        .number("offset", user.zone().getRules().getOffset(now).getTotalSeconds() * 1000L)
        .id("zuid", user.id())
        .text("ezuid", Long.toHexString(user.id()));
    keys.object("role", role -> role.text("name", user.roleName()).id("id", user.roleId()));
    keys.object(
        "profile",
        profile -> profile.text("name", profileName(metadata, user)).id("id", user.profileId()));
    References.user(keys, metadata, "Reporting_To", user.reportingTo());
    References.user(keys, metadata, "created_by", user.createdBy());
    References.user(keys, metadata, "Modified_By", user.modifiedBy());
    References.user(keys, metadata, "Status_Updated_By__s", null);
    References.user(keys, metadata, "Invited_By__s", null);
    References.time(keys, "created_time", user.createdTime(), reader.zone());
    References.time(keys, "Modified_Time", user.modifiedTime(), reader.zone());
    keys.array(
        "territories",
        metadata.people().territoriesOf(user.id()),
        (inner, territory) ->
            inner
                .flag("manager", Objects.equals(territory.managerId(), user.id()))
                .text("name", territory.name())
                .id("id", territory.id()));
    DEFAULTS.forEachEntry(
        (name, standard) -> {
          JsonNode said = user.body().path(name);
          keys.node(wireName(name, reader.version()), said.isMissingNode() ? standard : said);
        });
  }

  /** Two keys got their suffix with v4. */
  private static String wireName(String name, ApiVersion version) {
    boolean old = !version.atLeast(ApiVersion.V4);
    return old && (name.equals("name_format__s") || name.equals("sort_order_preference__s"))
        ? name.substring(0, name.length() - "__s".length())
        : name;
  }

  private static String profileName(Metadata metadata, User user) {
    return metadata
        .setting("profile", user.profileId())
        .map(profile -> profile.body().path("name").asString(profile.apiName()))
        .orElse("");
  }
}
