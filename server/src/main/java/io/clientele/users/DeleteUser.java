package io.clientele.users;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Results.Done;
import io.clientele.metadata.MetadataChange;
import java.time.Instant;

/** Deletes a user, whom records go on naming. Reference: Delete User. */
final class DeleteUser {
  private DeleteUser() {}

  /**
   * @throws ApiError ID_ALREADY_DELETED, INVALID_REQUEST or NOT_ALLOWED
   */
  static Done delete(MetadataChange change, long id, Instant now) {
    User user = UserSql.find(change.tx(), change.org(), id).orElseThrow(UserChangeRoutes::unknown);
    if (user.isDeleted()) {
      throw about(ErrorCode.ID_ALREADY_DELETED.error(), id);
    }
    if (UserTransition.isPrimary(change.metadata(), user)) {
      throw about(ErrorCode.INVALID_REQUEST.error(), id)
          .message("Primary contact cannot be deleted");
    }
    if (id == change.userId()) {
      throw UserTransition.oneself();
    }
    UserTransition.requireAdministrator(change, user, 0);
    Users.delete(change.tx(), change.org(), id, change.userId(), now);
    change.touch();
    return Done.of("User deleted", id);
  }

  private static ApiError about(ApiError error, long id) {
    return error.with("json_path", "$.users[0].id").with("id", Long.toString(id));
  }
}
