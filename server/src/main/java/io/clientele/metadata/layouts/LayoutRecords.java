package io.clientele.metadata.layouts;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;

/** The records that have a layout. */
final class LayoutRecords {
  /** Rows moved in one transaction; nobody waits for them longer than it takes. */
  private static final int BATCH = 5000;

  private LayoutRecords() {}

  /** Where rows move: what {@code set} says of those whose layout is {@code from}. */
  record Move(Module module, long from, Sql set) {}

  static boolean any(Transaction tx, Org org, Module module, long layoutId) {
    return hasColumn(tx, org, module)
        && tx.list(
                sql(
                    "select exists (select from " + table(org, module) + " t where t.layout = ?)",
                    layoutId),
                row -> row.getBoolean(1))
            .getFirst();
  }

  /** Moves all rows in short transactions, by their ids. */
  static void moveInBatches(Database database, Org org, Move move) {
    if (!database.read(tx -> hasColumn(tx, org, move.module))) {
      return;
    }
    long last = 0;
    do {
      long after = last;
      last =
          database.write(tx -> tx.list(batch(org, move, after), row -> row.getLong(1)).getFirst());
    } while (last > 0);
  }

  /** Moves the rows that are left, in this transaction. */
  static void moveRest(Transaction tx, Org org, Move move) {
    if (hasColumn(tx, org, move.module)) {
      tx.update(
          sql("update " + table(org, move.module) + " t set")
              .then(move.set)
              .then("where t.layout = ?", move.from));
    }
  }

  /** Answers the last id it moved; zero when there was none. */
  private static Sql batch(Org org, Move move, long after) {
    String table = table(org, move.module);
    return sql(
            "with page as (select t.id from "
                + table
                + " t where t.id > ? and t.layout = ? order by t.id limit "
                + BATCH
                + " for update), moved as (update "
                + table
                + " t set",
            after,
            move.from)
        .then(move.set)
        .then("from page where t.id = page.id returning t.id)")
        .then("select coalesce(max(id), 0) from moved");
  }

  private static boolean hasColumn(Transaction tx, Org org, Module module) {
    return module.hasTable()
        && module.field("Layout").isPresent()
        && ModuleTables.exists(tx, org, module);
  }

  private static String table(Org org, Module module) {
    return org.table(module.table());
  }
}
