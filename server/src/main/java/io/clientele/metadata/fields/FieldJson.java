package io.clientele.metadata.fields;

import io.clientele.http.ApiVersion;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.FieldDefaults;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The wire shape of a field: what was said of it, and for the rest the defaults of its type. */
public final class FieldJson {
  /** Keys whose values stand in the definition as the wire has them. */
  private static final List<String> COPIED =
      List.of(
          "webhook",
          "operation_type",
          "colour_code_enabled_by_system",
          "field_label",
          "tooltip",
          "display_format_properties",
          "type",
          "field_read_only",
          "customizable_properties",
          "read_only",
          "association_details",
          "businesscard_supported",
          "filterable",
          "visible",
          "view_type",
          "separator",
          "searchable",
          "history_tracking_enabled",
          "external",
          "api_name",
          "parent_field",
          "unique",
          "enable_colour_code",
          "child_fields",
          "system_mandatory",
          "private",
          "virtual_field",
          "crypt",
          "range",
          "created_source",
          "display_type",
          "ui_type",
          "public",
          "email_parser",
          "currency",
          "custom_field",
          "hipaa_compliance",
          "convert_mapping",
          "address",
          "rollup_summary",
          "formula",
          "length",
          "display_field",
          "pick_list_values_sorted_lexically",
          "sortable",
          "global_picklist",
          "display_format",
          "additional_column",
          "hipaa_compliance_enabled",
          "decimal_place",
          "mass_update",
          "auto_number",
          "blueprint_supported");

  /** Keys that only some fields have. */
  private static final List<String> OPTIONAL =
      List.of("quick_sequence_number", "textarea", "sharing_properties", "static_field");

  /** Keys that a layout may tell of a field of its own. */
  private static final List<String> BY_LAYOUT = List.of("read_only", "association_details");

  private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

  private FieldJson() {}

  /** Writes the keys of {@code field}. */
  public static void write(Keys keys, Reader reader, Module module, Field field) {
    write(keys, reader, module, field, null);
  }

  /** Writes the keys of {@code field} as {@code layout} has it. */
  public static void write(
      Keys keys, Reader reader, Module module, Field field, @Nullable Layout layout) {
    JsonNode own = layout == null ? NOTHING : layout.entry(field.apiName());
    keys.id("id", field.id());
    keys.text("display_label", value(field, "field_label").asString(""));
    for (String name : COPIED) {
      boolean told = BY_LAYOUT.contains(name) && own.has(name);
      keys.node(name, told ? own.path(name) : value(field, name));
    }
    for (String name : OPTIONAL) {
      JsonNode value = value(field, name);
      if (!value.isMissingNode()) {
        keys.node(name, value);
      }
    }
    keys.text("data_type", dataType(field, reader.version()));
    keys.text("json_type", jsonType(field));
    keys.text("column_name", field.column().toUpperCase(Locale.ROOT));
    times(keys, reader, module, field);
    profiles(keys, reader, field);
    keys.array("layout_associations", layoutsWith(module, field), FieldJson::layout);
    historyTracking(keys, reader, field);
    keys.array("pick_list_values", PickListJson.values(field, layout), PickListJson::write);
    new LookupJson(reader, module, field).write(keys);
  }

  /** What the definition says of {@code name}, or else the type's default. */
  public static JsonNode value(Field field, String name) {
    JsonNode said = field.definition().path(name);
    return said.isMissingNode() ? FieldDefaults.of(field.dataType()).path(name) : said;
  }

  private static String dataType(Field field, ApiVersion version) {
    boolean old = !version.atLeast(ApiVersion.V3);
    return old && field.dataType().equals("multi_module_lookup")
        ? "multimodulelookup"
        : field.dataType();
  }

  /** A computed field has the JSON type of what it returns. */
  private static String jsonType(Field field) {
    return switch (field.dataType()) {
      case "formula", "rollup_summary" -> field.type().jsonType();
      default -> value(field, "json_type").asString(field.type().jsonType());
    };
  }

  /** Standard fields were never created and are modified only when a user changed them. */
  private static void times(Keys keys, Reader reader, Module module, Field field) {
    if (!value(field, "custom_field").asBoolean(false)
        && field.modifiedTime().equals(module.modifiedTime())) {
      keys.none("created_time").none("modified_time");
      return;
    }
    Setting setting = reader.metadata().setting("field", field.id()).orElseThrow();
    boolean custom = value(field, "custom_field").asBoolean(false);
    References.time(keys, "created_time", custom ? setting.createdTime() : null, reader.zone());
    References.time(
        keys,
        "modified_time",
        custom ? setting.modifiedTime() : References.modified(setting),
        reader.zone());
  }

  /** Who may see and change the field: every profile, unless the field says otherwise. */
  private static void profiles(Keys keys, Reader reader, Field field) {
    JsonNode permissions = field.definition().path("profile_permissions");
    keys.array(
        "profiles",
        reader.metadata().settings("profile"),
        (profile, setting) ->
            profile
                .text(
                    "permission_type",
                    permissions.path(Long.toString(setting.id())).asString("read_write"))
                .text("name", setting.body().path("name").asString(setting.apiName()))
                .id("id", setting.id()));
  }

  static List<Layout> layoutsWith(Module module, Field field) {
    return module.layouts().stream()
        .filter(layout -> layout.fields().contains(field.apiName()))
        .toList();
  }

  static void layout(Keys keys, Layout layout) {
    keys.text("api_name", layout.definition().path("api_name").asString(layout.name()))
        .text("name", layout.name())
        .id("id", layout.id());
  }

  /** A boolean up to v2; from v2.1 on what is tracked, or null. */
  private static void historyTracking(Keys keys, Reader reader, Field field) {
    JsonNode tracking = value(field, "history_tracking");
    if (reader.version().atLeast(ApiVersion.V2_1)) {
      keys.node("history_tracking", tracking);
    } else {
      keys.flag("history_tracking", tracking.isObject());
    }
  }
}
