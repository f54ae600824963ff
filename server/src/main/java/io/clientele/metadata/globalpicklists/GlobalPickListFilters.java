package io.clientele.metadata.globalpicklists;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.SettingsFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Which lists a client wants to see, and which of their values: the parameters {@code filters} and
 * {@code inner_details_filters}.
 */
record GlobalPickListFilters(Predicate<GlobalPickList> lists, Predicate<JsonNode> values) {
  private static final String FILTERS = "filters";
  private static final String INNER = "inner_details_filters";
  private static final String REQUIRED = "required field not found";
  private static final String UNSUPPORTED = "The value given is not supported";

  private static final SettingsFilter LISTS =
      new SettingsFilter(
          FILTERS,
          Map.of("api_name", false, "source", false, "customizable", true),
          List.of("not_equal", "equal"),
          REQUIRED,
          UNSUPPORTED);
  private static final SettingsFilter VALUES =
      new SettingsFilter(
          INNER, Map.of("type", false), List.of("equal", "not_equal"), REQUIRED, UNSUPPORTED);

  static GlobalPickListFilters of(Call call) {
    return new GlobalPickListFilters(
        call.query(FILTERS).map(GlobalPickListFilters::lists).orElse(list -> true),
        call.query(INNER).map(GlobalPickListFilters::values).orElse(value -> true));
  }

  private static Predicate<GlobalPickList> lists(String text) {
    JsonNode filter = json(text);
    if (!filter.isObject() || filter.isEmpty()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .with("param_name", FILTERS);
    }
    var condition = LISTS.parse(filter, "$." + FILTERS);
    return list ->
        condition.test(
            key ->
                switch (key) {
                  case "api_name" -> list.apiName();
                  case "source" -> "crm";
                  default -> Boolean.toString(list.customizable());
                });
  }

  private static Predicate<JsonNode> values(String text) {
    JsonNode filters = json(text);
    if (!filters.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .with("param_name", INNER);
    }
    Predicate<JsonNode> all = value -> true;
    for (int i = 0; i < filters.size(); i++) {
      all = all.and(values(filters.get(i), "$." + INNER + "[" + i + "]"));
    }
    return all;
  }

  private static Predicate<JsonNode> values(JsonNode of, String path) {
    for (String name : List.of("api_name", FILTERS)) {
      if (!of.hasNonNull(name)) {
        throw at(ErrorCode.MANDATORY_NOT_FOUND.error(), name, path);
      }
    }
    if (!of.path("api_name").asString("").equals(Options.KEY)) {
      throw at(ErrorCode.INVALID_DATA.error(), "api_name", path);
    }
    if (!of.path(FILTERS).isObject()) {
      throw at(ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject"), FILTERS, path);
    }
    var condition = VALUES.parse(of.path(FILTERS), path + "." + FILTERS);
    return value -> condition.test(key -> value.path(key).asString("used"));
  }

  private static ApiError at(ApiError error, String name, String path) {
    return error.at(name, path + "." + name).with("param_name", INNER);
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
