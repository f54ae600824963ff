package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.org.Org;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a user stands in the org: role, profile and manager, as a body names them. */
record UserPlace(Transaction tx, Metadata metadata, Item item) {
  private static final String MANAGER = "Reporting_To";

  /**
   * @throws ApiError INVALID_DATA when there is no such role
   */
  long role() {
    return id("role")
        .filter(id -> metadata.people().roles().containsKey(id))
        .orElseThrow(() -> item.invalid("role").message("INVALID_DATA"));
  }

  /**
   * @throws ApiError INVALID_DATA when there is no such profile
   */
  long profile() {
    return id("profile")
        .filter(id -> metadata.setting("profile", id).isPresent())
        .orElseThrow(() -> item.invalid("profile").message("INVALID_DATA"));
  }

  /**
   * The manager that the body names; null when it names none.
   *
   * @param userId who is to report; zero when the user is new
   * @param roleId the role that the user is to have
   * @throws ApiError INVALID_DATA or NOT_ALLOWED about somebody who cannot be the manager
   */
  @Nullable Long manager(long userId, long roleId) {
    if (!item.has(MANAGER)) {
      return null;
    }
    long id = id(MANAGER).orElseThrow(() -> unfit("Valid userid should be given"));
    if (id == userId) {
      throw unfit("ReportingTo Id should not be the same as userId");
    }
    User manager =
        UserSql.find(tx, metadata.org(), id).orElseThrow(() -> unfit("Invalid Reporting Manager"));
    if (manager.isDeleted()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at(MANAGER, item.at(MANAGER) + ".id")
          .message("the id given seems to be already deleted");
    }
    if (!manager.isActive()) {
      throw unfit("Invalid Reporting Manager");
    }
    if (!metadata.people().isRoleWithin(roleId, manager.roleId())) {
      throw ErrorCode.INVALID_DATA
          .with("api_name", MANAGER)
          .message(
              "Reporting manager should be from parent roles or from the same role to which the"
                  + " current user belongs");
    }
    if (reportsTo(tx, metadata.org(), id, userId)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("id", item.at(MANAGER) + ".id")
          .message("the reporting manager must be superior in reporting hierarchy");
    }
    return id;
  }

  /**
   * A role that does not fit those one reports to, or who report to one, is refused.
   *
   * @throws ApiError CONFLICTING_DATA_FOUND
   */
  void requireRoleFits(User user, long roleId, @Nullable Long managerId) {
    boolean manager =
        managerId == null
            || UserSql.find(tx, metadata.org(), managerId)
                .filter(found -> metadata.people().isRoleWithin(roleId, found.roleId()))
                .isPresent();
    if (!manager) {
      throw conflict(
          "the user must be updated with new eligible reporting manager because of changing user"
              + " role");
    }
    Sql below = sql("u.status <> 'deleted' and u.reporting_to = ?", user.id());
    boolean subordinates =
        tx.list(UserSql.select(metadata.org(), below), User::read).stream()
            .allMatch(one -> metadata.people().isRoleWithin(one.roleId(), roleId));
    if (!subordinates) {
      throw conflict(
          "the user must be updated with new eligible reporting manager and the subordinates  who"
              + " are going to report to a user in a role below them, because of new role change"
              + " are need to transfer to new eligible reporting manager");
    }
  }

  private ApiError conflict(String message) {
    return ErrorCode.CONFLICTING_DATA_FOUND.error().at(MANAGER, item.at(MANAGER)).message(message);
  }

  /** Whether {@code id} reports to {@code above}, directly or through others. */
  static boolean reportsTo(Transaction tx, Org org, long id, long above) {
    String users = org.table("crm_user");
    return tx.list(
            sql(
                "with recursive up as (select id, reporting_to from "
                    + users
                    + " where id = ? union select u.id, u.reporting_to from "
                    + users
                    + " u join up on u.id = up.reporting_to)"
                    + " select exists (select from up where id = ?)",
                id,
                above),
            row -> row.getBoolean(1))
        .getFirst();
  }

  private static ApiError unfit(String what) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", what);
  }

  /** An id, alone or in an object. */
  private Optional<Long> id(String name) {
    JsonNode value = item.json().path(name);
    return PathId.parse((value.isObject() ? value.path("id") : value).asString(""));
  }
}
