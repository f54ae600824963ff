package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of each module: one typed column for each field that has one. A table is made when its
 * module is first used, because most orgs use few of the standard modules.
 */
public final class ModuleTables {
  private static final int KNOWN = 100_000;

  private final Database database;

  /** Tables that are there. They never go while their module is, so what was seen once holds. */
  private final Cache<String, Boolean> known = Caffeine.newBuilder().maximumSize(KNOWN).build();

  public ModuleTables(Database database) {
    this.database = database;
  }

  /** The qualified name of the module's table, which is there when this returns. */
  public String of(Metadata metadata, Module module) {
    String table = metadata.org().table(module.table());
    if (module.hasTable() && known.getIfPresent(table) == null) {
      database.change(tx -> create(tx, metadata.org(), module));
      known.put(table, true);
    }
    return table;
  }

  private static void create(Transaction tx, Org org, Module module) {
    String table = org.table(module.table());
    tx.list(sql("select pg_advisory_xact_lock(hashtext(?))", table), row -> 0);
    boolean exists =
        tx.list(sql("select to_regclass(?) is not null", table), row -> row.getBoolean(1))
            .getFirst();
    if (exists) {
      return;
    }
    var columns = new ArrayList<String>();
    for (Field field : module.fields()) {
      if (field.dataType().equals("autonumber")) {
        long start = field.definition().path("auto_number").path("start_number").asLong(1);
        String sequence = ModuleColumns.sequence(org, field);
        tx.update(sql("create sequence " + sequence + " start with " + start));
      }
      ModuleColumns.definition(org, module, field).ifPresent(columns::add);
      if (field.stored().isPresent()) {
        columns.addAll(field.type().extraColumns(field));
      }
    }
    tx.update(sql("create table " + table + " (" + String.join(", ", columns) + ")"));
    for (String index : indexes(module)) {
      tx.update(sql(index.formatted(table)));
    }
  }

  /**
   * What lists sort by, what lookups find their records by, what must be unique; {@code %s} is the
   * table.
   */
  private static List<String> indexes(Module module) {
    var indexes = new ArrayList<String>();
    for (Field field : module.fields()) {
      String column = Sql.identifier(field.column());
      switch (field.apiName()) {
        case "Modified_Time", "Created_Time" ->
            indexes.add("create index on %s (" + column + ", \"id\")");
        case "Created_By", "Modified_By", "id" -> {}
        default -> {
          if (isReference(field)) {
            indexes.add("create index on %s (" + column + ") where " + column + " is not null");
          }
        }
      }
    }
    return indexes;
  }

  private static boolean isReference(Field field) {
    return switch (field.dataType()) {
      case "lookup", "multi_module_lookup", "ownerlookup", "userlookup" -> true;
      default -> false;
    };
  }
}
