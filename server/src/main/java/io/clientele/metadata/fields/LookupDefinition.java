package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.StandardMetadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions of fields that point to other modules, and what must be there for them. */
final class LookupDefinition {
  private static final int LABEL = 50;

  private final MetadataChange change;
  private final Module module;
  private final Item item;

  LookupDefinition(MetadataChange change, Module module, Item item) {
    this.change = change;
    this.module = module;
    this.item = item;
  }

  /** One record of another module, which gets a related list of the records that point to it. */
  void lookup(ObjectNode definition) {
    JsonNode given = details("lookup");
    Module target = target(given.path("module"), item.at("lookup") + ".module");
    String label = label(given, "lookup");
    ObjectNode lookup = definition.putObject("lookup");
    lookup.put("module", target.apiName()).put("display_label", label);
    lookup.put("api_name", RelatedListName.free(change.metadata(), target, label));
    lookup.put(
        "revalidate_filter_during_edit",
        given.path("revalidate_filter_during_edit").asBoolean(false));
    new LookupFilter(change, target).check(given, item.at("lookup"));
    if (given.path("query_details").isObject()) {
      lookup.set("query_details", given.path("query_details"));
    }
    addRelatedList(
        target,
        lookup.path("api_name").asString(),
        label,
        module.apiName(),
        "custom_lookup",
        definition.path("api_name").asString());
  }

  void userLookup(ObjectNode definition) {
    JsonNode given = item.json().path("lookup");
    if (given.isObject()) {
      definition.set("lookup", given);
    }
  }

  /** Many records or users, each a row of a linking module that is made for the field. */
  void linked(ObjectNode definition, CustomFieldType type) {
    boolean users = type == CustomFieldType.MULTIUSERLOOKUP;
    JsonNode given = details(type.dataType());
    JsonNode named = given.path("connected_details").path("module");
    JsonNode connected = named.isMissingNode() ? given.path("connected_module") : named;
    String path = item.at(type.dataType()) + ".connected_details.module";
    String target = users ? "users" : target(connected, path).apiName();
    String fieldName = definition.path("api_name").asString();
    String own = singular(module);
    String other = own.equalsIgnoreCase(fieldName) ? fieldName + "_1" : fieldName;
    String linking = freeModule(module.apiName() + "_X_" + (users ? "Users" : target));
    ObjectNode file = (ObjectNode) StandardMetadata.read("linking_module.json");
    StandardMetadata.name(file, linking, linking.replace('_', ' '), linking.replace('_', ' '));
    file.withArray("fields")
        .addObject()
        .put("api_name", own)
        .put("field_label", own)
        .put("data_type", "lookup")
        .put("system_mandatory", true)
        .putObject("lookup")
        .put("module", module.apiName());
    ObjectNode connectedField = file.withArray("fields").addObject();
    connectedField
        .put("api_name", other)
        .put("field_label", other)
        .put("data_type", users ? "userlookup" : "lookup")
        .put("system_mandatory", true);
    if (!users) {
      connectedField.putObject("lookup").put("module", target);
    }
    file.putArray("links").add(own).add(other);
    file.put("scope", module.scopeWord());
    StandardMetadata.add(change, file);
    String label = given.path("display_label").asString(item.text("field_label"));
    ObjectNode details = definition.putObject(type.dataType());
    details.put("display_label", label);
    details.put("api_name", fieldName);
    details
        .putObject("linking_details")
        .put("module", linking)
        .put("lookup_field", own)
        .put("connected_lookup_field", other);
    details.putObject("connected_details").put("module", target);
    details.put("record_access", given.path("record_access").asBoolean(false));
    if (!users) {
      Module connectedModule = change.metadata().get(target);
      String list = RelatedListName.free(change.metadata(), connectedModule, label);
      addRelatedList(connectedModule, list, label, linking, "multiselectlookup", other);
    }
  }

  /** Rows of a module that is made for the field. */
  void subform(ObjectNode definition) {
    String name = freeModule(definition.path("api_name").asString());
    ObjectNode file = (ObjectNode) StandardMetadata.read("subform_module.json");
    StandardMetadata.name(file, name, item.text("field_label"), item.text("field_label"));
    ((ObjectNode) file.get("module")).putObject("parent_module").put("api_name", module.apiName());
    for (JsonNode field : file.path("fields")) {
      if (field.path("api_name").asString().equals("Parent_Id")) {
        ((ObjectNode) field).putObject("lookup").put("module", module.apiName());
      }
    }
    file.put("scope", module.scopeWord());
    StandardMetadata.add(change, file);
    definition.putObject("associated_module").put("module", name);
  }

  private JsonNode details(String name) {
    JsonNode given = item.json().path(name);
    if (given.isMissingNode() || given.isNull()) {
      throw FieldShape.missing(item, name);
    }
    if (!given.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, item.at(name));
    }
    return given;
  }

  private Module target(JsonNode given, String path) {
    String name = given.isObject() ? given.path("api_name").asString("") : given.asString("");
    String id = given.path("id").asString("");
    if (name.isEmpty() && id.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("module", path);
    }
    ApiError invalid = ErrorCode.INVALID_DATA.error().at("module", path);
    return change.metadata().modules().stream()
        .filter(one -> one.apiName().equalsIgnoreCase(name) || Long.toString(one.id()).equals(id))
        .filter(one -> one.hasTable() && one.apiSupported())
        .findFirst()
        .orElseThrow(() -> invalid);
  }

  private String label(JsonNode given, String name) {
    String label = given.path("display_label").asString("");
    if (label.isBlank()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .at("display_label", item.at(name) + ".display_label");
    }
    if (label.length() > LABEL) {
      throw ErrorCode.INVALID_DATA
          .with("maximum_length", LABEL)
          .at("display_label", item.at(name) + ".display_label");
    }
    return label;
  }

  private String singular(Module of) {
    String label = of.definition().path("module").path("singular_label").asString(of.apiName());
    String name = label.replaceAll("[^A-Za-z0-9]+", "_");
    return name.matches("[A-Za-z].*") ? name : of.apiName();
  }

  private String freeModule(String name) {
    String candidate = name;
    for (int number = 1; change.metadata().find(candidate).isPresent(); number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private void addRelatedList(
      Module target, String apiName, String label, String from, String type, String via) {
    RelatedListName.insert(change, target, apiName, label, from, type, via);
  }
}
