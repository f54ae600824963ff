package io.clientele.access;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.UserName;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a user may do, from the profile, and which rows the user may see, as an SQL predicate. Every
 * path to a record asks here. Until the sharing model is built, all users of an org see all its
 * records, which is the product's setting "public read/write/delete".
 */
public final class Access {
  /** The alias that queries give the module's table. */
  public static final String TABLE = "t";

  /**
   * @throws io.clientele.error.ApiError NO_PERMISSION with the permission that the profile lacks
   */
  public void require(Metadata metadata, long userId, Action action, Module module) {
    require(metadata, userId, action.permission(module.apiName()));
    if (!hasModule(metadata, userId, module)) {
      throw ErrorCode.NO_PERMISSION.with(
          "permissions", List.of(action.permission(module.apiName())));
    }
  }

  /** Whether the user's profile is among those that have a custom module; the others all have. */
  private static boolean hasModule(Metadata metadata, long userId, Module module) {
    UserName user = metadata.userName(userId);
    if (!module.generatedType().equals("custom") || user == null) {
      return true;
    }
    JsonNode profiles = module.definition().path("module").path("profiles");
    return metadata.settings("profile").stream()
        .filter(profile -> profile.id() == user.profileId())
        .anyMatch(
            profile ->
                profiles.valueStream().anyMatch(name -> name.asString().equals(profile.apiName())));
  }

  /**
   * @throws io.clientele.error.ApiError NO_PERMISSION with {@code permission} when the profile
   *     lacks it
   */
  public void require(Metadata metadata, long userId, String permission) {
    if (!allows(metadata, userId, permission)) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(permission));
    }
  }

  /**
   * A condition on the module's table, aliased {@link #TABLE}: the rows the user may do {@code
   * action} with.
   */
  public Sql rows(Metadata metadata, long userId, Action action, Module module) {
    return Sql.TRUE;
  }

  /** Whether the user's profile is Administrator. */
  public boolean isAdministrator(Metadata metadata, long userId) {
    UserName user = metadata.userName(userId);
    return user != null
        && metadata.settings("profile").stream()
            .anyMatch(
                profile ->
                    profile.id() == user.profileId() && profile.apiName().equals("Administrator"));
  }

  /** Whether the user's profile has that permission; one that it does not know, it has. */
  public static boolean allows(Metadata metadata, long userId, String permission) {
    UserName user = metadata.userName(userId);
    if (user == null) {
      return false;
    }
    for (Setting profile : metadata.settings("profile")) {
      if (profile.id() == user.profileId()) {
        for (JsonNode detail : profile.body().path("permissions_details")) {
          if (detail.path("name").asString("").equals(permission)) {
            return detail.path("enabled").asBoolean(true);
          }
        }
      }
    }
    return true;
  }
}
