package io.clientele.imports;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What another server's API tells of its org, as a file for {@code clientele apply}. */
final class ServerShape {
  private static final String V8 = "/crm/v8/";
  private static final String NAME = "api_name";
  private static final Set<String> WITH_LENGTH =
      Set.of(
          "text",
          "email",
          "phone",
          "website",
          "integer",
          "bigint",
          "double",
          "currency",
          "percent",
          "fileupload",
          "imageupload");
  private static final Set<String> WITH_DECIMALS =
      Set.of("double", "currency", "percent", "formula");
  private static final Set<String> PICK_LISTS = Set.of("picklist", "multiselectpicklist");
  private static final List<String> VALUE_KEYS =
      List.of("display_value", "actual_value", "colour_code");

  private final ApiClient api;
  private final ArrayNode modules;
  private final Map<String, JsonNode> fields = new HashMap<>();
  private final Map<String, JsonNode> layouts = new HashMap<>();

  ServerShape(ApiClient api) {
    this.api = api;
    modules = list(api.get(V8 + "settings/modules"), "modules");
  }

  private static ArrayNode list(JsonNode reply, String name) {
    return reply.path(name) instanceof ArrayNode array ? array : Json.MAPPER.createArrayNode();
  }

  /** All modules that the API answers for, as it tells of them. */
  List<JsonNode> modules() {
    return modules
        .valueStream()
        .filter(module -> module.path("api_supported").asBoolean(false))
        .toList();
  }

  JsonNode fields(String module) {
    return fields.computeIfAbsent(
        module, name -> settings("settings/fields?module=" + name, "fields"));
  }

  JsonNode layouts(String module) {
    return layouts.computeIfAbsent(
        module, name -> settings("settings/layouts?module=" + name, "layouts"));
  }

  /** None where the module has no such thing. */
  private JsonNode settings(String path, String name) {
    try {
      return list(api.get(V8 + path), name);
    } catch (ApiClient.Refused e) {
      return Json.MAPPER.createArrayNode();
    }
  }

  static String type(JsonNode module) {
    return module.path("generated_type").asString("default");
  }

  static boolean isInner(JsonNode module) {
    return switch (type(module)) {
      case "subform", "linking" -> true;
      default -> false;
    };
  }

  /** Roles, profiles, and modules with their fields, but for those that come with a field. */
  ObjectNode outer(Metadata here) {
    ObjectNode file = Json.MAPPER.createObjectNode();
    file.set("roles", roles());
    file.set("profiles", profiles(here));
    ArrayNode list = file.putArray("modules");
    for (JsonNode module : modules()) {
      String name = module.path(NAME).asString();
      boolean custom = type(module).equals("custom");
      if (!isInner(module) && (custom || here.find(name).filter(Module::hasTable).isPresent())) {
        ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, name);
        if (custom) {
          own(form, module);
        }
        fields(form, name, here);
        list.add(form);
      }
    }
    return file;
  }

  private ArrayNode roles() {
    ArrayNode forms = Json.MAPPER.createArrayNode();
    for (JsonNode role : settings("settings/roles", "roles")) {
      ObjectNode form = forms.addObject().put("name", role.path("name").asString());
      if (role.path("reporting_to").isObject()) {
        form.put("reporting_to", role.path("reporting_to").path("name").asString());
      }
      form.put("share_with_peers", role.path("share_with_peers").asBoolean(false));
    }
    return forms;
  }

  private ArrayNode profiles(Metadata here) {
    ArrayNode forms = Json.MAPPER.createArrayNode();
    Map<String, Boolean> standard = standardPermissions(here);
    for (JsonNode profile : settings("settings/profiles", "profiles")) {
      if (profile.path("custom").asBoolean(false)) {
        ObjectNode form = forms.addObject().put("name", profile.path("name").asString());
        if (profile.path("description").isString()) {
          form.set("description", profile.path("description"));
        }
        form.put("base", "Standard");
        ArrayNode enabled = form.putArray("enabled");
        ArrayNode disabled = form.putArray("disabled");
        String path = "settings/profiles/" + profile.path("id").asString();
        for (JsonNode permission : settings(path, "profiles").path(0).path("permissions_details")) {
          String name = permission.path("name").asString("");
          boolean gives = permission.path("enabled").asBoolean(true);
          if (standard.getOrDefault(name, gives) != gives) {
            (gives ? enabled : disabled).add(name);
          }
        }
      }
    }
    return forms;
  }

  private static Map<String, Boolean> standardPermissions(Metadata here) {
    var given = new HashMap<String, Boolean>();
    for (Setting profile : here.settings("profile")) {
      if (profile.apiName().equals("Standard")) {
        profile
            .body()
            .path("permissions_details")
            .forEach(
                one -> given.put(one.path("name").asString(), one.path("enabled").asBoolean(true)));
      }
    }
    return given;
  }

  private void own(ObjectNode form, JsonNode module) {
    form.set("singular_label", module.path("singular_label"));
    form.set("plural_label", module.path("plural_label"));
    ArrayNode profiles = form.putArray("profiles");
    module.path("profiles").forEach(profile -> profiles.add(profile.path("name")));
    for (JsonNode field : fields(module.path(NAME).asString())) {
      if (isDisplay(field)) {
        ObjectNode display = form.putObject("display_field");
        display.set("field_label", field.path("field_label"));
        display.set("data_type", field.path("data_type"));
        if (field.path("data_type").asString("").equals("autonumber")) {
          display.set("auto_number", number(field));
        }
      }
    }
  }

  private static boolean isDisplay(JsonNode field) {
    return field.path("display_field").asBoolean(false)
        || field.path(NAME).asString().equals("Name");
  }

  /** Fields of their own, and pick lists of the standard ones whose values differ. */
  private void fields(ObjectNode form, String module, Metadata here) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    Optional<Module> target = here.find(form.path(NAME).asString());
    for (JsonNode field : fields(module)) {
      if (field.path("custom_field").asBoolean(false) && !isDisplay(field)) {
        list.add(field(field));
      } else if (PICK_LISTS.contains(field.path("data_type").asString(""))) {
        target
            .flatMap(found -> found.field(field.path(NAME).asString()))
            .flatMap(found -> values(field, found))
            .ifPresent(list::add);
      }
    }
    if (!list.isEmpty()) {
      form.set("fields", list);
    }
  }

  private static Optional<ObjectNode> values(JsonNode field, Field here) {
    List<String> theirs =
        field
            .path("pick_list_values")
            .valueStream()
            .map(value -> value.path("actual_value").asString(""))
            .toList();
    boolean hasStages = here.apiName().equals("Pipeline") || here.apiName().equals("Stage");
    if (theirs.isEmpty() || hasStages || theirs.equals(here.pickListValues())) {
      return Optional.empty();
    }
    ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, here.apiName());
    form.set("pick_list_values", values(field));
    return Optional.of(form);
  }

  private static ArrayNode values(JsonNode field) {
    ArrayNode values = Json.MAPPER.createArrayNode();
    for (JsonNode value : field.path("pick_list_values")) {
      if (value.path("type").asString("used").equals("used")) {
        ObjectNode form = values.addObject();
        VALUE_KEYS.stream().filter(value::hasNonNull).forEach(key -> form.set(key, value.get(key)));
      }
    }
    return values;
  }

  private static ObjectNode field(JsonNode field) {
    String type = field.path("data_type").asString("");
    ObjectNode form = Json.MAPPER.createObjectNode();
    copy(field, form, NAME, "field_label", "data_type", "tooltip", "external");
    if (WITH_LENGTH.contains(type)) {
      copy(field, form, "length");
    }
    if (WITH_DECIMALS.contains(type)) {
      copy(field, form, "decimal_place");
    }
    if (field.path("unique").path("casesensitive").isValueNode()) {
      form.putObject("unique")
          .put(
              "case_sensitive",
              field.path("unique").path("casesensitive").asString("").equals("true"));
    }
    if (field.path("private").path("type").isString()) {
      form.putObject("private").set("type", field.path("private").path("type"));
    }
    if (field.path("default_value").isValueNode() && !field.path("default_value").isNull()) {
      form.set("default_value", field.path("default_value"));
    }
    switch (type) {
      case "picklist", "multiselectpicklist" -> form.set("pick_list_values", values(field));
      case "textarea" -> {
        if (field.path("textarea").path("type").isString()) {
          form.putObject("textarea").set("type", field.path("textarea").path("type"));
        }
      }
      case "autonumber" -> form.set("auto_number", number(field));
      case "formula", "rollup_summary" -> {
        copy(field, form, type);
        form.remove("default_value");
      }
      case "lookup" -> lookup(field, form);
      case "multiselectlookup", "multiuserlookup" -> linked(field, form, type);
      default -> {}
    }
    return form;
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      JsonNode value = from.path(name);
      boolean nothing =
          value.isMissingNode() || value.isNull() || value.isObject() && value.isEmpty();
      if (!nothing) {
        to.set(name, value);
      }
    }
  }

  private static ObjectNode number(JsonNode field) {
    ObjectNode number = Json.MAPPER.createObjectNode();
    copy(field.path("auto_number"), number, "prefix", "start_number", "suffix");
    return number;
  }

  private static void lookup(JsonNode field, ObjectNode form) {
    JsonNode lookup = field.path("lookup");
    ObjectNode inner = form.putObject("lookup");
    inner.putObject("module").put(NAME, nameOf(lookup.path("module")));
    copy(lookup, inner, "display_label");
  }

  private static void linked(JsonNode field, ObjectNode form, String type) {
    JsonNode details = field.path(type);
    ObjectNode inner = form.putObject(type);
    JsonNode label = details.path("display_label");
    inner.set("display_label", label.isString() ? label : field.path("field_label"));
    inner
        .putObject("connected_details")
        .putObject("module")
        .put(NAME, nameOf(details.path("connected_details").path("module")));
  }

  static String nameOf(JsonNode module) {
    return module.isObject() ? module.path(NAME).asString("") : module.asString("");
  }

  /** Fields of subforms and links, layouts and tags: what needs the fields of {@link #outer}. */
  ObjectNode inner(Metadata here, Map<String, SourceModule> targets) {
    ObjectNode file = Json.MAPPER.createObjectNode();
    ArrayNode list = file.putArray("modules");
    for (JsonNode module : modules()) {
      String name = module.path(NAME).asString();
      Optional<Module> target =
          Optional.ofNullable(targets.get(name)).flatMap(found -> here.find(found.target()));
      if (target.isEmpty()) {
        continue;
      }
      ObjectNode form = Json.MAPPER.createObjectNode().put(NAME, target.get().apiName());
      if (isInner(module)) {
        fields(form, name, here);
      } else {
        layouts(form, name, target.get());
        tags(form, name);
      }
      if (form.size() > 1) {
        list.add(form);
      }
    }
    return file;
  }

  private void layouts(ObjectNode form, String module, Module target) {
    var forms = new ArrayList<ObjectNode>();
    for (JsonNode layout : layouts(module)) {
      boolean active = layout.path("status").asString("active").equals("active");
      boolean own =
          layout.path("generated_type").asString("").equals("custom")
              || layout.path("modified_time").isString();
      if (active && own && layout.path("sections").isArray()) {
        forms.add(layout(layout, target));
      }
    }
    if (!forms.isEmpty()) {
      forms.forEach(form.withArray("/layouts")::add);
    }
  }

  private static ObjectNode layout(JsonNode layout, Module target) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    String name = layout.path("name").asString();
    form.put(NAME, layout.path(NAME).asString(name)).put("name", name);
    ArrayNode sections = form.putArray("sections");
    for (JsonNode section : layout.path("sections")) {
      ObjectNode one = sections.addObject();
      copy(section, one, "display_label", NAME, "column_count", "tab_traversal");
      ArrayNode entries = one.putArray("fields");
      for (JsonNode field : section.path("fields")) {
        String fieldName = field.path(NAME).asString("");
        target
            .field(fieldName)
            .ifPresent(
                found ->
                    entries
                        .addObject()
                        .put(NAME, fieldName)
                        .put(
                            "required",
                            !found.mandatory() && field.path("required").asBoolean(false))
                        .put("read_only", field.path("read_only").asBoolean(false)));
      }
    }
    return form;
  }

  private void tags(ObjectNode form, String module) {
    for (JsonNode tag : settings("settings/tags?module=" + module, "tags")) {
      ObjectNode one = form.withArray("/tags").addObject();
      copy(tag, one, "name", "color_code");
    }
  }
}
