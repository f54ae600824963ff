package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Manifest.Sequence;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables and sequences of a schema, but for what Flyway writes there. */
record Catalog(String schema, Map<String, List<String>> tables) {
  private static final String HISTORY = "schema_history";

  /** The columns of each table, without those that the database computes. */
  static Catalog of(Transaction tx, String schema) {
    record Column(String table, String name) {}
    Map<String, List<String>> tables = new LinkedHashMap<>();
    tx.list(
            sql(
                "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid ="
                    + " c.oid join pg_namespace n on n.oid = c.relnamespace where n.nspname = ?"
                    + " and c.relkind = 'r' and c.relname <> ? and a.attnum > 0"
                    + " and not a.attisdropped and a.attgenerated = ''"
                    + " order by c.relname, a.attname <> 'id', a.attnum",
                schema,
                HISTORY),
            row -> new Column(row.getString(1), row.getString(2)))
        .forEach(
            column ->
                tables.computeIfAbsent(column.table, name -> new ArrayList<>()).add(column.name));
    return new Catalog(schema, tables);
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  /** The sequences, each with the last number it has given; 0 before the first. */
  static List<Sequence> sequences(Transaction tx, String schema) {
    return tx.list(
        sql(
            "select s.sequencename, coalesce(s.last_value, 0) from pg_sequences s"
                + " where s.schemaname = ? order by s.sequencename",
            schema),
        row -> new Sequence(row.getString(1), row.getLong(2)));
  }

  /** The names of the tables, each behind those that its foreign keys lead to. */
  List<String> inOrder(Transaction tx) {
    record Key(String from, String to) {}
    List<Key> keys =
        tx.list(
            sql(
                "select f.relname, t.relname from pg_constraint k join pg_class f on f.oid ="
                    + " k.conrelid join pg_class t on t.oid = k.confrelid join pg_namespace n on"
                    + " n.oid = f.relnamespace where k.contype = 'f' and n.nspname = ?"
                    + " and f.oid <> t.oid",
                schema),
            row -> new Key(row.getString(1), row.getString(2)));
    Set<String> ordered = new LinkedHashSet<>();
    while (ordered.size() < tables.size()) {
      int before = ordered.size();
      for (String table : tables.keySet()) {
        if (keys.stream()
            .filter(key -> key.from.equals(table))
            .allMatch(key -> ordered.contains(key.to))) {
          ordered.add(table);
        }
      }
      if (ordered.size() == before) {
        ordered.addAll(tables.keySet()); // keys in a circle; the database tells
      }
    }
    return List.copyOf(ordered);
  }

  String name(String table) {
    return schema + "." + Sql.identifier(table);
  }

  /** The columns of a table as a list in SQL. */
  static String list(List<String> columns) {
    return String.join(", ", columns.stream().map(Sql::identifier).toList());
  }
}
