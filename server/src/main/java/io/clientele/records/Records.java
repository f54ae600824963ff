package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Records for other parts of the server, by the same rules as the API's. */
public final class Records {
  private final Writes writes;

  public Records(
      Database database, MetadataCache metadata, ModuleTables tables, Access access, Clock clock) {
    writes = new Writes(database, metadata, tables, access, clock);
  }

  /**
   * Adds rows as a body's {@code data} has them; answers their ids.
   *
   * @throws IllegalArgumentException when a row is rejected
   */
  public List<Long> create(Metadata metadata, Module module, long userId, JsonNode data) {
    return writes.create(metadata, module, userId, data).stream()
        .map(
            outcome ->
                switch (outcome) {
                  case Saved saved -> saved.id();
                  case Rejected rejected ->
                      throw new IllegalArgumentException(
                          rejected.error().getMessage() + " " + rejected.error().details());
                  case Outcome.Deleted deleted -> deleted.id();
                })
        .toList();
  }
}
