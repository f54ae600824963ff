package io.clientele.profiles;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.Setting;
import io.clientele.metadata.SettingsFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The parameter {@code filters} of the list of profiles. */
final class ProfileFilter {
  private static final String PARAMETER = "filters";
  private static final SettingsFilter FILTER =
      new SettingsFilter(
          PARAMETER,
          Map.of("id", false, "name", false, "api_name", false, "type", false, "custom", true),
          List.of("equal", "not_equal", "in"),
          "required field not found",
          "The value given is not supported");

  private ProfileFilter() {}

  static Predicate<Setting> of(Call call) {
    return call.query(PARAMETER).map(ProfileFilter::parse).orElse(profile -> true);
  }

  private static Predicate<Setting> parse(String text) {
    JsonNode filter = json(text);
    if (!filter.isObject() || filter.isEmpty()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .with("param_name", PARAMETER);
    }
    var condition = FILTER.parse(filter, "$." + PARAMETER);
    return profile ->
        condition.test(
            key ->
                switch (key) {
                  case "id" -> Long.toString(profile.id());
                  case "api_name" -> profile.apiName();
                  case "custom" -> Boolean.toString(!ProfileService.isOfSystem(profile));
                  case "type" -> profile.body().path("type").asString("normal_profile");
                  default -> profile.body().path(key).asString(profile.apiName());
                });
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
