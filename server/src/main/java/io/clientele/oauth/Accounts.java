package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.audit.AuditLog;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Orgs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may sign in, and which users of which orgs they are. */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 1000;

  private final Database database;

  Accounts(Database database) {
    this.database = database;
  }

  /** The account of {@code email}, made without a password if it is not there yet. */
  public Account create(String email) {
    return database.write(tx -> create(tx, email));
  }

  /** The same, in the transaction that creates a user. */
  public static Account create(Transaction tx, String email) {
    tx.update(
        sql(
            "insert into clientele.account (email) values (?) on conflict (lower(email)) do nothing",
            email.strip()));
    return find(tx, email).orElseThrow();
  }

  /** Makes {@code account} the user {@code userId} of an org. */
  public static void link(Transaction tx, Account account, long orgId, long userId) {
    tx.update(
        sql(
            "insert into clientele.account_user (account_id, org_id, user_id) values (?, ?, ?)",
            account.id(),
            orgId,
            userId));
  }

  /** Takes a user out of an org's sign-in for good, with all grants. */
  public static void unlink(Transaction tx, long orgId, long userId) {
    tx.update(
        sql("delete from clientele.account_user where org_id = ? and user_id = ?", orgId, userId));
  }

  /**
   * Switches a user off or on again. Tokens of a user who is off are refused, within five seconds
   * where they were just in use.
   */
  public static void setActive(Transaction tx, long orgId, long userId, boolean active) {
    tx.update(
        sql(
            "update clientele.account_user set active = ? where org_id = ? and user_id = ?",
            active,
            orgId,
            userId));
  }

  public Optional<Account> find(String email) {
    return database.read(tx -> find(tx, email));
  }

  static Optional<Account> find(Transaction tx, String email) {
    return tx.find(
        sql("select id, email from clientele.account where lower(email) = lower(?)", email.strip()),
        Accounts::read);
  }

  /** The account behind a user. */
  public Optional<Account> find(long orgId, long userId) {
    return database.read(
        tx ->
            tx.find(
                sql(
                    "select a.id, a.email from clientele.account a"
                        + " join clientele.account_user u on u.account_id = a.id"
                        + " where u.org_id = ? and u.user_id = ?",
                    orgId,
                    userId),
                Accounts::read));
  }

  /** The orgs the account is an active user of, the oldest first. */
  public List<Membership> memberships(Account account) {
    return memberships(sql("u.account_id = ?", account.id()));
  }

  /** Writes into the audit logs of the account's orgs that somebody signed in. */
  void signedIn(Account account, String address) {
    memberships(account)
        .forEach(one -> write(one, one.userId(), AuditLog.SIGNED_IN, account, address));
  }

  /**
   * Writes into the audit logs of the orgs of the account of {@code email}, if there is one, that
   * somebody tried to sign in. Nobody waits for it, so that how long the answer takes does not tell
   * which accounts there are.
   */
  void refused(String email, String address) {
    var _ =
        Thread.startVirtualThread(
            () -> {
              try {
                find(email).ifPresent(account -> refused(account, address));
              } catch (RuntimeException e) {
                LOG.warn("A refused sign-in is not in the audit log", e);
              }
            });
  }

  private void refused(Account account, String address) {
    memberships(account)
        .forEach(one -> write(one, null, AuditLog.SIGN_IN_REFUSED, account, address));
  }

  private void write(
      Membership of, @Nullable Long userId, String action, Account account, String address) {
    var entry =
        new AuditLog.Entry(userId, action, "users", null, account.email(), "sign_in", address);
    database.change(
        tx -> Orgs.find(tx, of.orgId()).ifPresent(org -> AuditLog.write(tx, org, List.of(entry))));
  }

  /** The first active user of an org, who acts for clients that nobody in particular registered. */
  Optional<Membership> firstOf(long orgId) {
    return memberships(sql("u.org_id = ?", orgId)).stream().findFirst();
  }

  private List<Membership> memberships(Sql which) {
    Sql select =
        sql("select u.org_id, o.name, u.user_id from clientele.account_user u"
                + " join clientele.org o on o.id = u.org_id where u.active and")
            .then(which)
            .then("order by u.org_id, u.user_id");
    return database.read(
        tx ->
            tx.list(
                select, row -> new Membership(row.getLong(1), row.getString(2), row.getLong(3))));
  }

  /**
   * Sets a password and ends all sessions.
   *
   * @throws IllegalArgumentException with words for the user when it is too short or too long
   */
  public void setPassword(Account account, String password) {
    String hash = hash(password);
    database.change(
        tx -> {
          tx.update(
              sql(
                  "update clientele.account set password_hash = ? where id = ?",
                  hash,
                  account.id()));
          tx.update(
              sql("delete from clientele.sign_in_session where account_id = ?", account.id()));
        });
  }

  /**
   * How a password is kept.
   *
   * @throws IllegalArgumentException with words for the user when it is too short or too long
   */
  static String hash(String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw new IllegalArgumentException(
          "A password must have at least " + SHORTEST_PASSWORD + " characters");
    }
    return Passwords.hash(password);
  }

  /** The account, if the password is right. Takes as long when there is no such account. */
  public Optional<Account> verify(String email, String password) {
    if (password.length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    Optional<String> hash =
        database
            .read(
                tx ->
                    tx.list(
                        sql(
                            "select password_hash from clientele.account"
                                + " where lower(email) = lower(?) and password_hash is not null",
                            email.strip()),
                        row -> row.getString(1)))
            .stream()
            .findFirst();
    if (hash.isEmpty()) {
      Passwords.verifyNobody(password);
      return Optional.empty();
    }
    return Passwords.verify(password, hash.get()) ? find(email) : Optional.empty();
  }

  private static Account read(ResultSet row) throws SQLException {
    return new Account(row.getLong("id"), row.getString("email"));
  }
}
