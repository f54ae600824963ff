package io.clientele.users;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import java.util.List;

/**
 * What somebody may do with users: everything with the permission to manage users, change those of
 * lower roles with the one to manage subordinates, and change oneself.
 */
record UserAuthority(Metadata metadata, long userId) {
  static final String MANAGE = "Crm_Implied_Manage_Users";
  private static final String MANAGE_SUBORDINATES = "Crm_Implied_Manage_Subordinate_Users";

  boolean managesAll() {
    return Access.allows(metadata, userId, MANAGE);
  }

  private boolean managesSubordinates() {
    return Access.allows(metadata, userId, MANAGE_SUBORDINATES);
  }

  /**
   * @throws io.clientele.error.ApiError NO_PERMISSION
   */
  void requireAll() {
    if (!managesAll()) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(MANAGE));
    }
  }

  /**
   * For those who may change only themselves, before anything is done.
   *
   * @throws io.clientele.error.ApiError NO_PERMISSION
   */
  void requireSome(boolean onlyOneself) {
    if (!onlyOneself && !managesSubordinates()) {
      requireAll();
    }
  }

  /**
   * @throws io.clientele.error.ApiError NOT_ALLOWED about a user whose role is not below
   */
  void requireChange(Item item, User user) {
    boolean mine =
        user.id() == userId
            || managesAll()
            || metadata.people().subordinates(userId).contains(user.id());
    if (!mine) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at("id", item.at("id"))
          .message("Non subordinate users cannot be updated");
    }
  }
}
