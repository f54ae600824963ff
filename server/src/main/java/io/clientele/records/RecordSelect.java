package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.formula.FormulaFields;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * The SELECT for some fields of a module and how each row of it becomes JSON. Built once for each
 * choice of fields and kept; it holds no values. The module's table has the alias {@code t}; the
 * first column of a row is its id.
 */
public final class RecordSelect implements Selection {
  /** How many shapes of statements are kept. */
  private static final int TEXTS = 200;

  private final Metadata metadata;
  private final ModuleTables tables;
  private final Module module;
  private final String table;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, String> joins = new LinkedHashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private boolean rights;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> columnsRead = new ConcurrentHashMap<>();

  /** One key of a record's JSON, and how it is written. */
  private record Cell(SerializableString name, Writer writer) {}

  /** Writes one value from the row the result stands on. */
  public interface Writer {
    void write(ResultSet row, Reading reading) throws SQLException;
  }

  /** A SELECT of {@code fields}, in that order, of {@code module}. */
  RecordSelect(Metadata metadata, ModuleTables tables, Module module, List<Field> fields) {
    this.metadata = metadata;
    this.tables = tables;
    this.module = module;
    this.table = tables.of(metadata, module);
    add("t.\"id\"");
    for (Field field : fields) {
      int place = field.type().select(field, this);
      key(field.apiName(), (row, reading) -> field.type().write(row, place, field, reading));
    }
  }

  /** Adds a key that is no field. */
  public RecordSelect key(String name, Writer writer) {
    cells.add(new Cell(new SerializedString(name), writer));
    return this;
  }

  /** Adds a field of a table that is joined under {@code alias}. */
  public void joined(Field field, String alias) {
    int place = field.type().select(field, new Joined(alias));
    key(field.apiName(), (row, reading) -> field.type().write(row, place, field, reading));
  }

  /** The select list as fields of a joined table add to it. */
  private final class Joined implements Selection {
    private final String alias;

    Joined(String alias) {
      this.alias = alias;
    }

    @Override
    public String column(String name) {
      return alias + "." + Sql.identifier(name);
    }

    @Override
    public String value(Field field) {
      return column(field.column());
    }

    @Override
    public int add(String expression) {
      return RecordSelect.this.add(expression);
    }

    @Override
    public String nameOf(String moduleName, String id) {
      return RecordSelect.this.nameOf(moduleName, id);
    }

    @Override
    public String nameOfAny(List<String> modules, String id, String moduleId) {
      return RecordSelect.this.nameOfAny(modules, id, moduleId);
    }
  }

  @Override
  public String column(String name) {
    return "t." + Sql.identifier(name);
  }

  @Override
  public String value(Field field) {
    return FormulaFields.value(metadata, tables, module, field, "t");
  }

  @Override
  public int add(String expression) {
    columns.add(expression);
    return columns.size();
  }

  @Override
  public String nameOf(String moduleName, String id) {
    Module other = metadata.find(moduleName).filter(Module::hasTable).orElse(null);
    if (other == null) {
      return "null::text";
    }
    Optional<Field> name = other.nameField();
    if (name.isEmpty()) {
      return id + "::text";
    }
    String alias = "j" + joins.size();
    joins.put(
        alias,
        " left join "
            + tables.of(metadata, other)
            + " "
            + alias
            + " on "
            + alias
            + ".\"id\" = "
            + id);
    return alias + "." + Sql.identifier(name.get().column()) + "::text";
  }

  @Override
  public String nameOfAny(List<String> modules, String id, String moduleId) {
    var text = new StringBuilder("case " + moduleId);
    for (String moduleName : modules) {
      Module other = metadata.find(moduleName).filter(Module::hasTable).orElse(null);
      Field name = other == null ? null : other.nameField().orElse(null);
      if (other != null && name != null) {
        text.append(" when ").append(other.id()).append(" then (select n.");
        text.append(Sql.identifier(name.column())).append("::text from ");
        text.append(tables.of(metadata, other))
            .append(" n where n.\"id\" = ")
            .append(id)
            .append(')');
      }
    }
    return text.indexOf("when") < 0 ? "null::text" : text.append(" end").toString();
  }

  /**
   * The whole statement: {@code last} stands behind the columns of the fields, {@code tail} begins
   * with {@code where}; {@code rights} are those of who reads. The text of one shape is always the
   * same object, so that the driver finds its prepared statement without comparing texts.
   */
  public Sql sql(String last, Rights rights, Sql tail) {
    return sql(last, rights, Sql.sql(table + " t"), tail);
  }

  /**
   * The same.
   *
   * @param from what stands for the module's table, with its alias
   */
  Sql sql(String last, Rights rights, Sql from, Sql tail) {
    if (texts.size() > TEXTS) {
      texts.clear();
    }
    String text =
        texts.computeIfAbsent(
            String.join(" ", last, rights.columns().text(), from.text(), tail.text()),
            key ->
                "select "
                    + String.join(", ", columns)
                    + ", "
                    + last
                    + rights.columns().text()
                    + " from "
                    + from.text()
                    + String.join("", joins.values())
                    + " "
                    + tail.text());
    return new Sql(text, rights.columns().then(from).then(tail).binds());
  }

  /** The columns of the module's table that this and {@code rights} read, each with its alias. */
  Set<String> columnsOfTable(Rights rights) {
    if (columnsRead.size() > TEXTS) {
      columnsRead.clear();
    }
    return columnsRead.computeIfAbsent(
        rights.columns().text(),
        more -> Access.columns(String.join(" ", columns) + String.join("", joins.values()) + more));
  }

  /** Says that rows tell what their reader may do with them. */
  void tellRights() {
    rights = true;
  }

  boolean tellsRights() {
    return rights;
  }

  /** How many columns the fields take. */
  int width() {
    return columns.size();
  }

  Metadata metadata() {
    return metadata;
  }

  Module module() {
    return module;
  }

  /** The qualified name of the module's table. */
  String table() {
    return table;
  }

  /** Writes the row the result stands on as one JSON object. */
  public void write(ResultSet row, Reading reading) throws SQLException {
    reading.json().writeStartObject();
    writeKeys(row, reading);
    reading.json().writeEndObject();
  }

  /** The same without the braces, for callers that add keys. */
  void writeKeys(ResultSet row, Reading reading) throws SQLException {
    for (Cell cell : cells) {
      reading.json().writeName(cell.name);
      cell.writer.write(row, reading);
    }
  }
}
