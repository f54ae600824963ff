package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.UserLicenses;
import java.util.Objects;

/** Whether a user may become what the body says, and the caller may bring that about. */
record UserTransition(MetadataChange change, Item item, User before, User after) {
  /**
   * @throws ApiError the documented error of the first thing that may not be
   */
  void check() {
    checkInvitation();
    checkEmail();
    checkPlace();
    if (item.has("status")) {
      checkStatus();
    } else if (!before.isActive()) {
      throw aboutId(ErrorCode.ID_ALREADY_DEACTIVATED.error());
    }
    requireAdministrator(change, before, after.isActive() ? after.profileId() : 0);
  }

  private void checkInvitation() {
    if (before.confirmed() && item.json().path(UpdateUser.REINVITE).asBoolean(false)) {
      throw ErrorCode.INVALID_REQUEST
          .with("api_name", UpdateUser.REINVITE)
          .message("Reinvite is not allowed for a confirmed user");
    }
  }

  private void checkEmail() {
    if (before.email().equalsIgnoreCase(after.email())) {
      return;
    }
    if (before.confirmed()) {
      throw ErrorCode.EMAIL_UPDATE_NOT_ALOWED.with("api_name", "email");
    }
    if (UserSql.isTaken(change.tx(), change.org(), after.email(), after.id())) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .at("email", item.at("email"))
          .message("Email already exists");
    }
  }

  private void checkPlace() {
    boolean moved = before.roleId() != after.roleId() || before.profileId() != after.profileId();
    if (moved && isOneself()) {
      throw ErrorCode.AUTHORIZATION_FAILED
          .error()
          .message("Profile and Role cannot be Updated by the user.");
    }
    boolean reports = !Objects.equals(before.reportingTo(), after.reportingTo());
    boolean manages = new UserAuthority(change.metadata(), change.userId()).managesAll();
    if ((moved || reports) && !manages) {
      throw ErrorCode.AUTHORIZATION_FAILED
          .error()
          .message(
              "Either trial is expired or user does not have sufficient previlege to perform this"
                  + " action");
    }
  }

  private void checkStatus() {
    if (before.status().equals(after.status())) {
      throw aboutId(
          (after.isActive() ? ErrorCode.ID_ALREADY_ACTIVE : ErrorCode.ID_ALREADY_DEACTIVATED)
              .error());
    }
    if (after.isActive()) {
      if (UserLicenses.of(change.metadata()).left() <= 0) {
        throw ErrorCode.LICENSE_LIMIT_EXCEEDED.error().message("License Limit is Exceeded");
      }
      return;
    }
    if (isOneself()) {
      throw oneself();
    }
    if (isPrimary(change.metadata(), before)) {
      throw aboutId(ErrorCode.INVALID_REQUEST.error())
          .message("Primary Contact cannot be deactivated");
    }
  }

  private boolean isOneself() {
    return before.id() == change.userId();
  }

  private ApiError aboutId(ApiError error) {
    return error.with("id", Long.toString(before.id())).with("json_path", item.at("id"));
  }

  static ApiError oneself() {
    return ErrorCode.INVALID_REQUEST
        .error()
        .message("You can't perform this action over logged in user");
  }

  /** Whether the user is the primary contact of the org, who made it. */
  static boolean isPrimary(Metadata metadata, User user) {
    return metadata.primaryUser().id() == user.id();
  }

  /**
   * An org keeps an administrator who can sign in.
   *
   * @param profileId the profile that the user is to have; zero when the user is to be none
   * @throws ApiError NOT_ALLOWED when there would be none
   */
  static void requireAdministrator(MetadataChange change, User user, long profileId) {
    long administrator = OrgSetup.administratorProfile(change.metadata());
    if (user.profileId() != administrator || profileId == administrator) {
      return;
    }
    long others =
        UserSql.count(
            change.tx(),
            change.org(),
            sql(
                "u.status = 'active' and u.confirmed and u.profile_id = ? and u.id <> ?",
                administrator,
                user.id()));
    if (others == 0) {
      throw ErrorCode.NOT_ALLOWED
          .with("id", Long.toString(user.id()))
          .status(400)
          .message("You are not allowed to perform this operation.");
    }
  }
}
