package io.clientele.files;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.files.StoredFile.Use;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;

/**
 * Who may read a file: before it is used, who uploaded it; then, who may see the record that has
 * it.
 */
public final class FileAccess {
  /** The place of a module, for what belongs to the org as a whole. */
  public static final long OF_THE_ORG = 0;

  private final ModuleTables tables;
  private final Access access;

  public FileAccess(ModuleTables tables, Access access) {
    this.tables = tables;
    this.access = access;
  }

  public boolean readable(Transaction tx, Metadata metadata, long userId, StoredFile file) {
    if (file.use().isEmpty()) {
      return file.createdBy() == userId;
    }
    Use use = file.use().get();
    return use.moduleId() == OF_THE_ORG
        || metadata
            .find(use.moduleId())
            .map(module -> sees(tx, metadata, userId, module, use.recordId()))
            .orElse(false);
  }

  private boolean sees(
      Transaction tx, Metadata metadata, long userId, Module module, long recordId) {
    try {
      access.require(metadata, userId, Action.READ, module);
    } catch (ApiError e) {
      return false;
    }
    return tx.find(
            sql("select 1 from " + tables.of(metadata, module) + " t where t.\"id\" = ?", recordId)
                .then("and")
                .then(access.rows(metadata, userId, Action.READ, module)),
            row -> 1)
        .isPresent();
  }
}
