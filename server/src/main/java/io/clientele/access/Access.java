package io.clientele.access;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a user may do, from the profile, and which rows the user may see, as an SQL predicate: from
 * roles, data sharing, territories and shares. Every path to a record asks here.
 */
public final class Access {
  /** The permission to shape the org: modules, fields, layouts and the like. */
  public static final String CUSTOMIZE = "Crm_Implied_Customize_Zoho_CRM";

  /** The permission to say how records are shared, and to see why they are open. */
  public static final String DATA_SHARING = "Crm_Implied_Manage_Data_Sharing";

  /** The alias that queries give the module's table. */
  public static final String TABLE = "t";

  private static final Pattern COLUMN = Pattern.compile("\\bt\\.\"(?:[^\"]|\"\")+\"");

  private final ModuleTables tables;
  private final RowAccess rows;
  private final Grounds grounds;

  /**
   * @param criteria what makes SQL of the criteria of sharing rules
   */
  public Access(ModuleTables tables, RuleCriteria criteria) {
    this.rows = new RowAccess(tables, criteria);
    this.tables = tables;
    this.grounds = new Grounds(rows, criteria);
  }

  /**
   * @throws io.clientele.error.ApiError NO_PERMISSION with the permission that the profile lacks
   */
  public void require(Metadata metadata, long userId, Action action, Module module) {
    require(metadata, userId, action.permission(module.apiName()));
  }

  /** Whether the user's profile lets the user do that with records of the module at all. */
  public static boolean hasRight(Metadata metadata, long userId, Action action, Module module) {
    return allows(metadata, userId, action.permission(module.apiName()));
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
   * The conditions of which one or more hold for each of those rows: each is found in an index by
   * itself, where all together can only be tried along an index. Empty when nothing is to be asked.
   */
  public List<Sql> arms(Metadata metadata, long userId, Action action, Module module) {
    return rows.arms(metadata, userId, action, module, TABLE);
  }

  /** Whether it depends on the row, and not on the user alone, if the user may read it. */
  public boolean dependsOnRow(Metadata metadata, long userId, Module module) {
    return rows.isByReasons(metadata, userId, Action.READ, module);
  }

  /**
   * For the first rows of a list in the order of the ids of a module that {@link #dependsOnRow}:
   * what stands for the module's table, with the alias {@link #TABLE}, instead of asking {@link
   * #rows} of it.
   *
   * @param columns those of the table that are read, among them the id
   * @param asked what else the list asks of the table; it has been asked of the rows
   */
  public Sql first(
      Metadata metadata,
      long userId,
      Module module,
      Set<String> columns,
      Sql asked,
      IdRange range) {
    String table = tables.of(metadata, module);
    var list = new Listing(rows, metadata, userId, module, table, asked, range);
    return range.end().isPresent()
        ? new RowsUntil(list).instead(columns)
        : new FirstRows(list).instead(columns);
  }

  /** The columns of the table aliased {@link #TABLE} that stand in a text, each with its alias. */
  public static Set<String> columns(String text) {
    return COLUMN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * A condition on rows of {@code deleted_record}, aliased {@link #TABLE}: those of the module that
   * the user deleted, or could read if they were still there.
   */
  public Sql deleted(Metadata metadata, long userId, Module module) {
    return rows.deleted(metadata, userId, module, TABLE);
  }

  /** What can open rows of the module, which is what {@link #rows} puts together, one by one. */
  public List<Ground> grounds(Metadata metadata, long userId, Action action, Module module) {
    return grounds.of(metadata, userId, action, module, TABLE);
  }

  /** Whether the user may do that with records of the module at all, whatever their owners. */
  public boolean may(Metadata metadata, long userId, Action action, Module module) {
    return allows(metadata, userId, action.permission(module.apiName()));
  }

  /** Whether the user's profile is Administrator. */
  public static boolean isAdministrator(Metadata metadata, long userId) {
    return Standing.of(metadata, userId).administrator();
  }

  /** Whether the user's profile lets the user write values of the field. */
  public static boolean writes(Metadata metadata, long userId, Field field) {
    long profileId = metadata.profileOf(userId).map(Setting::id).orElse(0L);
    return field.permission(profileId) == Field.Permission.READ_WRITE;
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
