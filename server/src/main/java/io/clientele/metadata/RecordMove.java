package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;

/**
 * A change of all records of a module that {@code where} shows, because what they belong to goes:
 * {@code set} says what becomes of them. Both speak of the module's table as {@code t}; rows that
 * were changed must no longer fit.
 */
public record RecordMove(Module module, Sql where, Sql set) {
  /** Rows changed in one transaction; nobody waits for them longer than it takes. */
  private static final int BATCH = 5000;

  /** Whether a record fits. */
  public boolean any(Transaction tx, Org org) {
    return hasTable(tx, org)
        && tx.list(
                sql("select exists (select from " + table(org) + " t where").then(where).then(")"),
                row -> row.getBoolean(1))
            .getFirst();
  }

  /** Changes all rows in short transactions, by their ids. */
  public void inBatches(Database database, Org org) {
    if (!database.read(tx -> hasTable(tx, org))) {
      return;
    }
    long last = 0;
    do {
      long after = last;
      last = database.write(tx -> tx.list(batch(org, after), row -> row.getLong(1)).getFirst());
    } while (last > 0);
  }

  /** Changes the rows that are left, in this transaction. */
  public void rest(Transaction tx, Org org) {
    if (hasTable(tx, org)) {
      tx.update(sql("update " + table(org) + " t set").then(set).then("where").then(where));
    }
  }

  /** Answers the last id it changed; zero when there was none. */
  private Sql batch(Org org, long after) {
    return sql("with page as (select t.id from " + table(org) + " t where t.id > ? and", after)
        .then(where)
        .then("order by t.id limit " + BATCH + " for update), moved as (update")
        .then(table(org) + " t set")
        .then(set)
        .then("from page where t.id = page.id returning t.id)")
        .then("select coalesce(max(id), 0) from moved");
  }

  private boolean hasTable(Transaction tx, Org org) {
    return module.hasTable() && ModuleTables.exists(tx, org, module);
  }

  private String table(Org org) {
    return org.table(module.table());
  }
}
