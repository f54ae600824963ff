package io.clientele.imports;

import io.clientele.configuration.Configuration;
import io.clientele.db.Database;
import io.clientele.files.FileStorage;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.records.Records;

/**
 * The org that is moved into, and what works on it.
 *
 * @param userId the administrator in whose name it is done
 */
public record Work(
    Database database,
    MetadataCache cache,
    ModuleTables tables,
    Records records,
    FileStorage files,
    Configuration configuration,
    Org org,
    long userId) {
  /** The org as it is now. */
  Metadata metadata() {
    return cache.of(org.id()).whole();
  }
}
