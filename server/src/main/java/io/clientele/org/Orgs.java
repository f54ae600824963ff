package io.clientele.org;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Migrations;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The orgs of this installation. */
public final class Orgs {
  private static final Sql SELECT =
      sql("select id, name, schema_name, metadata_version, created_time from clientele.org");

  /** The first org's number; ids then have nineteen digits, as clients know them. */
  private static final long FIRST_NUMBER = 1_000_001;

  /** With larger ones ids would not fit in 64 bits. */
  private static final long LAST_NUMBER = 9_000_000;

  private static final String HIDDEN = "restore_";

  private final Database database;
  private final Migrations migrations;

  public Orgs(Database database, Migrations migrations) {
    this.database = database;
    this.migrations = migrations;
  }

  /** Creates an org with an empty schema. Filling it with the standard metadata is the caller's. */
  public Org create(String name) {
    long id =
        database.write(
            tx -> {
              lock(tx);
              long next = nextNumber(tx);
              tx.update(
                  sql(
                      "insert into clientele.org (id, name, schema_name, schema_version) values (?, ?, ?, 0)",
                      next,
                      name,
                      "org_" + next));
              return next;
            });
    try {
      migrate(id);
    } catch (RuntimeException | Error e) {
      drop(id);
      throw e;
    }
    return get(id);
  }

  /**
   * Sets a number aside for an org that is made out of sight, and makes its schema, {@link
   * #hidden}: {@code wanted}, or the next one when there is such an org or the number is none.
   */
  public static long reserve(Transaction tx, long wanted) {
    lock(tx);
    boolean free = wanted > 0 && wanted < LAST_NUMBER && find(tx, wanted).isEmpty();
    long number = free ? wanted : nextNumber(tx);
    tx.update(sql("create schema " + Sql.identifier(hidden(number))));
    return number;
  }

  /** Above all that there are and were: who knew a deleted org does not take a new one for it. */
  private static long nextNumber(Transaction tx) {
    long next =
        tx.list(
                sql(
                    "select greatest(?, max(id) + 1) from (select id from clientele.org union all"
                        + " select last_value from clientele.org_number union all"
                        + " select unnest(?::bigint[])) as taken",
                    FIRST_NUMBER,
                    tx.array("bigint", reserved(tx).toArray())),
                row -> row.getLong(1))
            .getFirst();
    remember(tx, next);
    return next;
  }

  private static void remember(Transaction tx, long number) {
    tx.list(
        sql(
            "select setval('clientele.org_number', greatest(s.last_value, ?))"
                + " from clientele.org_number s",
            number),
        row -> 0);
  }

  /** The name of the schema of an org that is made out of sight. */
  public static String hidden(long number) {
    return HIDDEN + number;
  }

  /** The numbers of orgs that are made out of sight, or were and are not. */
  public static List<Long> reserved(Transaction tx) {
    return tx.list(
        sql("select nspname from pg_namespace where nspname ~ ?", "^" + HIDDEN + "[0-9]{1,18}$"),
        row -> Long.parseLong(row.getString(1).substring(HIDDEN.length())));
  }

  /** Brings the schema of such an org to {@code version}. */
  public void prepare(long number, int version) {
    migrations.migrateOrg(hidden(number), 1, version);
  }

  /**
   * Makes an org of the schema that was made for it out of sight, and is whole and in the newest
   * state; in place of the org with that number, if there is one.
   */
  public static Org adopt(Transaction tx, long number, String name) {
    String own = "org_" + number;
    lock(tx);
    remember(tx, number);
    withdrawJobs(tx, number);
    tx.update(sql("drop schema if exists " + Sql.identifier(own) + " cascade"));
    tx.update(
        sql(
            "alter schema "
                + Sql.identifier(hidden(number))
                + " rename to "
                + Sql.identifier(own)));
    tx.update(
        sql(
            "insert into clientele.org as o (id, name, schema_name, schema_version)"
                + " values (?, ?, ?, ?) on conflict (id) do update set name = excluded.name,"
                + " metadata_version = o.metadata_version + 1",
            number,
            name,
            own,
            Migrations.ORG_VERSION));
    return find(tx, number).orElseThrow();
  }

  /** Lets nobody else make an org until the transaction ends. */
  private static void lock(Transaction tx) {
    tx.list(sql("select pg_advisory_xact_lock(hashtext('clientele.org'))"), row -> 0);
  }

  /** Removes an org with everything in it. */
  public void drop(long id) {
    database.change(
        tx -> {
          tx.update(sql("drop schema if exists " + Sql.identifier("org_" + id) + " cascade"));
          tx.update(sql("delete from clientele.org where id = ?", id));
          withdrawJobs(tx, id);
        });
  }

  /** Ids of jobs come again where an org is restored. */
  private static void withdrawJobs(Transaction tx, long id) {
    tx.update(sql("delete from clientele.scheduled_job where task_instance like ?", id + "-%"));
  }

  /**
   * Brings the schemas of all orgs to the newest state; those that are there already cost nothing.
   */
  public void migrateAll() {
    List<Long> behind =
        database.read(
            tx ->
                tx.list(
                    sql(
                        "select id from clientele.org where schema_version < ? order by id",
                        Migrations.ORG_VERSION),
                    row -> row.getLong(1)));
    behind.forEach(this::migrate);
  }

  private void migrate(long id) {
    migrations.migrateOrg("org_" + id, id * Org.IDS + 1);
    database.change(
        tx ->
            tx.update(
                sql(
                    "update clientele.org set schema_version = ? where id = ?",
                    Migrations.ORG_VERSION,
                    id)));
  }

  public List<Org> list() {
    return database.read(tx -> tx.list(SELECT.then("order by id"), Orgs::read));
  }

  /** Those whose schemas are in the newest state: not one that is being made. */
  public List<Org> listReady() {
    return database.read(
        tx ->
            tx.list(
                SELECT.then("where schema_version = ? order by id", Migrations.ORG_VERSION),
                Orgs::read));
  }

  public Org get(long id) {
    return database.read(tx -> find(tx, id)).orElseThrow();
  }

  public static Optional<Org> find(Transaction tx, long id) {
    return tx.find(SELECT.then("where id = ?", id), Orgs::read);
  }

  private static Org read(ResultSet row) throws SQLException {
    return new Org(
        row.getLong("id"),
        row.getString("name"),
        row.getString("schema_name"),
        row.getLong("metadata_version"),
        row.getTimestamp("created_time").toInstant());
  }
}
