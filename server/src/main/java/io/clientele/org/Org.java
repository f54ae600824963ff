package io.clientele.org;

import io.clientele.db.Sql;
import java.time.Instant;

/**
 * One org: a customer's whole CRM, in a schema of its own.
 *
 * @param id its number (zgid), the first digits of every id in it
 * @param metadataVersion counts up with every change of the org's metadata
 */
public record Org(long id, String name, String schema, long metadataVersion, Instant createdTime) {
  /** How many ids an org has: its number followed by twelve digits. */
  public static final long IDS = 1_000_000_000_000L;

  /** The qualified name of a table in this org's schema. */
  public String table(String name) {
    return schema + "." + Sql.identifier(name);
  }

  /** Whether {@code recordId} can belong to this org. */
  public boolean owns(long recordId) {
    return recordId / IDS == id;
  }
}
