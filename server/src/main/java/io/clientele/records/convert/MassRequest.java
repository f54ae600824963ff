package io.clientele.records.convert;

import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of the mass conversions. */
final class MassRequest {
  static final int MOST = 50;

  private static final List<String> ACTIVITIES = List.of("Tasks", "Events", "Calls");

  private final Metadata metadata;
  private final Module module;
  private final JsonNode body;

  MassRequest(Metadata metadata, Module module, JsonNode body) {
    this.metadata = metadata;
    this.module = module;
    this.body = body;
  }

  boolean isOfLeads() {
    return module.apiName().equals(LeadConversionMapping.LEADS);
  }

  /** The permission to convert many records of the module. */
  static String permission(Module module) {
    return Action.permission("Mass_Convert", module.apiName());
  }

  /** The ids of the records, each once. */
  List<Long> ids() {
    JsonNode list = body.path("ids");
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("ids", "$.ids");
    }
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("ids", "$.ids");
    }
    if (list.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("ids", "$.ids");
    }
    if (list.size() > MOST) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", MOST)
          .with("limit_due_to", List.of(Map.of("api_name", "ids", "json_path", "$.ids")))
          .message("Limit exceeded for mass convert");
    }
    var ids = new ArrayList<Long>();
    for (JsonNode id : list) {
      int place = ids.size();
      boolean digits = id.isIntegralNumber() || id.isString() && id.asString().matches("\\d+");
      if (!digits) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "long")
            .at("ids", "$.ids[" + place + "]");
      }
      ids.add(PathId.parse(id.asString()).orElseThrow(() -> unknown(place)));
    }
    return ids;
  }

  /** One of the ids names no record. */
  static ApiError unknown(int place) {
    return ErrorCode.INVALID_DATA.error().at("ids", "$.ids[" + place + "]");
  }

  LeadRequest ofLeads() {
    flag("apply_assignment_threshold");
    portal();
    ObjectNode options = body.deepCopy().asObject();
    options.remove(List.of("Accounts", "Contacts", "carry_over_tags", "assign_to"));
    checkDeal();
    LeadRequest request = new LeadRequestReader(metadata, "$").read(options);
    return new LeadRequest(
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        assignTo("Given assignee param does not match", "id", "$.assignee.id"),
        request.deal(),
        request.contactRole(),
        tags(),
        request.attachments(),
        related(ModuleReference.OF_LEADS));
  }

  /** Of a deal only its name is required of all; the rest says the new record. */
  private void checkDeal() {
    JsonNode deal = body.path("Deals");
    if (deal.isObject()) {
      for (String name : List.of("Deal_Name", "Stage", "Closing_Date")) {
        JsonNode value = deal.path(name);
        if (value.isMissingNode() || value.isNull() || value.asString("x").isBlank()) {
          throw ErrorCode.MANDATORY_NOT_FOUND
              .error()
              .message("required field missing")
              .at(name, "$.Deals." + name);
        }
      }
    }
  }

  InventoryRequest ofInventory() {
    InventoryRequest one = InventoryRequest.read(metadata, module, body, "$", false);
    return new InventoryRequest(
        one.target(),
        one.carryOverTags(),
        assignTo("the id given seems to be invalid", "assign_to", "$.assign_to.id"),
        related(ModuleReference.OF_INVENTORY));
  }

  private void flag(String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw ErrorCode.INVALID_DATA.error().at(name, "$." + name);
    }
  }

  /** There are no portals yet, so no type of their users. */
  private void portal() {
    if (body.hasNonNull("portal_user_type")) {
      throw ErrorCode.INVALID_DATA.error().at("id", "$.portal_user_type.id");
    }
  }

  private Optional<Long> assignTo(String message, String name, String path) {
    JsonNode given = body.path("assign_to");
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        PathId.parse(given.path("id").asString(""))
            .filter(
                id ->
                    Optional.ofNullable(metadata.userName(id)).filter(UserName::active).isPresent())
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().message(message).at(name, path)));
  }

  private Map<String, List<String>> tags() {
    var tags = new LinkedHashMap<String, List<String>>();
    for (Module one :
        modules("carry_over_tags", ModuleReference.OF_LEADS, LeadConversionMapping.MODULES)) {
      tags.put(one.apiName(), List.of());
    }
    return tags;
  }

  private List<String> related(ModuleReference reference) {
    return modules("related_modules", reference, ACTIVITIES).stream().map(Module::apiName).toList();
  }

  private List<Module> modules(String name, ModuleReference reference, List<String> allowed) {
    JsonNode list = body.path(name);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(name, "$." + name);
    }
    if (list.size() > allowed.size()) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", allowed.size()).at(name, "$." + name);
    }
    var modules = new ArrayList<Module>();
    for (JsonNode item : list) {
      String path = "$." + name + "[" + modules.size() + "]";
      modules.add(reference.read(metadata, item, name, path, allowed));
    }
    return modules;
  }
}
