package io.clientele.coql;

import io.clientele.coql.Plan.Aggregate;
import io.clientele.coql.Plan.Function;
import io.clientele.coql.Statement.Cell;
import io.clientele.coql.Statement.Writer;
import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.Moments;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.metadata.types.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/** The columns that a statement selects, with what writes them. */
final class SelectList {
  private final Sources sources;
  private final List<String> expressions = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  SelectList(Sources sources) {
    this.sources = sources;
  }

  String sql() {
    return String.join(", ", expressions);
  }

  List<Cell> cells() {
    return cells;
  }

  void add(String key, Plan.Value value) {
    Writer writer =
        switch (value) {
          case Plan.Column(Named named) -> column(named);
          case Aggregate aggregate -> aggregate(aggregate);
        };
    cells.add(new Cell(new SerializedString(key), writer));
  }

  /** The id of the base table's row. */
  void addId() {
    int place = add(Joins.BASE + ".\"id\"");
    cells.add(
        new Cell(
            new SerializedString("id"),
            (row, reading) -> reading.json().writeString(Long.toString(row.getLong(place)))));
  }

  private int add(String expression) {
    expressions.add(expression);
    return expressions.size();
  }

  private Writer column(Named named) {
    return switch (named) {
      case Named.OfModule field -> field(field);
      case Named.OfSystem system -> system(system);
      case Named.ModuleName name -> text(add(sources.value(name)));
    };
  }

  private Writer field(Named.OfModule named) {
    Field field = named.field();
    if (named.kind().filter(kind -> kind == Kind.USER).isPresent()) {
      return user(sources.value(named));
    }
    if (field.type() instanceof MultiModuleLookupType && !field.isPlainLookup()) {
      return ofSeveral(named);
    }
    int place = field.type().select(field, new OfTable(named));
    return (row, reading) -> field.type().write(row, place, field, reading);
  }

  /** A user as queries tell one: by the last name. */
  private Writer user(String id) {
    int place = add(id);
    add(
        "(select n.last_name from %s n where n.id = %s)"
            .formatted(sources.table(SystemTable.USER), id));
    return (row, reading) -> reference(row, place, null, reading);
  }

  /** The module and the id, without the name. */
  private Writer ofSeveral(Named.OfModule named) {
    int place = add(sources.value(named));
    add("''");
    add(named.alias() + "." + Sql.identifier(MultiModuleLookupType.moduleColumn(named.field())));
    return (row, reading) -> {
      Module module = reading.metadata().find(row.getLong(place + 2)).orElse(null);
      reference(row, place, module, reading);
    };
  }

  private static void reference(ResultSet row, int place, @Nullable Module module, Reading reading)
      throws SQLException {
    long id = row.getLong(place);
    String name = row.getString(place + 1);
    if (id == 0 || name == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    if (module != null) {
      reading.json().writeObjectPropertyStart("module");
      reading.json().writeStringProperty("api_name", module.apiName());
      reading.json().writeStringProperty("id", Long.toString(module.id()));
      reading.json().writeEndObject();
    } else {
      reading.json().writeStringProperty("name", name);
    }
    reading.json().writeStringProperty("id", Long.toString(id));
    reading.json().writeEndObject();
  }

  private Writer system(Named.OfSystem named) {
    String value = sources.value(named);
    if (named.isId()) {
      return text(add(value + "::text"));
    }
    return switch (named.column().kind()) {
      case FLAG -> {
        int place = add(value);
        yield (row, reading) -> reading.json().writeBoolean(row.getBoolean(place));
      }
      case DATETIME -> moment(add(value));
      case USER -> user(value);
      case REFERENCE -> {
        SystemTable target = Objects.requireNonNull(named.column().target());
        int place = add(value);
        String name = target.column("name").orElseThrow().value("n");
        add("(select %s from %s n where n.id = %s)".formatted(name, sources.table(target), value));
        yield (row, reading) -> reference(row, place, null, reading);
      }
      case TEXT, NUMBER, DATE, CHOICES, TAGS, LINKS, TERRITORIES -> text(add(value));
    };
  }

  private Writer aggregate(Aggregate aggregate) {
    Kind kind = aggregate.argument().kind().orElseThrow();
    int place = add(sql(aggregate, sources));
    if (kind == Kind.DATETIME && aggregate.function() != Function.COUNT) {
      return moment(place);
    }
    return kind == Kind.DATE && aggregate.function() != Function.COUNT
        ? text(place)
        : (row, reading) -> {
          String digits = row.getString(place);
          if (digits == null) {
            reading.json().writeNull();
          } else {
            reading.json().writeNumber(digits);
          }
        };
  }

  /** The value of an aggregate. */
  static String sql(Aggregate aggregate, Sources sources) {
    String value = sources.value(aggregate.argument());
    boolean number = aggregate.argument().kind().orElseThrow() == Kind.NUMBER;
    return switch (aggregate.function()) {
      case COUNT -> "count(" + value + ")";
      case SUM -> "trim_scale(sum(" + value + ")::numeric)";
      case AVG -> "avg(" + value + ")::float8";
      case MIN -> number ? "trim_scale(min(" + value + ")::numeric)" : "min(" + value + ")";
      case MAX -> number ? "trim_scale(max(" + value + ")::numeric)" : "max(" + value + ")";
    };
  }

  private static Writer text(int place) {
    return (row, reading) -> {
      String text = row.getString(place);
      if (text == null) {
        reading.json().writeNull();
      } else {
        reading.json().writeString(text);
      }
    };
  }

  private static Writer moment(int place) {
    return (row, reading) -> {
      long seconds = Moments.seconds(row, place);
      if (row.wasNull()) {
        reading.json().writeNull();
      } else {
        reading.json().writeString(Moments.format(seconds, reading.zone()));
      }
    };
  }

  /** The select list as the fields of one of the tables add to it. */
  private final class OfTable implements Selection {
    private final Named.OfModule named;

    OfTable(Named.OfModule named) {
      this.named = named;
    }

    @Override
    public String column(String name) {
      return named.alias() + "." + Sql.identifier(name);
    }

    @Override
    public String value(Field field) {
      return sources.value(named);
    }

    @Override
    public int add(String expression) {
      return SelectList.this.add(expression);
    }

    /** Looked up for the rows that are answered alone, which a join would do for all. */
    @Override
    public String nameOf(String moduleName, String id) {
      Module other = sources.metadata().find(moduleName).filter(Module::hasTable).orElse(null);
      if (other == null) {
        return "null::text";
      }
      String name =
          other.nameField().map(one -> "n." + Sql.identifier(one.column())).orElse("n.\"id\"");
      return "(select %s::text from %s n where n.\"id\" = %s)"
          .formatted(name, sources.tables().of(sources.metadata(), other), id);
    }

    @Override
    public String nameOfAny(List<String> modules, String id, String moduleId) {
      var text = new StringBuilder("case " + moduleId);
      for (String moduleName : modules) {
        sources
            .metadata()
            .find(moduleName)
            .filter(Module::hasTable)
            .ifPresent(
                other ->
                    text.append(" when ")
                        .append(other.id())
                        .append(" then ")
                        .append(nameOf(moduleName, id)));
      }
      return text.indexOf("when") < 0 ? "null::text" : text.append(" end").toString();
    }
  }
}
