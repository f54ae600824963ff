package io.clientele.backup;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.formula.FormulaFields;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a module's CSV file under the labels of its fields, each value as text in SQL:
 * lookups and users as two columns, an id and a name; several values with {@code ;} between;
 * moments in the time zone of the session.
 */
final class CsvColumns {
  private static final String TABLE = "t";
  private static final String ID_PREFIX = "zcrm_";
  private static final String MOMENT = "YYYY-MM-DD HH24:MI:SS";

  private final Metadata metadata;
  private final ModuleTables tables;
  private final Catalog catalog;
  private final Module module;

  /** By heading. */
  private final Map<String, String> expressions = new LinkedHashMap<>();

  /** By API name, for who reads the files. */
  private final Map<String, String> headings = new LinkedHashMap<>();

  CsvColumns(Metadata metadata, ModuleTables tables, Catalog catalog, Module module) {
    this.metadata = metadata;
    this.tables = tables;
    this.catalog = catalog;
    this.module = module;
    expressions.put("Record Id", id(TABLE + ".\"id\""));
    headings.put("id", "Record Id");
    for (Field field : module.fields()) {
      if (field.valueColumn().isPresent() && !field.isInternal() && !field.apiName().equals("id")) {
        add(field, heading(field));
      }
    }
    if (module.apiName().equals("Attachments")) {
      attachment();
    }
  }

  private static String id(String value) {
    return "'" + ID_PREFIX + "' || " + value;
  }

  /** The label; the API name where another field has that label, too. */
  private String heading(Field field) {
    String label = field.definition().path("field_label").asString(field.apiName());
    boolean taken = expressions.containsKey(label) || expressions.containsKey(label + ".id");
    String heading = taken ? field.apiName() : label;
    headings.put(field.apiName(), heading);
    return heading;
  }

  private void add(Field field, String heading) {
    String value = FormulaFields.value(metadata, tables, module, field, TABLE);
    switch (field.dataType()) {
      case "ownerlookup", "userlookup" -> {
        expressions.put(heading + ".id", id(value));
        expressions.put(
            heading,
            "(select u.full_name from "
                + metadata.org().table("crm_user")
                + " u where u.id = "
                + value
                + ")");
      }
      case "fileupload", "imageupload", "profileimage" -> expressions.put(heading, files(field));
      default -> {
        if (field.type() instanceof MultiModuleLookupType) {
          ofSeveral(field, heading, value);
        } else if (field.dataType().equals("lookup")) {
          expressions.put(heading + ".id", id(value));
          expressions.put(heading, nameOf(field.modules(), value));
        } else {
          expressions.put(heading, text(field, value));
        }
      }
    }
  }

  /** Lookups that lead to one of several modules also say to which. */
  private void ofSeveral(Field field, String heading, String value) {
    String module = TABLE + "." + Sql.identifier(MultiModuleLookupType.moduleColumn(field));
    var names = new StringBuilder("case " + module);
    var modules = new StringBuilder("case " + module);
    for (Module other : metadata.modules()) {
      modules.append(" when " + other.id() + " then " + literal(other.apiName()));
      if (hasRows(other)) {
        names.append(" when " + other.id() + " then " + nameOf(List.of(other.apiName()), value));
      }
    }
    expressions.put(heading + ".id", id(value));
    expressions.put(heading, names.append(" else null::text end").toString());
    expressions.put(heading + ".Module", modules.append(" end").toString());
  }

  private boolean hasRows(Module other) {
    return other.hasTable() && catalog.has(other.table());
  }

  private String nameOf(List<String> modules, String value) {
    return modules.stream()
        .flatMap(name -> metadata.find(name).stream())
        .filter(this::hasRows)
        .filter(other -> other.nameField().filter(name -> name.stored().isPresent()).isPresent())
        .findFirst()
        .map(
            other ->
                "(select n.%s::text from %s n where n.\"id\" = %s)"
                    .formatted(
                        Sql.identifier(other.nameField().orElseThrow().column()),
                        catalog.name(other.table()),
                        value))
        .orElse("null::text");
  }

  /** The names of the files in the backup. */
  private String files(Field field) {
    var org = metadata.org();
    return "(select string_agg(%s, ';' order by f.created_time, f.id) from %s f where f.record_id = t.\"id\" and f.place_id = %d)"
        .formatted(
            ContentFiles.entry(org, "f", catalog.has("attachments")),
            org.table("file"),
            field.id());
  }

  private void attachment() {
    var org = metadata.org();
    String from =
        " from "
            + org.table("file")
            + " f where f.record_id = t.\"parent_id\" and f.place_id = t.\"id\"";
    String entry = ContentFiles.entry(org, "f", catalog.has("attachments"));
    expressions.put("File", "(select " + entry + from + " and f.sha256 is not null limit 1)");
    expressions.put("Link URL", "(select f.link_url" + from + " limit 1)");
  }

  private String text(Field field, String value) {
    if (field.type().equals(FieldTypes.TAG)) {
      return "(select string_agg(g.name, ';' order by v.n) from unnest(%s) with ordinality v(id, n) join %s g on g.id = v.id)"
          .formatted(value, metadata.org().table("tag"));
    }
    return switch (field.valueColumn().orElseThrow().sqlType()) {
      case "timestamptz" -> "to_char(" + value + ", " + literal(MOMENT) + ")";
      case "boolean" -> "coalesce(" + value + ", false)::text";
      case "text[]", "bigint[]" -> "array_to_string(" + value + ", ';')";
      default -> "(" + value + ")::text";
    };
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  List<String> headings() {
    return List.copyOf(expressions.keySet());
  }

  /** The heading of each field; that of a lookup is its name's. */
  Map<String, String> headingsByField() {
    return headings;
  }

  /** The rows behind an id, in the order of their ids: the id, and then the columns. */
  Sql statement(long after, int rows) {
    var columns = new ArrayList<>(expressions.values());
    columns.addFirst(TABLE + ".\"id\"");
    return Sql.sql(
        "select %s from %s %s where %s.\"id\" > ? order by %s.\"id\" limit ?"
            .formatted(
                String.join(", ", columns), catalog.name(module.table()), TABLE, TABLE, TABLE),
        after,
        rows);
  }
}
