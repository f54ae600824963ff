package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Browsers that are signed in, by the hash of their cookie. */
final class Sessions {
  static final Duration LIFE = Duration.ofHours(12);

  private final Database database;
  private final Clock clock;

  Sessions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A new session; answers the value for its cookie. */
  String open(Account account) {
    String cookie = Secrets.session();
    database.change(
        tx ->
            tx.update(
                sql(
                    "insert into clientele.sign_in_session"
                        + " (hash, account_id, created_time, expires_time) values (?, ?, ?, ?)",
                    Secrets.hash(cookie),
                    account.id(),
                    Times.bind(clock.instant()),
                    Times.bind(clock.instant().plus(LIFE)))));
    return cookie;
  }

  Optional<Account> find(String cookie) {
    return database.read(
        tx ->
            tx.find(
                sql(
                    "select a.id, a.email from clientele.sign_in_session s"
                        + " join clientele.account a on a.id = s.account_id"
                        + " where s.hash = ? and s.expires_time > ?",
                    Secrets.hash(cookie),
                    Times.bind(clock.instant())),
                row -> new Account(row.getLong(1), row.getString(2))));
  }

  void close(String cookie) {
    database.change(
        tx ->
            tx.update(
                sql("delete from clientele.sign_in_session where hash = ?", Secrets.hash(cookie))));
  }
}
