package io.clientele.access;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.List;

/**
 * What a user may do, from the profile, and which rows the user may see, as an SQL predicate. Every
 * path to a record asks here. Until the sharing model is built, all users of an org see all its
 * records, which is the product's setting "public read/write/delete".
 */
public final class Access {
  /** The permission to shape the org: modules, fields, layouts and the like. */
  public static final String CUSTOMIZE = "Crm_Implied_Customize_Zoho_CRM";

  /** The alias that queries give the module's table. */
  public static final String TABLE = "t";

  /**
   * @throws io.clientele.error.ApiError NO_PERMISSION with the permission that the profile lacks
   */
  public void require(Metadata metadata, long userId, Action action, Module module) {
    require(metadata, userId, action.permission(module.apiName()));
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
    return metadata
        .profileOf(userId)
        .filter(profile -> profile.apiName().equals("Administrator"))
        .isPresent();
  }

  /** Whether the user's profile has that permission; one that it does not know, it has. */
  public static boolean allows(Metadata metadata, long userId, String permission) {
    if (metadata.userName(userId) == null) {
      return false;
    }
    return metadata
        .profileOf(userId)
        .map(profile -> !metadata.refusedBy(profile).contains(permission))
        .orElse(true);
  }
}
