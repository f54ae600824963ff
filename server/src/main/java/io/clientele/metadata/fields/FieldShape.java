package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.fields.CustomFieldType.Allows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys that a client gives a custom field, and the rules between them that need no other field.
 * Reference: Create Custom Fields, Update Custom Fields.
 */
final class FieldShape {
  private static final int LABEL = 50;
  private static final int STATIC_TEXT = 35;
  private static final int INFO_ICON = 255;
  private static final int DECIMALS = 9;

  private static final Shape KEYS =
      Shape.empty()
          .text("field_label", LABEL)
          .text("api_name", LABEL)
          .integer("length", 1, 1_000_000_000)
          .integer("decimal_place", 0, DECIMALS)
          .object(
              "tooltip",
              Shape.empty()
                  .require("name", "value")
                  .oneOf("name", "static_text", "info_icon")
                  .text("value", INFO_ICON))
          .object("unique", Shape.empty().flag("case_sensitive"))
          .object("crypt", Shape.empty().require("mode").oneOf("mode", "encryption", "decryption"))
          .object(
              "external", Shape.empty().require("type").oneOf("type", "user", "org").flag("show"))
          .object("private", Shape.empty().require("type").oneOf("type", "Low", "High"))
          .object("textarea", Shape.empty().require("type"))
          .object(
              "currency",
              Shape.empty()
                  .oneOf("rounding_option", "normal", "round_off", "round_up", "round_down")
                  .integer("precision", 0, DECIMALS))
          .object("auto_number", Shape.empty().text("prefix", LABEL).text("suffix", LABEL))
          .object(
              "sharing_properties",
              Shape.empty()
                  .require("share_preference_enabled")
                  .flag("share_preference_enabled")
                  .oneOf("share_permission", "full-access", "read-write", "read-only"))
          .flag("hipaa_compliance_enabled")
          .flag("filterable")
          .flag("separator")
          .flag("number_separator")
          .flag("enable_colour_code")
          .flag("pick_list_values_sorted_lexically")
          .flag("history_tracking_enabled")
          .flag("_update_existing_records")
          .list(
              "profiles",
              Shape.empty()
                  .require("id")
                  .id("id")
                  .oneOf("permission_type", "read_write", "read_only", "hidden"));

  /** The keys that are kept as they came. */
  private static final List<String> KEPT =
      List.of(
          "field_label",
          "length",
          "decimal_place",
          "tooltip",
          "external",
          "textarea",
          "currency",
          "auto_number",
          "sharing_properties",
          "hipaa_compliance_enabled",
          "filterable",
          "separator",
          "number_separator",
          "enable_colour_code",
          "pick_list_values_sorted_lexically",
          "history_tracking_enabled",
          "history_tracking",
          "default_value");

  private FieldShape() {}

  /**
   * @throws ApiError the first key that is wrong
   */
  static void check(Item item, CustomFieldType type) {
    KEYS.check(item);
    checkLabel(item);
    checkLength(item, type);
    checkTooltip(item, type);
    checkFlags(item, type);
    checkDecimals(item, type);
  }

  /** Puts the keys that are kept as they came into {@code definition}; null takes one away. */
  static void copy(Item item, ObjectNode definition) {
    for (String name : KEPT) {
      if (item.has(name)) {
        definition.set(name, item.json().get(name));
      } else if (item.json().has(name)) {
        definition.remove(name);
      }
    }
    JsonNode unique = item.json().path("unique");
    if (unique.isObject()) {
      if (unique.has("_disable")) {
        definition.remove("unique");
      } else {
        String sensitive = Boolean.toString(unique.path("case_sensitive").asBoolean(false));
        definition.putObject("unique").put("casesensitive", sensitive);
      }
    }
    if (item.has("private")) {
      String sensitivity = item.json().path("private").path("type").asString();
      definition
          .putObject("private")
          .put("restricted", false)
          .put("type", sensitivity)
          .put("export", false);
    } else if (item.json().has("private")) {
      definition.remove("private");
    }
    if (item.has("crypt")) {
      if (item.json().path("crypt").path("mode").asString().equals("encryption")) {
        definition.putObject("crypt").put("mode", "encryption").put("status", 1);
      } else {
        definition.remove("crypt");
      }
    }
  }

  private static void checkLabel(Item item) {
    String label = item.text("field_label");
    if (!label.isEmpty() && !label.matches("[\\p{L}\\p{M}\\p{N} _.,:;?!%&()/'#+*@-]+")) {
      throw item.invalid("field_label")
          .message("Special characters have been found in the field label");
    }
  }

  private static void checkLength(Item item, CustomFieldType type) {
    int length = item.json().path("length").asInt(0);
    if (!item.has("length")) {
      return;
    }
    if (type.hasRange() && (length < type.minimum() || length > type.maximum())) {
      throw mismatch(item, "length", "data_type")
          .with("range", Map.of("from", type.minimum(), "to", type.maximum()));
    }
    if (!type.lengths().isEmpty() && !type.lengths().contains(length)) {
      throw mismatch(item, "length", "data_type").with("supported_values", type.lengths());
    }
  }

  private static void checkTooltip(Item item, CustomFieldType type) {
    JsonNode tooltip = item.json().path("tooltip");
    if (!tooltip.path("name").asString("").equals("static_text")) {
      return;
    }
    String at = item.at("tooltip");
    if (!type.allows(Allows.STATIC_TEXT)) {
      throw mismatch(item, "data_type", "name", at + ".name")
          .with("supported_values", List.of("info_icon"));
    }
    if (tooltip.path("value").asString().length() > STATIC_TEXT) {
      throw mismatch(item, "tooltip.name", "value", at + ".value")
          .with("maximum_length", STATIC_TEXT);
    }
  }

  private static void checkFlags(Item item, CustomFieldType type) {
    JsonNode unique = item.json().path("unique");
    if (unique.isObject() && !unique.has("_disable") && !type.allows(Allows.UNIQUE)) {
      throw notAllowed(item, "unique").message("Unique case is not allowed");
    }
    if (item.has("external") && !type.allows(Allows.EXTERNAL)) {
      throw notAllowed(item, "external");
    }
    boolean encrypted = item.json().path("crypt").path("mode").asString("").equals("encryption");
    if (encrypted && !type.allows(Allows.ENCRYPTION)) {
      throw ErrorCode.NOT_SUPPORTED
          .error()
          .status(400)
          .message("Encryptions is not supported for the requested data type")
          .at("crypt", item.at("crypt"));
    }
    boolean unfilterable =
        switch (type) {
          case IMAGEUPLOAD, FILEUPLOAD, TEXTAREA -> true;
          default -> false;
        };
    if (unfilterable && item.has("filterable")) {
      throw notAllowed(item, "filterable");
    }
  }

  private static void checkDecimals(Item item, CustomFieldType type) {
    if (item.has("decimal_place") && !type.allows(Allows.DECIMALS)) {
      throw notAllowed(item, "decimal_place");
    }
    JsonNode precision = item.json().path("currency").path("precision");
    int places = item.json().path("decimal_place").asInt(DECIMALS);
    if (precision.isInt() && precision.asInt() > places) {
      throw mismatch(item, "decimal_place", "precision", item.at("currency") + ".precision")
          .with("range", Map.of("from", 0, "to", places));
    }
  }

  /** DEPENDENT_MISMATCH about a key whose values depend on another. */
  static ApiError mismatch(Item item, String name, String dependee) {
    return mismatch(item, dependee, name, item.at(name));
  }

  private static ApiError mismatch(Item item, String dependee, String name, String path) {
    String last = dependee.substring(dependee.lastIndexOf('.') + 1);
    return ErrorCode.DEPENDENT_MISMATCH
        .with("dependee", Map.of("api_name", last, "json_path", item.at(dependee)))
        .at(name, path);
  }

  /** DEPENDENT_FIELD_MISSING about a key that fields of this data type must have. */
  static ApiError missing(Item item, String name) {
    return ErrorCode.DEPENDENT_FIELD_MISSING
        .with("dependee", item.place("data_type"))
        .at(name, item.at(name));
  }

  static ApiError notAllowed(Item item, String name) {
    return ErrorCode.NOT_ALLOWED.error().status(400).at(name, item.at(name));
  }

  /** The length that a multi-line text of that type has. */
  static Optional<Integer> textareaLength(String type) {
    return switch (type) {
      case "small" -> Optional.of(2000);
      case "large" -> Optional.of(32000);
      case "rich_text" -> Optional.of(50000);
      default -> Optional.empty();
    };
  }
}
