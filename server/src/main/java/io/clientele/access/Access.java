package io.clientele.access;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Setting;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a user may do, from the profile, and which rows the user may see, as an SQL predicate: from
 * roles, data sharing, territories and shares. Every path to a record asks here.
 */
public final class Access {
  /** The permission to shape the org: modules, fields, layouts and the like. */
  public static final String CUSTOMIZE = "Crm_Implied_Customize_Zoho_CRM";

  /** The alias that queries give the module's table. */
  public static final String TABLE = "t";

  private final RowAccess rows;

  /**
   * @param criteria what makes SQL of the criteria of sharing rules
   */
  public Access(ModuleTables tables, RuleCriteria criteria) {
    this.rows = new RowAccess(tables, criteria);
  }

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
    if (!module.generatedType().equals("custom")) {
      return true;
    }
    JsonNode profiles = module.definition().path("module").path("profiles");
    return metadata
        .profileOf(userId)
        .map(Setting::apiName)
        .filter(name -> profiles.valueStream().anyMatch(one -> one.asString().equals(name)))
        .isPresent();
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
    return rows(metadata, userId, action, module, TABLE);
  }

  /** The same for a table with another alias. */
  public Sql rows(Metadata metadata, long userId, Action action, Module module, String alias) {
    return rows.of(metadata, userId, action, module, alias);
  }

  /**
   * The conditions of which one or more hold for each of those rows; each is found in an index by
   * itself, where all together could only be tried row by row. Empty when there is but one.
   */
  public List<Sql> arms(Metadata metadata, long userId, Action action, Module module) {
    return rows.arms(metadata, userId, action, module, TABLE);
  }

  /**
   * A condition on rows of {@code deleted_record}, aliased {@link #TABLE}: those of the module that
   * the user deleted, or could read if they were still there.
   */
  public Sql deleted(Metadata metadata, long userId, Module module) {
    return rows.deleted(metadata, userId, module, TABLE);
  }

  /** Whether the user's profile is Administrator. */
  public static boolean isAdministrator(Metadata metadata, long userId) {
    return Standing.of(metadata, userId).administrator();
  }

  /** Whether the user's profile has that permission; one that it does not know, it has. */
  public static boolean allows(Metadata metadata, long userId, String permission) {
    return metadata.userName(userId) != null
        && !Standing.of(metadata, userId).refused().contains(permission);
  }
}
