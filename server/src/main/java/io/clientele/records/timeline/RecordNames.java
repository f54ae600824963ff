package io.clientele.records.timeline;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of records that a reply mentions, read with one statement for each module. */
public final class RecordNames {
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Map<Long, Set<Long>> idsByModule = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  public RecordNames(Metadata metadata, ModuleTables tables) {
    this.metadata = metadata;
    this.tables = tables;
  }

  /** Asks for the name of a record that may lie in that module. */
  public void add(long moduleId, long id) {
    idsByModule.computeIfAbsent(moduleId, key -> new HashSet<>()).add(id);
  }

  /** The name; null when there is none. */
  public @Nullable String of(long id) {
    return names.get(id);
  }

  /** Reads all names asked for, of deleted records too. */
  public void read(Transaction tx) {
    var unknown = new HashSet<Long>();
    idsByModule.forEach(
        (moduleId, ids) -> {
          metadata.find(moduleId).filter(Module::hasTable).ifPresent(found -> read(tx, found, ids));
          unknown.addAll(ids);
        });
    unknown.removeAll(names.keySet());
    if (!unknown.isEmpty()) {
      read(
          tx,
          sql(
              "select id, display_name from "
                  + metadata.org().table("deleted_record")
                  + " where id = any(?) and not permanent",
              (Object) unknown.toArray(Long[]::new)));
    }
  }

  private void read(Transaction tx, Module module, Set<Long> ids) {
    module
        .nameField()
        .ifPresent(
            name ->
                read(
                    tx,
                    sql(
                        "select t.\"id\", t."
                            + Sql.identifier(name.column())
                            + "::text from "
                            + tables.of(metadata, module)
                            + " t where t.\"id\" = any(?)",
                        (Object) ids.toArray(Long[]::new))));
  }

  private void read(Transaction tx, Sql statement) {
    tx.stream(
        statement,
        rows -> {
          while (rows.next()) {
            if (rows.getString(2) != null) {
              names.put(rows.getLong(1), rows.getString(2));
            }
          }
        });
  }
}
