package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The registered clients. */
public final class OAuthClients {
  private static final Sql SELECT =
      sql(
          "select id, type, name, homepage, redirect_uris, account_id, created_time"
              + " from clientele.oauth_client");

  private final Database database;
  private final Clock clock;
  private final TokenCache cache;

  OAuthClients(Database database, Clock clock, TokenCache cache) {
    this.database = database;
    this.clock = clock;
    this.cache = cache;
  }

  /**
   * Registers a client.
   *
   * @throws IllegalArgumentException with words for the user when a name or an address is not valid
   */
  public RegisteredClient register(NewClient wanted) {
    refuse(wanted.problem());
    String id = Secrets.clientId();
    String secret = Secrets.clientSecret();
    database.change(
        tx ->
            tx.update(
                sql(
                    "insert into clientele.oauth_client (id, secret_hash, type, name, homepage,"
                        + " redirect_uris, account_id, created_time) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    Secrets.hash(secret),
                    wanted.type().word(),
                    wanted.name().strip(),
                    wanted.homepage(),
                    tx.array("text", wanted.redirectUris().toArray()),
                    wanted.accountId().orElse(null),
                    Times.bind(clock.instant()))));
    return new RegisteredClient(find(id).orElseThrow(), secret);
  }

  /** All clients, the oldest first. */
  public List<OAuthClient> list() {
    return database.read(
        tx -> tx.list(SELECT.then("order by created_time, id"), OAuthClients::read));
  }

  List<OAuthClient> listOf(Account account) {
    return database.read(
        tx ->
            tx.list(
                SELECT.then("where account_id = ? order by created_time, id", account.id()),
                OAuthClients::read));
  }

  public Optional<OAuthClient> find(String id) {
    return database.read(tx -> tx.find(SELECT.then("where id = ?", id), OAuthClients::read));
  }

  /** The client, if {@code secret} is its secret. */
  Optional<OAuthClient> find(String id, String secret) {
    return database.read(
        tx ->
            tx.find(
                SELECT.then("where id = ? and secret_hash = ?", id, Secrets.hash(secret)),
                OAuthClients::read));
  }

  /**
   * Replaces the addresses codes may be sent to.
   *
   * @throws IllegalArgumentException with words for the user when one is not valid
   */
  public void changeRedirectUris(OAuthClient client, List<String> redirectUris) {
    refuse(NewClient.problemOf(redirectUris, client.type()));
    database.change(
        tx ->
            tx.update(
                sql(
                    "update clientele.oauth_client set redirect_uris = ? where id = ?",
                    tx.array("text", redirectUris.toArray()),
                    client.id())));
  }

  /** Gives the client a new secret; the old one ends at once, its tokens stay. */
  public RegisteredClient resetSecret(OAuthClient client) {
    String secret = Secrets.clientSecret();
    database.change(
        tx ->
            tx.update(
                sql(
                    "update clientele.oauth_client set secret_hash = ? where id = ?",
                    Secrets.hash(secret),
                    client.id())));
    return new RegisteredClient(client, secret);
  }

  /** Removes a client with all its tokens; answers whether it was there. */
  public boolean remove(String id) {
    int removed =
        database.write(tx -> tx.update(sql("delete from clientele.oauth_client where id = ?", id)));
    cache.forgetAll();
    return removed > 0;
  }

  /** Lets one transaction at a time count and add what belongs to a client. */
  static void lock(Transaction tx, String id) {
    Sql lock = sql("select id from clientele.oauth_client where id = ? for no key update", id);
    if (tx.find(lock, row -> row.getString(1)).isEmpty()) {
      throw OAuthError.invalidClient();
    }
  }

  private static void refuse(Optional<String> problem) {
    problem.ifPresent(
        words -> {
          throw new IllegalArgumentException(words);
        });
  }

  private static OAuthClient read(ResultSet row) throws SQLException {
    return new OAuthClient(
        row.getString("id"),
        ClientType.of(row.getString("type")).orElseThrow(),
        row.getString("name"),
        row.getString("homepage"),
        List.of((String[]) row.getArray("redirect_uris").getArray()),
        Optional.ofNullable(row.getObject("account_id", Long.class)),
        Times.read(row, "created_time"));
  }
}
