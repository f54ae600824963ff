package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Counts tries to sign in, by mail address and by network address, in windows of time. A try counts
 * before its password is looked at, so that many at once gain nothing; a right one is taken back.
 */
final class SignInThrottle {
  private final Database database;
  private final Clock clock;
  private final OAuthLimits limits;

  SignInThrottle(Database database, Clock clock, OAuthLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
  }

  /** Counts a try; answers whether its password may be looked at. */
  boolean admits(String email, String address) {
    return database.write(
        tx -> {
          int ofAccount = count(tx, keyOf(email));
          int fromAddress = count(tx, "address:" + address);
          return ofAccount <= limits.signInsOfAccount()
              && fromAddress <= limits.signInsFromAddress();
        });
  }

  /** Takes the count of a try back: its password was right. */
  void forgive(String email, String address) {
    database.change(
        tx -> {
          tx.update(sql("delete from clientele.sign_in_attempt where key = ?", keyOf(email)));
          tx.update(
              sql(
                  "update clientele.sign_in_attempt set attempts = attempts - 1"
                      + " where key = ? and window_start = ?",
                  "address:" + address,
                  Times.bind(windowStart())));
        });
  }

  private int count(Transaction tx, String key) {
    List<Integer> attempts =
        tx.list(
            sql(
                """
                insert into clientele.sign_in_attempt as a (key, window_start, attempts)
                values (?, ?, 1)
                on conflict (key, window_start) do update set attempts = a.attempts + 1
                returning attempts""",
                key,
                Times.bind(windowStart())),
            row -> row.getInt(1));
    return attempts.getFirst();
  }

  private Instant windowStart() {
    long seconds = limits.signInWindow().toSeconds();
    return Instant.ofEpochSecond(clock.instant().getEpochSecond() / seconds * seconds);
  }

  private static String keyOf(String email) {
    byte[] hash = Secrets.hash(email.strip().toLowerCase(Locale.ROOT));
    return "account:" + HexFormat.of().formatHex(hash);
  }
}
