package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.files.Hashes;
import io.clientele.http.Buffer;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The header {@code Idempotency-Key}: a call that comes again with it, from the same user within a
 * day, gets the first reply and changes nothing. A second one at the same time waits for the first.
 */
record IdempotencyKey(String key, byte[] fingerprint) {
  static final Duration LIFETIME = Duration.ofHours(24);
  private static final String HEADER = "Idempotency-Key";
  private static final int LENGTH = 255;
  private static final long MAXIMUM_BODY = 32L << 20;

  /** A reply that was kept. */
  private record Kept(byte[] fingerprint, int status, byte[] body) {}

  /**
   * The key of a call; empty when it has none.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA when it is longer than 255 characters
   */
  static Optional<IdempotencyKey> of(Call call) {
    return call.header(HEADER)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(
            text -> {
              if (text.length() > LENGTH || text.indexOf('\0') >= 0) {
                throw ErrorCode.INVALID_DATA
                    .with("maximum_length", LENGTH)
                    .with("header_name", HEADER);
              }
              return new IdempotencyKey(text, fingerprint(call));
            });
  }

  /**
   * The reply kept under the key, or what {@code work} answers, which is then kept.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA (422) when the key belongs to another call
   */
  Reply once(RecordChange change, Supplier<Reply> work) {
    Transaction tx = change.tx();
    String table = change.stamp().metadata().org().table("idempotency_key");
    long userId = change.stamp().userId();
    if (begin(change, tx, table, userId)) {
      Reply reply = work.get();
      byte[] body = ((Buffer) reply.body()).toByteArray(); // a write answers JSON
      tx.update(
          sql(
              "update " + table + " set status = ?, body = ? where user_id = ? and key = ?",
              reply.status(),
              body,
              userId,
              key));
      return reply;
    }
    Kept kept =
        tx.find(
                sql(
                    "select fingerprint, status, body from "
                        + table
                        + " where user_id = ? and key = ?",
                    userId,
                    key),
                row -> new Kept(row.getBytes(1), row.getInt(2), row.getBytes(3)))
            .orElseThrow();
    if (!MessageDigest.isEqual(kept.fingerprint, fingerprint)) {
      throw ErrorCode.INVALID_DATA
          .with("header_name", HEADER)
          .status(422)
          .message("the key was used for another request");
    }
    var buffer = new Buffer();
    buffer.writeBytes(kept.body);
    return new Reply(kept.status, Map.of(), Reply.JSON, buffer);
  }

  /** Whether this call is the first; waits for one that has not ended yet. */
  private boolean begin(RecordChange change, Transaction tx, String table, long userId) {
    String now = change.stamp().now().toString();
    return tx.update(
            sql(
                "insert into "
                    + table
                    + " as k (user_id, key, fingerprint, created_time) values (?, ?, ?,"
                    + " ?::timestamptz) on conflict (user_id, key) do update set fingerprint ="
                    + " excluded.fingerprint, created_time = excluded.created_time where"
                    + " k.created_time < ?::timestamptz",
                userId,
                key,
                fingerprint,
                now,
                change.stamp().now().minus(LIFETIME).toString()))
        > 0;
  }

  private static byte[] fingerprint(Call call) {
    MessageDigest digest = Hashes.sha256();
    String request = call.method() + " " + call.rawPath() + "?" + call.rawQuery() + "\n";
    digest.update(request.getBytes(StandardCharsets.UTF_8));
    return digest.digest(call.body(MAXIMUM_BODY));
  }
}
