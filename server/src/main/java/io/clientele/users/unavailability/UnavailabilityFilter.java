package io.clientele.users.unavailability;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which times a client asks for: of some users, and by when they begin and end. */
record UnavailabilityFilter(Metadata metadata) {
  private static final String FILTERS = "filters";
  private static final int DEEPEST = 5;
  private static final int MOST = 25;
  private static final Map<String, String> COLUMNS =
      Map.of("from", "a.from_time", "to", "a.to_time");
  private static final Map<String, String> OPERATORS =
      Map.of(
          "equal", "=",
          "equals", "=",
          "not_equal", "<>",
          "not_equals", "<>",
          "greater_than", ">",
          "greater_equal", ">=",
          "less_than", "<",
          "less_equal", "<=");

  /**
   * @throws ApiError INVALID_DATA about a parameter
   */
  Sql condition(Call call) {
    return users(
            call, "group_ids", id -> metadata.people().members(new Source("groups", id, false)))
        .and(users(call, "role_ids", this::ofRole))
        .and(
            users(
                call,
                "territory_ids",
                id -> metadata.people().members(new Source("territories", id, false))))
        .and(times(call));
  }

  private Set<Long> ofRole(long roleId) {
    var users = new HashSet<Long>();
    metadata.userNames().stream()
        .filter(user -> user.roleId() == roleId)
        .map(UserName::id)
        .forEach(users::add);
    return users;
  }

  private static Sql users(Call call, String parameter, LongFunction<Set<Long>> members) {
    Optional<String> ids = call.query(parameter).filter(text -> !text.isBlank());
    if (ids.isEmpty()) {
      return Sql.TRUE;
    }
    Set<Long> users = new HashSet<>();
    String[] parts = ids.get().split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      int index = i;
      long id =
          PathId.parse(parts[i].strip())
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_DATA
                          .with("index", index)
                          .with("param_name", parameter)
                          .message("Ids should be Long value with comma separated"));
      users.addAll(members.apply(id));
    }
    return sql("a.user_id = any(?)", (Object) users.toArray(Long[]::new));
  }

  private static Sql times(Call call) {
    Optional<String> text = call.query(FILTERS).filter(filters -> !filters.isBlank());
    if (text.isEmpty()) {
      return Sql.TRUE;
    }
    try {
      return filter(Json.MAPPER.readTree(text.get()), "$." + FILTERS, DEEPEST);
    } catch (JacksonException e) {
      throw ErrorCode.INVALID_DATA.with("param_name", FILTERS);
    }
  }

  /** One comparison, or a group of them. */
  private static Sql filter(JsonNode filter, String path, int depth) {
    if (!filter.has("group")) {
      return comparison(filter, path);
    }
    JsonNode group = filter.path("group");
    if (!group.isArray() || group.isEmpty() || group.size() > MOST || depth == 0) {
      throw invalid("group", path);
    }
    String operator = filter.path("group_operator").asString("").toLowerCase(java.util.Locale.ROOT);
    if (!operator.equals("and") && !operator.equals("or")) {
      throw invalid("group_operator", path);
    }
    List<Sql> parts = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      parts.add(filter(group.get(i), path + ".group[" + i + "]", depth - 1));
    }
    Sql joined = Sql.join(" " + operator + " ", parts);
    return new Sql("(" + joined.text() + ")", joined.binds());
  }

  private static Sql comparison(JsonNode filter, String path) {
    String column = COLUMNS.get(filter.path("field").path("api_name").asString(""));
    if (column == null) {
      throw invalid("api_name", path + ".field");
    }
    String comparator = filter.path("comparator").asString("");
    JsonNode value = filter.path("value");
    if (comparator.equals("between")) {
      if (!value.isArray() || value.size() != 2) {
        throw invalid("value", path);
      }
      return sql(
          column + " between ? and ?", moment(value.get(0), path), moment(value.get(1), path));
    }
    String operator = OPERATORS.get(comparator);
    if (operator == null) {
      throw invalid("comparator", path);
    }
    return sql(column + " " + operator + " ?", moment(value, path));
  }

  private static Timestamp moment(JsonNode value, String path) {
    return Moments.parse(value.asString(""))
        .map(Timestamp::from)
        .orElseThrow(() -> invalid("value", path).with("expected_data_type", "datetime"));
  }

  private static ApiError invalid(String name, String path) {
    return ErrorCode.INVALID_DATA.error().at(name, path + "." + name).with("param_name", FILTERS);
  }
}
