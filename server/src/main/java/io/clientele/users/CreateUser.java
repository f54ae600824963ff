package io.clientele.users;

import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.UserLicenses;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.Invitations;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Adds a user, who is invited. Reference: Create User. */
final class CreateUser {
  private final MetadataChange change;
  private final Instant now;
  private final String baseUrl;

  CreateUser(MetadataChange change, Instant now, String baseUrl) {
    this.change = change;
    this.now = now;
    this.baseUrl = baseUrl;
  }

  /**
   * Answers the id, and in {@code invitation_url} (a key of our own) the link by which the user
   * sets a password and is confirmed.
   *
   * @throws ApiError the documented errors of the item
   */
  Done create(Item item) {
    UserKeys.check(item);
    item.require("email").require("first_name").require("role").require("profile");
    Metadata metadata = change.metadata();
    Transaction tx = change.tx();
    var place = new UserPlace(tx, metadata, item);
    NewUser user = user(item, place);
    Long manager = place.manager(0, user.roleId());
    if (UserSql.isTaken(tx, metadata.org(), user.email(), 0)) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Failed to add user since same email id is already present");
    }
    boolean active = user.status().equals("active");
    if (active && UserLicenses.of(metadata).left() <= 0) {
      throw ErrorCode.LICENSE_LIMIT_EXCEEDED
          .error()
          .message("Request exceeds your license limit. Need to upgrade in order to add a user");
    }
    long id = Users.create(tx, metadata.org(), user);
    if (manager != null) {
      Users.report(tx, metadata.org(), id, manager);
    }
    long orgId = metadata.org().id();
    Accounts.link(tx, Accounts.create(tx, user.email()), orgId, id);
    Accounts.setActive(tx, orgId, id, false);
    change.touch();
    if (!active) {
      return Done.of("User added", id);
    }
    String link = baseUrl + Invitations.issue(tx, orgId, id, now);
    return new Done("User added", keys -> keys.id("id", id).text("invitation_url", link));
  }

  private NewUser user(Item item, UserPlace place) {
    ObjectNode body = UserBody.read(item, Json.MAPPER.createObjectNode());
    UserStamps.invited(body, change.userId(), now);
    return new NewUser(
        UserKeys.email(item),
        UserKeys.text(item, "first_name", null),
        UserKeys.text(item, "last_name", null),
        place.role(),
        place.profile(),
        UserKeys.status(item, "active"),
        false,
        UserKeys.zone(item, change.metadata().zoneOf(change.userId())).getId(),
        change.userId(),
        body);
  }
}
