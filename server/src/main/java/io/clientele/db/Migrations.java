package io.clientele.db;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings schemas to the newest state. Forward only; each file runs once in one transaction. */
public final class Migrations {
  /** The schema all orgs share. */
  public static final String SHARED_SCHEMA = "clientele";

  /**
   * The newest file under db/org; an org whose recorded version is lower is migrated at the start.
   */
  public static final int ORG_VERSION = 1;

  private final Database database;

  public Migrations(Database database) {
    this.database = database;
  }

  /** Creates or updates the shared schema. */
  public void migrateShared() {
    flyway(SHARED_SCHEMA, "classpath:db/shared").load().migrate();
  }

  /** Creates or updates one org's schema, whose ids begin at {@code firstId}. */
  public void migrateOrg(String schema, long firstId) {
    flyway(schema, "classpath:db/org")
        .placeholders(Map.of("firstId", Long.toString(firstId)))
        .load()
        .migrate();
  }

  private FluentConfiguration flyway(String schema, String location) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas(schema)
        .table("schema_history")
        .locations(location);
  }
}
