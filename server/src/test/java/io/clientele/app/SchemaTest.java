package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.testing.Golden;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of the schema all orgs share, and of an org with one lead, stand in {@code
 * docs/schema.txt}.
 */
class SchemaTest {
  private static final Pattern ID = Pattern.compile("\\d{6,}");

  private final TestOrg org = TestOrg.create();

  private record Line(String table, String text) {}

  @Test
  void schemaIsWrittenDown() {
    org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Boyle\"}]}").hasStatus(201);
    Golden.check(
        "docs/schema.txt",
        "schema clientele\n"
            + dump("clientele")
            + "\nschema of an org\n"
            + dump(org.org().schema()));
  }

  private String dump(String schema) {
    var tables = new TreeMap<String, StringBuilder>();
    for (Line line : lines(schema)) {
      tables
          .computeIfAbsent(line.table(), name -> new StringBuilder("\n  table " + name + "\n"))
          .append("    ")
          .append(neutral(line.text().replace(schema + ".", "")))
          .append('\n');
    }
    return String.join("", tables.values());
  }

  private static String neutral(String text) {
    return ID.matcher(text.replaceAll("\\s+", " ")).replaceAll("#");
  }

  /** Columns in their order, then constraints and indexes by name. */
  private List<Line> lines(String schema) {
    return org.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    sql(
                        """
                        select table_name, line from (
                          select c.relname as table_name, 1 as kind,
                            lpad(a.attnum::text, 5, '0') as place,
                            concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
                              case when a.attnotnull then 'not null' end,
                              case a.attgenerated when '' then 'default ' else 'generated ' end
                                || pg_get_expr(d.adbin, d.adrelid)) as line
                          from pg_attribute a
                          join pg_class c on c.oid = a.attrelid
                          left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                          where c.relnamespace = ?::regnamespace and c.relkind in ('r', 'p')
                            and a.attnum > 0 and not a.attisdropped
                          union all
                          select c.relname, 2, k.conname,
                            'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
                          from pg_constraint k join pg_class c on c.oid = k.conrelid
                          where c.relnamespace = ?::regnamespace and k.contype <> 'n'
                          union all
                          select tablename, 3, indexname, indexdef
                          from pg_indexes where schemaname = ? and indexname not in (
                            select conname from pg_constraint where contype in ('p', 'u', 'x'))
                        ) lines
                        where table_name <> 'schema_history'
                        order by table_name collate "C", kind, place collate "C"
                        """,
                        schema,
                        schema,
                        schema),
                    row -> new Line(row.getString(1), row.getString(2))));
  }
}
