package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.org.Org;
import java.util.Arrays;
import java.util.Optional;

/** Which users a client asks about; the names are the values of the parameter {@code type}. */
enum UserType {
  AllUsers("u.status <> 'deleted'"),
  ActiveUsers("u.status = 'active'"),
  AllActiveUsers("u.status = 'active'"),
  DeactiveUsers("u.status in ('inactive', 'disabled')"),
  ActiveAndDeactive("u.status in ('active', 'inactive', 'disabled')"),
  ConfirmedUsers("u.confirmed and u.status <> 'deleted'"),
  NotConfirmedUsers("not u.confirmed and u.status <> 'deleted'"),
  ActiveConfirmedUsers("u.status = 'active' and u.confirmed"),
  DeletedUsers("u.status = 'deleted'"),
  AdminUsers("u.status <> 'deleted'", true),
  ActiveConfirmedAdmins("u.status = 'active' and u.confirmed", true),
  DeveloperUsers("u.status <> 'deleted' and (u.body ->> 'sandboxDeveloper')::boolean"),
  ActiveLiteUser("u.status = 'active' and u.body ->> 'type__s' = 'Lite User'"),
  ConfirmedReportingUsers("u.confirmed and u.status <> 'deleted' and u.reporting_to is not null"),
  CurrentUser("true"),
  /** Users of the roles under a role. */
  SubordinateRoleUsers("u.status <> 'deleted'"),
  /** Users of the roles directly under a role. */
  ChildRoleUsers("u.status <> 'deleted'"),
  /** Users of the role that a role reports to. */
  ParentRoleUsers("u.status <> 'deleted'");

  private final String condition;
  private final boolean administrators;

  UserType(String condition) {
    this(condition, false);
  }

  UserType(String condition, boolean administrators) {
    this.condition = condition;
    this.administrators = administrators;
  }

  static Optional<UserType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Whether the type is about a role, which the client names. */
  boolean needsRole() {
    return this == SubordinateRoleUsers || this == ChildRoleUsers || this == ParentRoleUsers;
  }

  /**
   * The users of this type as a condition on {@code u}.
   *
   * @param roleId the role that types about roles look from
   */
  Sql condition(Org org, long administratorProfile, long currentUser, long roleId) {
    Sql users = sql(condition);
    String roles = org.table("role");
    return switch (this) {
      case CurrentUser -> sql("u.id = ?", currentUser);
      case ChildRoleUsers ->
          users.and(
              sql("u.role_id in (select id from " + roles + " where reports_to = ?)", roleId));
      case ParentRoleUsers ->
          users.and(sql("u.role_id = (select reports_to from " + roles + " where id = ?)", roleId));
      case SubordinateRoleUsers ->
          users.and(
              sql(
                  "u.role_id in (with recursive under as (select id from "
                      + roles
                      + " where reports_to = ? union select r.id from "
                      + roles
                      + " r join under on r.reports_to = under.id) select id from under)",
                  roleId));
      case AllUsers,
          ActiveUsers,
          AllActiveUsers,
          DeactiveUsers,
          ActiveAndDeactive,
          ConfirmedUsers,
          NotConfirmedUsers,
          ActiveConfirmedUsers,
          DeletedUsers,
          AdminUsers,
          ActiveConfirmedAdmins,
          DeveloperUsers,
          ActiveLiteUser,
          ConfirmedReportingUsers ->
          administrators ? users.and(sql("u.profile_id = ?", administratorProfile)) : users;
    };
  }
}
