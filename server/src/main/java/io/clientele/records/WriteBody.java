package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a write's body that stand beside its rows, and the rules for {@code data} as a
 * whole.
 */
public final class WriteBody {
  static final int MAXIMUM_ROWS = 100;

  private static final List<String> TRIGGERS =
      List.of("approval", "workflow", "blueprint", "pathfinder", "orchestration");
  private static final List<String> APPLICABLE =
      List.of(
          "layout_rules",
          "range_validation",
          "assignment_rules",
          "function_validation_rule",
          "criteria_validation_rule",
          "global_map_dependency",
          "territory_subordinates");
  private static final List<String> SKIPPABLE =
      List.of("assignment_rules", "cadences", "connected_workflows");

  private WriteBody() {}

  /**
   * The rows.
   *
   * @throws ApiError what is wrong with the body as a whole
   */
  public static JsonNode data(JsonNode body) {
    checkTrigger(body.path("trigger"));
    checkFeatures(body, "apply_feature_execution", APPLICABLE);
    checkFeatures(body, "skip_feature_execution", SKIPPABLE);
    checkAssignmentRule(body.path("lar_id"));
    checkWorkflowTrigger(body.path("wf_trigger"));
    JsonNode data = body.path("data");
    if (data.isMissingNode() || data.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("data", "$.data");
    }
    if (!data.isArray() || data.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("data", "$.data");
    }
    return data;
  }

  /**
   * More rows than a call may have; said as the outcome of the call's only row.
   *
   * @throws ApiError INVALID_DATA about the body as a whole when the rows are notes
   */
  public static Optional<ApiError> tooMany(Module module, JsonNode data) {
    if (data.size() <= MAXIMUM_ROWS) {
      return Optional.empty();
    }
    if (module.apiName().equals("Notes")) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM_ROWS).at("data", "$.data");
    }
    return Optional.of(
        ErrorCode.LIMIT_EXCEEDED
            .with("maximum_length", MAXIMUM_ROWS)
            .with("api_name", "data")
            .message("count of records in your request exceeds the limit"));
  }

  private static void checkTrigger(JsonNode trigger) {
    if (trigger.isMissingNode() || trigger.isNull()) {
      return;
    }
    if (!trigger.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at("trigger", "$.trigger");
    }
    for (int i = 0; i < trigger.size(); i++) {
      if (!trigger.get(i).isString() || !TRIGGERS.contains(trigger.get(i).asString())) {
        throw ErrorCode.INVALID_DATA
            .error()
            .at("trigger", "$.trigger[" + i + "]")
            .with("supported_values", TRIGGERS);
      }
    }
  }

  private static void checkFeatures(JsonNode body, String key, List<String> names) {
    JsonNode features = body.path(key);
    if (features.isMissingNode() || features.isNull()) {
      return;
    }
    if (!features.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(key, "$." + key);
    }
    for (int i = 0; i < features.size(); i++) {
      JsonNode name = features.get(i).path("name");
      String path = "$." + key + "[" + i + "].name";
      if (name.isMissingNode()) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("name", path);
      }
      if (!name.isString() || !names.contains(name.asString())) {
        throw ErrorCode.INVALID_DATA.error().at("name", path).with("supported_values", names);
      }
    }
  }

  /** A word of older versions, for the same as {@code trigger}. */
  private static void checkWorkflowTrigger(JsonNode trigger) {
    if (!trigger.isMissingNode() && !trigger.isNull() && !trigger.isString()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "text")
          .at("wf_trigger", "$.wf_trigger");
    }
  }

  private static void checkAssignmentRule(JsonNode id) {
    if (id.isMissingNode() || id.isNull()) {
      return;
    }
    String text = id.isString() || id.isIntegralNumber() ? id.asString() : "";
    if (!text.matches("[1-9]\\d{0,18}")) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the id given seems to be invalid")
          .at("lar_id", "$.lar_id");
    }
  }
}
