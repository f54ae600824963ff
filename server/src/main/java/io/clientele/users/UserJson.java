package io.clientele.users;

import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.StandardMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The wire shape of a user: its columns, what was said of it, and for the rest defaults. */
final class UserJson {
  private static final JsonNode DEFAULTS = StandardMetadata.read("user.json");

  /** Who did what; the id stands in the body. */
  private static final List<String> BY =
      List.of(UserStamps.STATUS_UPDATED_BY, UserStamps.INVITED_BY);

  /** When. */
  private static final List<String> AT =
      List.of(UserStamps.STATUS_UPDATED_TIME, UserStamps.INVITED_TIME, UserStamps.CONFIRMED_TIME);

  private UserJson() {}

  /** What a key says as long as nothing was said. */
  static JsonNode standard(String name) {
    return DEFAULTS.path(name);
  }

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
        .text("zuid", user.confirmed() ? Long.toString(user.id()) : null)
        .text("ezuid", Long.toHexString(user.id()));
    keys.object("role", role -> role.text("name", user.roleName()).id("id", user.roleId()));
    keys.object(
        "profile",
        profile -> profile.text("name", profileName(metadata, user)).id("id", user.profileId()));
    References.user(keys, metadata, "Reporting_To", user.reportingTo());
    References.user(keys, metadata, "created_by", user.createdBy());
    References.user(keys, metadata, "Modified_By", user.modifiedBy());
    for (String name : BY) {
      JsonNode id = user.body().path(name);
      References.user(keys, metadata, name, id.isMissingNode() ? null : id.asLong());
    }
    for (String name : AT) {
      JsonNode moment = user.body().path(name);
      References.time(
          keys,
          name,
          moment.isMissingNode() ? null : Instant.parse(moment.asString()),
          reader.zone());
    }
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
