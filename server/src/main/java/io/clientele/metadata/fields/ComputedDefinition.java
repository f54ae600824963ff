package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException;
import io.clientele.metadata.formula.FormulaFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions of formulas and roll-up summaries. */
final class ComputedDefinition {
  private ComputedDefinition() {}

  /** Puts what a new computed field is computed from into its definition. */
  static void add(MetadataChange change, Module module, Item item, ObjectNode definition) {
    String type = definition.path("data_type").asString();
    if (!item.has(type)) {
      throw FieldShape.missing(item, type);
    }
    ObjectNode computed = object(item, type).deepCopy();
    if (!computed.hasNonNull("return_type")) {
      computed.put("return_type", "double");
    }
    definition.set(type, computed);
    check(change.metadata(), module, item, definition, type);
  }

  /** Changes what a field is computed from; what it returns stays. */
  static void update(
      MetadataChange change, Module module, Field field, Item item, ObjectNode definition) {
    String type = field.dataType();
    if (!item.has(type)) {
      throw FieldShape.notAllowed(item, item.has("formula") ? "formula" : "rollup_summary");
    }
    ObjectNode computed = definition.withObject("/" + type);
    JsonNode returns = object(item, type).path("return_type");
    if (returns.isString() && !returns.equals(computed.path("return_type"))) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Formula field does not support updating the return type")
          .at("return_type", item.at(type) + ".return_type");
    }
    computed.setAll(object(item, type));
    check(change.metadata(), module, item, definition, type);
  }

  private static ObjectNode object(Item item, String type) {
    if (item.json().get(type) instanceof ObjectNode object) {
      return object;
    }
    throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(type, item.at(type));
  }

  private static void check(
      Metadata metadata, Module module, Item item, ObjectNode definition, String type) {
    String path = item.at(type) + ".expression";
    JsonNode expression = definition.path(type).path("expression");
    if (expression.isMissingNode() || expression.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("expression", path);
    }
    boolean right = type.equals("formula") ? expression.isString() : expression.isObject();
    if (!right) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", type.equals("formula") ? "text" : "jsonobject")
          .at("expression", path);
    }
    try {
      FormulaFields.check(metadata, module, definition);
    } catch (FormulaException e) {
      throw error(e, path);
    }
  }

  /** With the position in the expression, which the product does not tell. */
  private static ApiError error(FormulaException e, String path) {
    ErrorCode code =
        switch (e.problem()) {
          case SYNTAX_ERROR -> ErrorCode.SYNTAX_ERROR;
          case MISSING_BRACES -> ErrorCode.MISSING_BRACES;
          case INCORRECT_NUMBER_OF_PARAM -> ErrorCode.INCORRECT_NUMBER_OF_PARAM;
          case INCORRECT_DATA_TYPE_PARAM -> ErrorCode.INCORRECT_DATA_TYPE_PARAM;
          case PARTICIPATING_FIELD_NOT_FOUND -> ErrorCode.PARTICIPATING_FIELD_NOT_FOUND;
          case DYNAMIC_EXPRESSION_LENGTH_EXCEEDED -> ErrorCode.DYNAMIC_EXPRESSION_LENGTH_EXCEEDED;
          case INVALID_DATA -> ErrorCode.INVALID_DATA;
        };
    ApiError error = code.error().at("expression", path);
    return switch (e.problem()) {
      case PARTICIPATING_FIELD_NOT_FOUND, INVALID_DATA ->
          error.message(String.valueOf(e.getMessage()));
      default -> error;
    };
  }
}
