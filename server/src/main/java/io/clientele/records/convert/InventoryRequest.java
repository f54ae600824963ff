package io.clientele.records.convert;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants a quote or order to become.
 *
 * @param target the module of the new record
 * @param assignTo its owner; else that of the old one
 * @param relatedModules whose records go over to the new one
 */
record InventoryRequest(
    Module target, boolean carryOverTags, Optional<Long> assignTo, List<String> relatedModules) {

  /**
   * What {@code convert_to} says: one module.
   *
   * @param path where it stands
   * @param single whether one record is converted, whose tags always go along
   */
  static InventoryRequest read(
      Metadata metadata, Module source, JsonNode body, String path, boolean single) {
    String at = path + ".convert_to";
    JsonNode list = body.path("convert_to");
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("convert_to", at);
    }
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("convert_to", at);
    }
    if (list.isEmpty()) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with(
              "expected_fields",
              List.of(java.util.Map.of("api_name", "module", "json_path", at + "[0].module")))
          .message(ModuleReference.OF_INVENTORY.missing());
    }
    if (list.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("convert_to", at);
    }
    JsonNode one = list.get(0);
    if (!one.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("convert_to", at + "[0]");
    }
    if (!one.hasNonNull("module")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("module", at + "[0].module");
    }
    boolean tags = tags(one.path("carry_over_tags"), at + "[0].carry_over_tags", single);
    Module target =
        ModuleReference.OF_INVENTORY.read(
            metadata,
            one.get("module"),
            "module",
            at + "[0].module",
            InventoryConversion.targets(source));
    return new InventoryRequest(target, tags, Optional.empty(), List.of());
  }

  private static boolean tags(JsonNode given, String path, boolean single) {
    if (given.isMissingNode() || given.isNull()) {
      if (single) {
        return true;
      }
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("carry_over_tags", path);
    }
    if (!given.isBoolean()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "boolean")
          .at("carry_over_tags", path);
    }
    if (single && !given.asBoolean()) {
      throw ErrorCode.NOT_ALLOWED
          .with("reason", "Carry over tags will be automatically converted")
          .at("carry_over_tags", path)
          .status(400)
          .message("carry over tags must be given as true");
    }
    return given.asBoolean();
  }
}
