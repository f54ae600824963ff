package io.clientele.records.recyclebin;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The conditions of {@code filters} on the rows of the bin, aliased {@code t}: {@code
 * {"field":{"api_name":…},"comparator":…,"value":…}}, alone or several in {@code
 * {"group_operator":"AND","group":[…]}}.
 */
final class BinFilter {
  private static final int MAXIMUM = 20;
  private static final List<String> TEXT =
      List.of("equal", "not_equal", "contains", "not_contains", "starts_with", "ends_with");
  private static final List<String> EQUALITY = List.of("equal", "not_equal");
  private static final List<String> TIME =
      List.of("equal", "not_equal", "greater_than", "less_than");

  private final Metadata metadata;
  private final boolean parameter;

  /**
   * @param parameter whether it came as a parameter, which errors then name
   */
  BinFilter(Metadata metadata, boolean parameter) {
    this.metadata = metadata;
    this.parameter = parameter;
  }

  /**
   * @throws ApiError INVALID_DATA about the part that is wrong
   */
  Sql read(String text) {
    JsonNode filters =
        Json.object(text)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("param_name", "filters")
                        .with("expected_data_type", "jsonobject"));
    return read(filters, "$");
  }

  Sql read(JsonNode filters, String path) {
    if (!filters.has("group") && !filters.has("group_operator")) {
      return one(filters, path);
    }
    if (!filters.path("group_operator").asString("AND").equalsIgnoreCase("AND")) {
      throw invalid("group_operator", path + ".group_operator")
          .message("The given group operator not supported. Only 'AND' operator is supported");
    }
    JsonNode group = filters.path("group");
    if (!group.isArray() || group.isEmpty() || group.size() > MAXIMUM) {
      throw invalid("group", path + ".group").with("expected_data_type", "jsonarray");
    }
    Sql all = Sql.TRUE;
    for (int i = 0; i < group.size(); i++) {
      all = all.and(one(group.get(i), path + ".group[" + i + "]"));
    }
    return all;
  }

  private Sql one(JsonNode criterion, String path) {
    String name = criterion.path("field").path("api_name").asString("");
    return switch (name) {
      case "display_name" -> text(comparator(criterion, TEXT, path), string(criterion, path));
      case "module" -> module(comparator(criterion, EQUALITY, path), criterion, path);
      case "deleted_by" -> user(comparator(criterion, TEXT, path), criterion, path);
      case "deleted_time" -> time(comparator(criterion, TIME, path), criterion, path);
      default ->
          throw invalid("api_name", path + ".field.api_name")
              .message("The given api_name seems to be invalid");
    };
  }

  private String comparator(JsonNode criterion, List<String> known, String path) {
    String comparator = criterion.path("comparator").asString("");
    if (!known.contains(comparator)) {
      throw invalid("comparator", path + ".comparator")
          .message("Please provide a valid comparator");
    }
    return comparator;
  }

  private String string(JsonNode criterion, String path) {
    JsonNode value = criterion.path("value");
    if (!value.isString() && !value.isNumber()) {
      throw invalid("value", path + ".value").with("expected_data_type", "string");
    }
    return value.asString();
  }

  private static Sql text(String comparator, String value) {
    String plain = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    String column = "coalesce(t.display_name, '')";
    return switch (comparator) {
      case "equal" -> sql("lower(" + column + ") = lower(?)", value);
      case "not_equal" -> sql("lower(" + column + ") <> lower(?)", value);
      case "contains" -> sql(column + " ilike ?", "%" + plain + "%");
      case "not_contains" -> sql(column + " not ilike ?", "%" + plain + "%");
      case "starts_with" -> sql(column + " ilike ?", plain + "%");
      case "ends_with" -> sql(column + " ilike ?", "%" + plain);
      default -> throw new IllegalArgumentException(comparator);
    };
  }

  private Sql module(String comparator, JsonNode criterion, String path) {
    JsonNode value = criterion.path("value");
    String name = value.isObject() ? value.path("api_name").asString("") : string(criterion, path);
    long id = metadata.find(name).orElseThrow(() -> invalid("value", path + ".value")).id();
    return sql("t.module_id " + (comparator.equals("equal") ? "=" : "<>") + " ?", id);
  }

  /** By the user's name, or by ids: {@code {"id":…}}, one or several. */
  private Sql user(String comparator, JsonNode criterion, String path) {
    JsonNode value = criterion.path("value");
    boolean not = comparator.startsWith("not_");
    List<Long> ids = new ArrayList<>();
    if (value.isObject() || value.isArray()) {
      Stream<JsonNode> users = value.isArray() ? value.valueStream() : Stream.of(value);
      users.forEach(
          user ->
              ids.add(
                  PathId.parse(user.path("id").asString(""))
                      .orElseThrow(() -> invalid("value", path + ".value"))));
    } else {
      String name = string(criterion, path).toLowerCase(Locale.ROOT);
      for (UserName user : metadata.userNames()) {
        if (fits(user.name().toLowerCase(Locale.ROOT), comparator, name)) {
          ids.add(user.id());
        }
      }
    }
    return sql((not ? "not " : "") + "t.deleted_by = any(?)", (Object) ids.toArray(Long[]::new));
  }

  private static boolean fits(String name, String comparator, String value) {
    return switch (comparator) {
      case "equal", "not_equal" -> name.equals(value);
      case "contains", "not_contains" -> name.contains(value);
      case "starts_with" -> name.startsWith(value);
      case "ends_with" -> name.endsWith(value);
      default -> throw new IllegalArgumentException(comparator);
    };
  }

  private Sql time(String comparator, JsonNode criterion, String path) {
    String value = string(criterion, path);
    String operator =
        switch (comparator) {
          case "equal" -> "=";
          case "not_equal" -> "<>";
          case "greater_than" -> ">";
          case "less_than" -> "<";
          default -> throw new IllegalArgumentException(comparator);
        };
    try {
      OffsetDateTime time = OffsetDateTime.parse(value);
      if (Math.abs((long) time.getYear()) > 9999) {
        throw invalid("value", path + ".value");
      }
      return sql("t.deleted_time " + operator + " ?::timestamptz", time.toInstant().toString());
    } catch (DateTimeParseException e) {
      throw invalid("value", path + ".value");
    }
  }

  private ApiError invalid(String name, String path) {
    ApiError error = ErrorCode.INVALID_DATA.error().at(name, path);
    return parameter ? error.with("param_name", "filters") : error;
  }
}
