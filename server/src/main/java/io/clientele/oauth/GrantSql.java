package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.ScopeSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on grants and their access tokens. */
final class GrantSql {
  private static final Sql SELECT =
      sql(
          """
          select g.id, g.client_id, g.org_id, g.user_id, g.scopes,
            g.refresh_hash is not null as offline, g.created_time
          from clientele.oauth_grant g
          join clientele.account_user u on u.org_id = g.org_id and u.user_id = g.user_id""");

  private GrantSql() {}

  static long insert(
      Transaction tx, Grantee to, ScopeSet scopes, byte @Nullable [] refreshHash, Instant now) {
    return tx.list(
            sql(
                "insert into clientele.oauth_grant (client_id, org_id, user_id, scopes,"
                    + " refresh_hash, created_time) values (?, ?, ?, ?, ?, ?) returning id",
                to.clientId(),
                to.orgId(),
                to.userId(),
                scopes.toString(),
                refreshHash,
                Times.bind(now)),
            row -> row.getLong(1))
        .getFirst();
  }

  static Optional<Grant> findByRefreshToken(Transaction tx, String token) {
    return tx.find(
        SELECT.then("where u.active and g.refresh_hash = ?", Secrets.hash(token)), GrantSql::read);
  }

  /** The grant of an active user, kept from changing until the transaction ends. */
  static Optional<Grant> lock(Transaction tx, long id) {
    return tx.find(
        SELECT.then("where u.active and g.id = ? for no key update of g", id), GrantSql::read);
  }

  static List<Grant> listOf(Transaction tx, Account account) {
    return tx.list(
        SELECT.then("where u.account_id = ? order by g.created_time, g.id", account.id()),
        GrantSql::read);
  }

  /** Removes the oldest lasting grants beyond {@code keep}; answers how many went. */
  static int evict(Transaction tx, Grantee of, int keep) {
    return tx.update(
        sql(
            """
            delete from clientele.oauth_grant where id in (
              select id from clientele.oauth_grant
              where client_id = ? and org_id = ? and user_id = ? and refresh_hash is not null
              order by id desc offset ?)""",
            of.clientId(),
            of.orgId(),
            of.userId(),
            keep));
  }

  static int delete(Transaction tx, long id) {
    return tx.update(sql("delete from clientele.oauth_grant where id = ?", id));
  }

  static void widen(Transaction tx, long id, ScopeSet scopes) {
    tx.update(
        sql("update clientele.oauth_grant set scopes = ? where id = ?", scopes.toString(), id));
  }

  static void insertAccess(
      Transaction tx, long grantId, byte[] hash, boolean byRefresh, Instant now, Instant expires) {
    tx.update(
        sql(
            "insert into clientele.oauth_access_token (hash, grant_id, by_refresh, created_time,"
                + " expires_time) values (?, ?, ?, ?, ?)",
            hash,
            grantId,
            byRefresh,
            Times.bind(now),
            Times.bind(expires)));
  }

  static int countRefreshes(Transaction tx, long grantId, Instant since) {
    return tx.list(
            sql(
                "select count(*) from clientele.oauth_access_token"
                    + " where grant_id = ? and by_refresh and created_time > ?",
                grantId,
                Times.bind(since)),
            row -> row.getInt(1))
        .getFirst();
  }

  /**
   * Removes the oldest access tokens beyond {@code keep}; answers the hashes of those that went.
   */
  static List<byte[]> evictAccess(Transaction tx, long grantId, int keep) {
    return tx.list(
        sql(
            """
            delete from clientele.oauth_access_token where hash in (
              select hash from clientele.oauth_access_token
              where grant_id = ? order by number desc offset ?)
            returning hash""",
            grantId,
            keep),
        row -> row.getBytes(1));
  }

  private static Grant read(ResultSet row) throws SQLException {
    return new Grant(
        row.getLong("id"),
        row.getString("client_id"),
        row.getLong("org_id"),
        row.getLong("user_id"),
        ScopeSet.parse(row.getString("scopes")),
        row.getBoolean("offline"),
        Times.read(row, "created_time"));
  }
}
