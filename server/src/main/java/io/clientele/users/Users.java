package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.Settings;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.Invitations;
import io.clientele.org.Org;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The users of an org, in the table {@code crm_user}. */
public final class Users {
  private Users() {}

  /** Adds a user; answers its id. */
  public static long create(Transaction tx, Org org, NewUser user) {
    long id = Settings.nextIds(tx, org, 1).getFirst();
    long author = user.createdBy() == null ? id : user.createdBy();
    tx.update(
        sql(
            "insert into "
                + org.table("crm_user")
                + " (id, email, first_name, last_name, full_name, role_id, profile_id, status,"
                + " confirmed, time_zone, body, created_by, modified_by)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
            id,
            user.email(),
            user.firstName(),
            user.lastName(),
            user.fullName(),
            user.roleId(),
            user.profileId(),
            user.status(),
            user.confirmed(),
            user.timeZone(),
            Json.MAPPER.writeValueAsString(user.body()),
            author,
            author));
    Settings.changed(tx, org);
    return id;
  }

  /** Lets a user report to another. */
  static void report(Transaction tx, Org org, long id, long managerId) {
    tx.update(
        sql(
            "update " + org.table("crm_user") + " set reporting_to = ? where id = ?",
            managerId,
            id));
  }

  /**
   * Invites the active user of that address anew; answers the path of the link, or nothing when
   * there is no such user or the user can sign in already.
   */
  public static Optional<String> invite(Transaction tx, Org org, String email, Instant now) {
    return tx.find(
            UserSql.select(
                org,
                sql(
                    "lower(u.email) = lower(?) and u.status = 'active' and (not u.confirmed or exists"
                        + " (select from clientele.account a where lower(a.email) = lower(u.email)"
                        + " and a.password_hash is null))",
                    email.strip())),
            User::read)
        .map(user -> Invitations.issue(tx, org.id(), user.id(), now));
  }

  /** The user signs in from now on: the invitation was accepted. */
  static void confirm(Transaction tx, Org org, long id, Instant now) {
    ObjectNode stamp = Json.MAPPER.createObjectNode();
    UserStamps.confirmed(stamp, now);
    tx.update(
        sql(
            "update "
                + org.table("crm_user")
                + " set confirmed = true, body = body || ?::jsonb, modified_time = clock_timestamp()"
                + " where id = ?",
            Json.MAPPER.writeValueAsString(stamp),
            id));
    Settings.changed(tx, org);
  }

  /**
   * Deletes a user: out of sign-in, groups, territories and shares, and no longer anybody's
   * manager. The row stays, because records go on naming the user.
   */
  static void delete(Transaction tx, Org org, long id, long by, Instant now) {
    ObjectNode stamp = Json.MAPPER.createObjectNode();
    UserStamps.statusUpdated(stamp, by, now);
    String users = org.table("crm_user");
    tx.update(
        sql(
            "update "
                + users
                + " set status = 'deleted', reporting_to = null, body = body || ?::jsonb,"
                + " modified_by = ?, modified_time = clock_timestamp() where id = ?",
            Json.MAPPER.writeValueAsString(stamp),
            by,
            id));
    Accounts.unlink(tx, org.id(), id);
    List.of(
            "update " + users + " set reporting_to = null where reporting_to = ?",
            "delete from " + org.table("user_unavailability") + " where user_id = ?",
            "update " + org.table("territory") + " set manager_id = null where manager_id = ?",
            "delete from " + org.table("territory_user") + " where user_id = ?",
            "delete from "
                + org.table("user_group_source")
                + " where type = 'users' and source_id = ?",
            "delete from " + org.table("email_share") + " where user_id = ?",
            "delete from " + org.table("record_share") + " where type = 'users' and grantee_id = ?")
        .forEach(statement -> tx.update(sql(statement, id)));
    Settings.changed(tx, org);
  }
}
