package io.clientele.metadata.modules;

import io.clientele.access.ModuleProfiles;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.StandardMetadata;
import io.clientele.metadata.fields.AutoNumber;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * POST /settings/modules: a custom module with the fields, the layout, the related lists and the
 * views that every one has. Reference: Create Custom Module.
 */
public final class CreateModule {
  private static final int CUSTOM_MODULES = 500;
  private static final int AFFIX = 50;

  /** Names that mean something else in paths. Reference: Create Custom Module. */
  private static final Set<String> RESERVED =
      Set.of(
          "customtab",
          "custommodule",
          "fileupload",
          "imageupload",
          "general",
          "approvals",
          "salesinbox",
          "unsubscribe",
          "checklists",
          "blueprints",
          "consentform",
          "datarequest",
          "organization",
          "zsurvey",
          "role",
          "roles",
          "profile",
          "profiles",
          "settings",
          "signals",
          "status",
          "chronologicalview",
          "shifthours",
          "mailchimp",
          "org",
          "users",
          "actions",
          "coql",
          "files",
          "composite_requests",
          "features",
          "photo",
          "activities",
          "notes",
          "bulk",
          "functions",
          "send_mail",
          "share");

  private final MetadataChange change;
  private final Item item;

  private CreateModule(MetadataChange change, Item item) {
    this.change = change;
    this.item = item;
  }

  /** Adds the module that {@code item} describes. */
  public static Done create(MetadataChange change, Item item) {
    return Done.of("module created successfully", new CreateModule(change, item).create());
  }

  private long create() {
    item.require("plural_label").require("singular_label");
    refuseTeams(item.json());
    if (!item.has("profiles")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("profiles", item.at("profiles"));
    }
    ModuleShape.check(item);
    Shape.empty().oneOf("access_type", "org_based").check(item);
    ModuleShape.checkLabel(change, item, "singular_label", 0);
    ModuleShape.checkLabel(change, item, "plural_label", 0);
    long custom =
        change.metadata().modules().stream()
            .filter(module -> module.generatedType().equals("custom"))
            .count();
    if (custom >= CUSTOM_MODULES) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", CUSTOM_MODULES);
    }
    String apiName = apiName();
    ObjectNode file = template(apiName);
    Set<Long> profiles = ModuleShape.profiles(change, item, List.of());
    ((ObjectNode) file.get("module"))
        .put("sequence_number", change.metadata().settings("module").size() + 1);
    nameField(file);
    long id = StandardMetadata.add(change, file);
    ModuleProfiles.add(change, change.metadata().get(apiName), profiles);
    List.of("Notes", "Attachments").forEach(module -> open(module, "Parent_Id", apiName));
    change.metadata().modules().stream()
        .filter(module -> module.field("What_Id").isPresent())
        .map(Module::apiName)
        .toList()
        .forEach(module -> open(module, "What_Id", apiName));
    return id;
  }

  /** Lets a lookup to records of several modules name those of the new one too. */
  private void open(String module, String field, String apiName) {
    long id = change.metadata().get(module).field(field).orElseThrow().id();
    Setting known = change.metadata().setting("field", id).orElseThrow();
    ObjectNode body = known.copy();
    body.withArray("/modules").add(apiName);
    change.update(known, body);
  }

  /**
   * There are no teams, so nobody may make a module for one.
   *
   * @throws io.clientele.error.ApiError NO_PERMISSION, about the call as a whole
   */
  static void refuseTeams(JsonNode module) {
    if (module.path("access_type").asString("").equals("team_based")) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of("Crm_Implied_Create_Team_Module"));
    }
  }

  /** The name a client chose, or one made of the plural label. */
  private String apiName() {
    if (!item.json().has("api_name")) {
      return free(item.text("plural_label").replaceAll("[^A-Za-z0-9]+", "_"));
    }
    String name = item.text("api_name").strip().replace(' ', '_');
    if (!name.matches("[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")) {
      throw item.invalid("api_name");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw ErrorCode.RESERVED_KEYWORD_NOT_ALLOWED.error().at("api_name", item.at("api_name"));
    }
    if (change.metadata().find(name).isPresent()) {
      throw ErrorCode.DUPLICATE_DATA.error().at("api_name", item.at("api_name"));
    }
    return name;
  }

  private String free(String label) {
    String trimmed = label.replaceAll("^[_0-9]+|_+$", "");
    String name = trimmed.isEmpty() ? "Custom" : trimmed;
    String candidate = name;
    for (int number = 1;
        RESERVED.contains(candidate.toLowerCase(Locale.ROOT))
            || change.metadata().find(candidate).isPresent();
        number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private ObjectNode template(String apiName) {
    String singular = item.text("singular_label").strip();
    String plural = item.text("plural_label").strip();
    String text =
        Json.MAPPER
            .writeValueAsString(StandardMetadata.read("custom_module.json"))
            .replace("{api_name}", apiName)
            .replace("{singular}", singular)
            .replace("{plural}", plural);
    ObjectNode file = (ObjectNode) Json.MAPPER.readTree(text);
    StandardMetadata.name(file, apiName, singular, plural);
    return file;
  }

  /** The field Name: a text with a label of its own, or a number. */
  private void nameField(ObjectNode file) {
    JsonNode given = item.json().path("display_field");
    String label = given.path("field_label").asString("");
    String type = given.path("data_type").asString("text");
    String path = item.at("display_field");
    if (given.isMissingNode() || given.isNull()) {
      label = item.text("singular_label").strip() + " Name";
    } else if (!given.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("display_field", path);
    } else if (!given.has("field_label") && !given.has("data_type")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields",
          List.of(
              Map.of("api_name", "field_label", "json_path", path + ".field_label"),
              Map.of("api_name", "data_type", "json_path", path + ".data_type")));
    }
    if (label.length() > ModuleShape.LABEL) {
      throw ErrorCode.INVALID_DATA
          .with("maximum_length", ModuleShape.LABEL)
          .at("field_label", path + ".field_label");
    }
    ObjectNode name = null;
    for (JsonNode field : file.path("fields")) {
      if (field.path("api_name").asString().equals("Name")) {
        name = (ObjectNode) field;
      }
    }
    if (name == null) {
      throw new IllegalStateException("the template has no field Name");
    }
    if (!label.isBlank()) {
      name.put("field_label", label);
    }
    switch (type) {
      case "text" -> {}
      case "autonumber" -> number(name, given);
      default ->
          throw ErrorCode.INVALID_DATA
              .with("supported_values", List.of("text", "autonumber"))
              .at("data_type", path + ".data_type");
    }
  }

  private void number(ObjectNode name, JsonNode given) {
    JsonNode number = given.path("auto_number");
    String path = item.at("display_field") + ".auto_number";
    if (!number.isObject()) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .error()
          .message("autonumber data is not found")
          .at("auto_number", item.at("auto_number"));
    }
    long start = AutoNumber.start(number, path);
    for (String affix : List.of("prefix", "suffix")) {
      JsonNode text = number.path(affix);
      boolean absent = text.isMissingNode() || text.isNull();
      if (!absent && !text.asString("").matches("[A-Za-z0-9_ -]{0," + AFFIX + "}")) {
        throw ErrorCode.INVALID_DATA.error().at(affix, path + "." + affix);
      }
    }
    name.put("data_type", "autonumber").put("system_mandatory", false);
    name.putObject("auto_number")
        .put("start_number", start)
        .put("prefix", number.path("prefix").asString(""))
        .put("suffix", number.path("suffix").asString(""));
  }
}
