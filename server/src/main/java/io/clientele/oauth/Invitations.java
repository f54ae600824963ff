package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invitations into orgs: each is a link, good once and for {@link #LIFE}, with which somebody who
 * was made a user of an org sets a password, or signs in with the one there is, and is a confirmed
 * user then. A user has one invitation at a time; a new one makes the old one void.
 */
public final class Invitations {
  /** How long a link is good. */
  public static final Duration LIFE = Duration.ofDays(7);

  static final String PATH = "/accounts/invitation";

  private final Database database;
  private final Clock clock;
  private final Joining joining;

  Invitations(Database database, Clock clock, Joining joining) {
    this.database = database;
    this.clock = clock;
    this.joining = joining;
  }

  /**
   * Who is invited where.
   *
   * @param hasPassword whether the account is in use already, and keeps its password
   */
  record Invited(Account account, long orgId, long userId, String orgName, boolean hasPassword) {}

  /** Invites a user, whose account is linked already; answers the path of the link. */
  public static String issue(Transaction tx, long orgId, long userId, Instant now) {
    String code = Secrets.session();
    withdraw(tx, orgId, userId);
    tx.update(
        sql(
            "insert into clientele.invitation (hash, org_id, user_id, expires_time)"
                + " values (?, ?, ?, ?)",
            Secrets.hash(code),
            orgId,
            userId,
            Times.bind(now.plus(LIFE))));
    return PATH + "?code=" + code;
  }

  /** The user's link is good no more. */
  public static void withdraw(Transaction tx, long orgId, long userId) {
    tx.update(
        sql("delete from clientele.invitation where org_id = ? and user_id = ?", orgId, userId));
  }

  /** Empty when the link was used, is too old or never was. */
  Optional<Invited> find(String code) {
    return database.read(
        tx ->
            tx.find(
                sql(
                    """
                    select a.id, a.email, i.org_id, i.user_id, o.name,
                      a.password_hash is not null as has_password
                    from clientele.invitation i
                    join clientele.account_user u on u.org_id = i.org_id and u.user_id = i.user_id
                    join clientele.account a on a.id = u.account_id
                    join clientele.org o on o.id = i.org_id
                    where i.hash = ? and i.expires_time > ?""",
                    Secrets.hash(code),
                    Times.bind(clock.instant())),
                Invitations::read));
  }

  /**
   * Uses the link up: the user is confirmed.
   *
   * @param password for an account that has none; null keeps the one there is
   * @return whether the link was still good
   * @throws PageError when it may not set a password; the link stays good
   */
  boolean accept(String code, Invited invited, @Nullable String password) {
    String hash = password == null ? null : Accounts.hash(password);
    boolean accepted =
        database.write(
            tx -> {
              boolean used =
                  tx.update(
                          sql(
                              "delete from clientele.invitation where hash = ?",
                              Secrets.hash(code)))
                      == 1;
              if (hash != null) {
                refuseStranger(tx, invited);
              }
              if (!used || (hash != null && !setPassword(tx, invited.account(), hash))) {
                return false;
              }
              Accounts.setActive(tx, invited.orgId(), invited.userId(), true);
              joining.join(tx, invited.orgId(), invited.userId());
              return true;
            });
    if (accepted) {
      joining.joined(invited.orgId());
    }
    return accepted;
  }

  /**
   * An org's administrator has the link, too, and shall not get into other orgs by it: an account
   * that was restored is a user of one without ever having had a password.
   */
  private static void refuseStranger(Transaction tx, Invited invited) {
    boolean elsewhere =
        tx.list(
                sql(
                    "select exists (select from clientele.account_user u where u.account_id = ?"
                        + " and u.active and (u.org_id, u.user_id) <> (?, ?))",
                    invited.account().id(),
                    invited.orgId(),
                    invited.userId()),
                row -> row.getBoolean(1))
            .getFirst();
    if (elsewhere) {
      throw new PageError(
          403,
          "This account is a user of another org already and has no password yet. Ask who runs"
              + " this server for one ('clientele user password'), and open the link again.");
    }
  }

  /** False when somebody else was faster with another invitation. */
  private static boolean setPassword(Transaction tx, Account account, String hash) {
    return tx.update(
            sql(
                "update clientele.account set password_hash = ?"
                    + " where id = ? and password_hash is null",
                hash,
                account.id()))
        == 1;
  }

  private static Invited read(ResultSet row) throws SQLException {
    return new Invited(
        new Account(row.getLong("id"), row.getString("email")),
        row.getLong("org_id"),
        row.getLong("user_id"),
        row.getString("name"),
        row.getBoolean("has_password"));
  }
}
