package io.clientele.metadata.usergroups;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.SettingsFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which groups the parameter {@code filters} shows. */
record GroupFilter(SettingsFilter filter) {
  private static final String FILTERS = "filters";

  /** That of the list of groups. */
  static final GroupFilter NAMES = of(Map.of("name", false), "contains", "starts_with");

  /** That of the counts of users. */
  static final GroupFilter COUNTS =
      of(Map.of("name", false, "description", false), "equal", "starts_with");

  private static GroupFilter of(Map<String, Boolean> keys, String... comparators) {
    return new GroupFilter(
        new SettingsFilter(
            FILTERS,
            keys,
            List.of(comparators),
            "required field not found",
            "The value given is not supported"));
  }

  /**
   * @throws ApiError about what is wrong with the parameter
   */
  Predicate<UserGroupSql.Row> of(Call call) {
    return call.query(FILTERS).map(this::of).orElse(group -> true);
  }

  private Predicate<UserGroupSql.Row> of(String text) {
    var condition = filter.parse(json(text), "$." + FILTERS);
    return group ->
        condition.test(
            key ->
                key.equals("name")
                    ? group.name()
                    : Objects.requireNonNullElse(group.description(), ""));
  }

  private static JsonNode json(String text) {
    ApiError invalid =
        ErrorCode.INVALID_DATA
            .with("param_name", FILTERS)
            .message("The given filters is not a valid json");
    try {
      JsonNode json = Json.read(text.getBytes(StandardCharsets.UTF_8));
      if (!json.isObject()) {
        throw invalid;
      }
      return json;
    } catch (JacksonException e) {
      throw invalid;
    }
  }
}
