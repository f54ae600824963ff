package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.formula.FormulaFields;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The criteria of a view, {@code {"field":…,"comparator":…,"value":…}} nested in {@code
 * {"group_operator":…,"group": […]}}, as a condition on the module's table. A criterion that names
 * nothing known selects no row.
 */
final class CriteriaSql {
  private static final Sql NOTHING = sql("false");

  private final ModuleTables tables;
  private final Clock clock;

  CriteriaSql(ModuleTables tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /** The condition; always true for no criteria. */
  Sql of(Metadata metadata, Module module, JsonNode criteria, long userId) {
    if (criteria.path("group").isArray()) {
      List<Sql> parts = new ArrayList<>();
      for (JsonNode part : criteria.path("group")) {
        parts.add(of(metadata, module, part, userId));
      }
      boolean any = criteria.path("group_operator").asString("AND").equalsIgnoreCase("or");
      Sql all = Sql.join(any ? " or " : " and ", parts);
      return parts.isEmpty() ? Sql.TRUE : new Sql("(" + all.text() + ")", all.binds());
    }
    return criteria.isObject() ? one(metadata, module, criteria, userId) : Sql.TRUE;
  }

  private Sql one(Metadata metadata, Module module, JsonNode criterion, long userId) {
    JsonNode name = criterion.path("field");
    Field field =
        module
            .field(name.isObject() ? name.path("api_name").asString("") : name.asString(""))
            .orElse(null);
    if (field == null || field.valueColumn().isEmpty()) {
      return NOTHING;
    }
    String column = FormulaFields.value(metadata, tables, module, field, "t");
    String comparator = criterion.path("comparator").asString("");
    JsonNode value = criterion.path("value");
    if (isEmptyTest(value)) {
      return sql(column + (comparator.equals("not_equal") ? " is not null" : " is null"));
    }
    return switch (field.valueType()) {
      case "date", "datetime" -> moment(metadata, field, column, comparator, value, userId);
      default -> plain(field, column, comparator, value, userId);
    };
  }

  private static boolean isEmptyTest(JsonNode value) {
    return value.isNull() || value.isString() && value.asString().equals("${EMPTY}");
  }

  private static Sql plain(
      Field field, String column, String comparator, JsonNode value, long userId) {
    List<JsonNode> values = value.isArray() ? value.valueStream().toList() : List.of(value);
    List<Object> binds = new ArrayList<>();
    for (JsonNode item : values) {
      binds.add(bind(field, item, userId));
    }
    String type = field.valueColumn().orElseThrow().sqlType();
    String bind = "?::" + type;
    String text = column + "::text";
    return switch (comparator) {
      case "equal", "in" -> new Sql(column + " in (" + repeat(bind, binds.size()) + ")", binds);
      case "not_equal", "not_in" ->
          new Sql(
              "("
                  + column
                  + " is null or "
                  + column
                  + " not in ("
                  + repeat(bind, binds.size())
                  + "))",
              binds);
      case "greater_than" -> new Sql(column + " > " + bind, binds.subList(0, 1));
      case "greater_equal" -> new Sql(column + " >= " + bind, binds.subList(0, 1));
      case "less_than" -> new Sql(column + " < " + bind, binds.subList(0, 1));
      case "less_equal" -> new Sql(column + " <= " + bind, binds.subList(0, 1));
      case "between" ->
          binds.size() == 2
              ? new Sql(column + " between " + bind + " and " + bind, binds)
              : NOTHING;
      case "contains" -> sql(text + " ilike ?", "%" + like(binds.getFirst()) + "%");
      case "not_contains" ->
          sql("coalesce(" + text + ", '') not ilike ?", "%" + like(binds.getFirst()) + "%");
      case "starts_with" -> sql(text + " ilike ?", like(binds.getFirst()) + "%");
      case "ends_with" -> sql(text + " ilike ?", "%" + like(binds.getFirst()));
      default -> NOTHING;
    };
  }

  private static String repeat(String bind, int times) {
    return String.join(", ", java.util.Collections.nCopies(times, bind));
  }

  private static Object bind(Field field, JsonNode value, long userId) {
    JsonNode plain = value.isObject() ? value.path("id") : value;
    String text = plain.asString("");
    if (text.equals("${CURRENTUSER}")) {
      return Long.toString(userId);
    }
    return field.valueColumn().orElseThrow().sqlType().equals("boolean")
        ? Boolean.toString(plain.asBoolean(text.equals("true") || text.equals("${TRUE}")))
        : text;
  }

  private static String like(Object text) {
    return text.toString().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /** Days by name, {@code ${TODAY}} and its like, or by date, in the user's zone. */
  private Sql moment(
      Metadata metadata,
      Field field,
      String column,
      String comparator,
      JsonNode value,
      long userId) {
    ZoneId zone = metadata.zoneOf(userId);
    DayRange range = DayRange.of(value, LocalDate.now(clock.withZone(zone))).orElse(null);
    if (range == null) {
      return NOTHING;
    }
    boolean isDate = field.valueType().equals("date");
    Object from = isDate ? range.first().toString() : range.from(zone).toString();
    Object to = isDate ? range.afterLast().toString() : range.to(zone).toString();
    String bind = isDate ? "?::date" : "?::timestamptz";
    return switch (range.comparator(comparator)) {
      case "equal", "between", "in" ->
          sql("(" + column + " >= " + bind + " and " + column + " < " + bind + ")", from, to);
      case "not_equal" ->
          sql(
              "("
                  + column
                  + " is null or "
                  + column
                  + " < "
                  + bind
                  + " or "
                  + column
                  + " >= "
                  + bind
                  + ")",
              from,
              to);
      case "greater_than" -> sql(column + " >= " + bind, to);
      case "greater_equal" -> sql(column + " >= " + bind, from);
      case "less_than" -> sql(column + " < " + bind, from);
      case "less_equal" -> sql(column + " < " + bind, to);
      default -> NOTHING;
    };
  }
}
