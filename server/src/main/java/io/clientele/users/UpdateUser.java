package io.clientele.users;

import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.Invitations;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a user. Reference: Update User. */
final class UpdateUser {
  static final String REINVITE = "reinvite";

  /** What only the user decides. */
  private static final List<String> OWN =
      List.of("time_zone", "language", "name_format__s", "sort_order_preference__s");

  private final MetadataChange change;
  private final Instant now;
  private final String baseUrl;

  UpdateUser(MetadataChange change, Instant now, String baseUrl) {
    this.change = change;
    this.now = now;
    this.baseUrl = baseUrl;
  }

  /**
   * Changes the user that the item's {@code id} names. With {@code reinvite} the user gets a new
   * invitation, and the link is in the reply.
   *
   * @throws ApiError the documented errors of the item
   */
  Done update(Item item) {
    item.require("id");
    User user =
        PathId.parse(item.text("id"))
            .flatMap(id -> UserSql.find(change.tx(), change.org(), id))
            .orElseThrow(() -> item.invalid("id").message("the id given seems to be invalid"));
    return update(item, user);
  }

  private Done update(Item item, User user) {
    if (user.isDeleted()) {
      throw ErrorCode.CANNOT_UPDATE_DELETED_USER.error();
    }
    var authority = new UserAuthority(change.metadata(), change.userId());
    authority.requireChange(item, user);
    UserKeys.check(item);
    User after = after(item, user);
    if (user.id() != change.userId()) {
      requireOthers(item, user, after);
    }
    new UserTransition(change, item, user, after).check();
    UserSql.update(change.tx(), change.org(), after, change.userId());
    change.touch();
    String path = signIn(item, user, after);
    return path.isEmpty()
        ? Done.of("User updated", user.id())
        : new Done(
            "User updated",
            keys -> keys.id("id", user.id()).text("invitation_url", baseUrl + path));
  }

  private User after(Item item, User user) {
    Metadata metadata = change.metadata();
    var place = new UserPlace(change.tx(), metadata, item);
    long role = item.has("role") ? place.role() : user.roleId();
    Long manager =
        item.json().has("Reporting_To") ? place.manager(user.id(), role) : user.reportingTo();
    String first = UserKeys.text(item, "first_name", user.firstName());
    String last = UserKeys.text(item, "last_name", user.lastName());
    if (first == null && last == null) {
      item.require("first_name");
    }
    if (role != user.roleId()) {
      place.requireRoleFits(user, role, manager);
    }
    ZoneId zone = UserKeys.zone(item, user.zone());
    ObjectNode body = UserBody.read(item, user.body());
    String status = UserKeys.status(item, user.status());
    if (!status.equals(user.status())) {
      UserStamps.statusUpdated(body, change.userId(), now);
    }
    return new User(
        user.id(),
        item.has("email") ? UserKeys.email(item) : user.email(),
        first,
        last,
        Names.full(first, last, body),
        role,
        user.roleName(),
        item.has("profile") ? place.profile() : user.profileId(),
        manager,
        status,
        user.confirmed(),
        zone,
        body,
        user.createdTime(),
        user.modifiedTime(),
        user.createdBy(),
        change.userId());
  }

  /** What only the users themselves decide is refused to others. */
  private static void requireOthers(Item item, User before, User after) {
    for (String name : OWN) {
      boolean changed =
          name.equals("time_zone")
              ? !before.zone().equals(after.zone())
              : !said(before, name).equals(said(after, name));
      if (changed) {
        String message = "Cannot update the " + name + " of another User";
        throw name.endsWith("__s")
            ? ErrorCode.NOT_ALLOWED.with("api_name", name).status(400).message(message)
            : item.invalid(name).message(message);
      }
    }
    if (item.has("customize_info") && !before.confirmed()) {
      throw ErrorCode.FEATURE_NOT_ENABLED
          .error()
          .status(400)
          .message("User is not confirmed so customization info can't be updated");
    }
  }

  private static JsonNode said(User user, String name) {
    JsonNode said = user.body().path(name);
    return said.isMissingNode() ? UserJson.standard(name) : said;
  }

  /** Lets sign-in follow; answers the path of a new invitation, or nothing. */
  private String signIn(Item item, User before, User after) {
    Transaction tx = change.tx();
    long orgId = change.org().id();
    boolean moved = !before.email().equalsIgnoreCase(after.email());
    if (moved) {
      Accounts.unlink(tx, orgId, after.id());
      Accounts.link(tx, Accounts.create(tx, after.email()), orgId, after.id());
    }
    Accounts.setActive(tx, orgId, after.id(), after.isActive() && after.confirmed());
    if (!after.isActive()) {
      Invitations.withdraw(tx, orgId, after.id());
      return "";
    }
    boolean anew = moved || !before.isActive() || item.json().path(REINVITE).asBoolean(false);
    return anew && !after.confirmed() ? Invitations.issue(tx, orgId, after.id(), now) : "";
  }
}
