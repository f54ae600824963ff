package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.List;

/**
 * A list in the order of the ids, of a module that is not open to the user as a whole.
 *
 * @param table that of the module
 * @param asked what else the list asks of the table aliased {@link Access#TABLE}
 */
record Listing(
    RowAccess rows,
    Metadata metadata,
    long userId,
    Module module,
    String table,
    Sql asked,
    IdRange range) {
  static final String ID = "t.\"id\"";

  Openings openings() {
    return Openings.of(metadata, userId, Action.READ, module);
  }

  Standing standing() {
    return Standing.of(metadata, userId);
  }

  Sql select(String columns) {
    return sql("select " + columns + " from " + table + " t where");
  }

  static Sql union(List<Sql> lists) {
    return Sql.join("", List.of(sql("("), Sql.join(") union all (", lists), sql(")")));
  }
}
