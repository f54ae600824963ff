package io.clientele.territories;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.Settings;
import io.clientele.org.Org;

/** The territory that all others of an org are below. It has no users and can only be renamed. */
public final class OrgTerritory {
  private OrgTerritory() {}

  /** Adds it to a new org, named like the org. */
  public static void install(Transaction tx, Org org, String orgName) {
    int end = orgName.codePointCount(0, orgName.length());
    String name =
        end <= TerritoryRules.NAME_LENGTH
            ? orgName
            : orgName.substring(0, orgName.offsetByCodePoints(0, TerritoryRules.NAME_LENGTH));
    var now = java.time.Instant.EPOCH; // the table has its own
    TerritorySql.insert(
        tx,
        org,
        new TerritorySql.Row(
            Settings.nextIds(tx, org, 1).getFirst(),
            name,
            null,
            null,
            "read_only",
            "The whole organization",
            Json.MAPPER.createObjectNode(),
            now,
            now,
            null,
            null));
  }
}
