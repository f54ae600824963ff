package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;

/**
 * Columns of a module's table that come and go with its fields. Each is a change of the catalogue
 * alone, however many records there are; only an index on values that are there reads them.
 */
public final class FieldColumns {
  private final Transaction tx;
  private final Org org;
  private final Module module;
  private final String table;

  private FieldColumns(MetadataChange change, Module module) {
    this.tx = change.tx();
    this.org = change.org();
    this.module = module;
    this.table = org.table(module.table());
  }

  /** Makes room for the values of {@code field}, which is new; null in the records there are. */
  public static void add(MetadataChange change, Module module, Field field) {
    if (ModuleTables.exists(change.tx(), change.org(), module)) {
      new FieldColumns(change, module).add(field);
    }
  }

  /** Gives back the room of {@code field} and all its values. */
  public static void drop(MetadataChange change, Module module, Field field) {
    if (ModuleTables.exists(change.tx(), change.org(), module)) {
      new FieldColumns(change, module).drop(field);
      refreshWords(change, module, field);
    }
  }

  /**
   * Makes the values of {@code field} unique, or lets them be equal again, as its definition says.
   *
   * @throws io.clientele.db.DatabaseException a unique violation when two records share a value
   */
  public static void unique(MetadataChange change, Module module, Field field) {
    if (ModuleTables.exists(change.tx(), change.org(), module)) {
      new FieldColumns(change, module).unique(field);
    }
  }

  /** Whether any record of the module fulfils {@code condition} on its table, aliased t. */
  public static boolean any(MetadataChange change, Module module, Sql condition) {
    return ModuleTables.exists(change.tx(), change.org(), module)
        && change
            .tx()
            .list(
                sql("select exists (select from " + change.org().table(module.table()) + " t where")
                    .then(condition)
                    .then(")"),
                row -> row.getBoolean(1))
            .getFirst();
  }

  /** Numbers the records there are, oldest first, and goes on behind them. */
  public static void number(MetadataChange change, Module module, Field field) {
    if (ModuleTables.exists(change.tx(), change.org(), module)) {
      var columns = new FieldColumns(change, module);
      String number = ModuleColumns.autoNumber(change.org(), field);
      change
          .tx()
          .update(
              sql(
                  "update "
                      + columns.table
                      + " t set "
                      + column(field)
                      + " = n.number from (select o.\"id\", "
                      + number
                      + " as number from (select \"id\" from "
                      + columns.table
                      + " order by \"id\") o) n where n.\"id\" = t.\"id\""));
      refreshWords(change, module, field);
    }
  }

  /** Searches find records by the values they have now. */
  private static void refreshWords(MetadataChange change, Module module, Field field) {
    if (SearchColumn.holds(module, field)) {
      change.schedule(SearchColumn.JOB, SearchColumn.job(module));
    }
  }

  private void add(Field field) {
    boolean numbered = field.dataType().equals("autonumber");
    if (numbered) {
      tx.update(sql(ModuleColumns.createSequence(org, field)));
    }
    String definition = ModuleColumns.definition(org, module, field).orElse("");
    if (definition.isEmpty()) {
      return;
    }
    if (numbered) { // with its default from the start it would number all records there are
      tx.update(sql("alter table " + table + " add column " + column(field) + " text"));
      tx.update(
          sql(
              "alter table "
                  + table
                  + " alter column "
                  + column(field)
                  + " set default "
                  + ModuleColumns.autoNumber(org, field)));
    } else {
      tx.update(sql("alter table " + table + " add column " + definition));
    }
    for (String extra : field.type().extraColumns(field)) {
      tx.update(sql("alter table " + table + " add column " + extra));
    }
    for (String index : ModuleTables.indexes(module, field)) {
      tx.update(sql(index.formatted(table)));
    }
  }

  private void drop(Field field) {
    if (field.stored().isPresent()) {
      tx.update(sql("alter table " + table + " drop column if exists " + column(field)));
      for (String extra : field.type().extraColumns(field)) {
        String name = extra.substring(0, extra.indexOf(' '));
        tx.update(sql("alter table " + table + " drop column if exists " + name));
      }
    }
    if (field.dataType().equals("autonumber")) {
      tx.update(sql("drop sequence if exists " + ModuleColumns.sequence(org, field)));
    }
  }

  private void unique(Field field) {
    tx.update(sql("drop index if exists " + org.schema() + "." + ModuleTables.uniqueIndex(field)));
    if (field.mustDiffer()) {
      tx.update(sql(ModuleTables.createUniqueIndex(field).formatted(table)));
    }
  }

  private static String column(Field field) {
    return Sql.identifier(field.column());
  }
}
