package io.clientele.db;

import static io.clientele.db.Sql.sql;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings schemas to the newest state. Forward only; each file runs once in one transaction. */
public final class Migrations {
  /** The schema all orgs share. */
  public static final String SHARED_SCHEMA = "clientele";

  /**
   * The newest file under db/org; an org whose recorded version is lower is migrated at the start.
   */
  public static final int ORG_VERSION = 26;

  /** The newest file under db/shared. */
  public static final int SHARED_VERSION = 5;

  private final Database database;

  public Migrations(Database database) {
    this.database = database;
  }

  /** Creates or updates the shared schema; one that is new already costs one statement. */
  public void migrateShared() {
    if (sharedVersion() == SHARED_VERSION) {
      return;
    }
    flyway(SHARED_SCHEMA, "classpath:db/shared").load().migrate();
  }

  /** Creates or updates one org's schema, whose ids begin at {@code firstId}. */
  public void migrateOrg(String schema, long firstId) {
    migrateOrg(schema, firstId, ORG_VERSION);
  }

  /** The same up to {@code version}, which may be an older one. */
  public void migrateOrg(String schema, long firstId, int version) {
    try {
      flyway(schema, "classpath:db/org")
          .placeholders(Map.of("firstId", Long.toString(firstId)))
          .target(Integer.toString(version))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseException("schema " + schema + ", version " + version, e);
    }
  }

  /** The version Flyway wrote down last; 0 when there is no schema yet. */
  private int sharedVersion() {
    String history = SHARED_SCHEMA + ".schema_history";
    return database.read(
        tx -> {
          boolean exists =
              tx.list(sql("select to_regclass(?) is not null", history), row -> row.getBoolean(1))
                  .getFirst();
          return exists ? version(tx, history) : 0;
        });
  }

  private static int version(Transaction tx, String history) {
    return tx.list(
            sql(
                "select coalesce(max(version::int) filter (where success), 0)"
                    + " * (case when bool_and(success) then 1 else 0 end) from "
                    + history
                    + " where version is not null"),
            row -> row.getInt(1))
        .getFirst();
  }

  private FluentConfiguration flyway(String schema, String location) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas(schema)
        .table("schema_history")
        .locations(location);
  }
}
