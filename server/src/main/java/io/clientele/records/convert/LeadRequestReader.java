package io.clientele.records.convert;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of Convert Lead. */
final class LeadRequestReader {
  private static final List<String> FLAGS =
      List.of(
          "overwrite",
          "notify_lead_owner",
          "notify_new_entity_owner",
          "add_to_existing_record",
          "apply_assignment_threshold");

  /** Beside what deals require anyway; the pipeline is the default one when it is left out. */
  private static final List<String> OF_DEALS = List.of("Deal_Name", "Stage", "Closing_Date");

  private final Metadata metadata;
  private final String path;

  /**
   * @param path where the options stand, such as {@code $.data[0]}
   */
  LeadRequestReader(Metadata metadata, String path) {
    this.metadata = metadata;
    this.path = path;
  }

  LeadRequest read(ObjectNode options) {
    for (String flag : FLAGS) {
      JsonNode value = options.path(flag);
      if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "boolean")
            .at(flag, path + "." + flag);
      }
    }
    Optional<ObjectNode> deal = deal(options.path("Deals"));
    Optional<Long> role = deal.flatMap(this::contactRole);
    Optional<String> attachments =
        attachments(options.path("move_attachments_to"))
            .or(() -> deal.filter(LeadRequestReader::takesAttachments).map(found -> "Deals"));
    deal.ifPresent(found -> found.remove("$move_attachments"));
    return new LeadRequest(
        options.path("overwrite").asBoolean(false),
        options.path("add_to_existing_record").asBoolean(false),
        id(options, "Accounts"),
        id(options, "Contacts"),
        assignTo(options),
        deal,
        role,
        tags(options.path("carry_over_tags")),
        attachments,
        List.of());
  }

  /** A record or user by its id, bare or in an object. */
  private Optional<Long> id(ObjectNode options, String name) {
    JsonNode value = options.path(name);
    if (value.isMissingNode() || value.isNull() || value.isObject() && value.isEmpty()) {
      return Optional.empty();
    }
    JsonNode id = value.isObject() ? value.path("id") : value;
    String at = path + "." + name + (value.isObject() ? ".id" : "");
    if (value.isObject() && (id.isMissingNode() || id.isNull())) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", at);
    }
    if (!id.isString() && !id.isIntegralNumber()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, at);
    }
    return Optional.of(PathId.parse(id.asString()).orElseThrow(() -> invalidId(name, at)));
  }

  static ApiError invalidId(String name, String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at(name, path);
  }

  private Optional<Long> assignTo(ObjectNode options) {
    Optional<Long> id = id(options, "assign_to");
    id.ifPresent(
        found -> {
          UserName user = metadata.userName(found);
          if (user == null || !user.active()) {
            throw invalidId("assign_to", path + ".assign_to.id");
          }
        });
    return id;
  }

  /** Its errors say where the values stand in the new record, as the pages' examples do. */
  private Optional<ObjectNode> deal(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    if (!(given instanceof ObjectNode values)) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("Deals", path + ".Deals");
    }
    ObjectNode deal = values.deepCopy();
    for (String name : OF_DEALS) {
      JsonNode value = deal.path(name);
      if (value.isMissingNode() || value.isNull() || value.asString("x").isBlank()) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path + "." + name);
      }
    }
    checkStage(deal);
    return Optional.of(deal);
  }

  private void checkStage(ObjectNode deal) {
    Module deals = metadata.get("Deals");
    Optional<Pipeline> pipeline = Pipelines.of(deals).named(deal.path("Pipeline").asString(""));
    String given = deal.path("Stage").asString("");
    Optional<String> stage =
        deals
            .field("Stage")
            .map(field -> Optional.ofNullable(field.pickListValue(given)).orElse(given));
    if (pipeline.isPresent()
        && stage.isPresent()
        && deals.field("Stage").orElseThrow().pickListValues().contains(stage.get())
        && !pipeline.get().stages().contains(stage.get())) {
      throw ErrorCode.MAPPING_MISMATCH
          .with("mapped_field", "Pipeline")
          .at("Stage", path + ".Stage")
          .message("Pipeline doesn't contain the Stage");
    }
  }

  private Optional<Long> contactRole(ObjectNode deal) {
    JsonNode role = deal.remove("Contact_Role");
    if (role == null || role.isNull()) {
      return Optional.empty();
    }
    JsonNode id = role.isObject() ? role.path("id") : role;
    return Optional.of(
        PathId.parse(id.asString(""))
            .filter(found -> metadata.setting("contact_role", found).isPresent())
            .orElseThrow(() -> invalidId("Contact_Role", path + ".Contact_Role")));
  }

  private static boolean takesAttachments(ObjectNode deal) {
    return deal.path("$move_attachments").asBoolean(false);
  }

  private Optional<String> attachments(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        ModuleReference.OF_LEADS
            .read(
                metadata,
                given,
                "move_attachments_to",
                path + ".move_attachments_to",
                LeadConversionMapping.MODULES)
            .apiName());
  }

  /** A list names tags; an object stands for all that the lead has. */
  private Map<String, List<String>> tags(JsonNode given) {
    var tags = new LinkedHashMap<String, List<String>>();
    String at = path + ".carry_over_tags";
    if (given.isMissingNode() || given.isNull()) {
      return tags;
    }
    if (!given.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("carry_over_tags", at);
    }
    for (String module : LeadConversionMapping.MODULES) {
      JsonNode list = given.path(module);
      if (list.isObject()) {
        tags.put(module, List.of());
      } else if (list.isArray()) {
        if (!list.isEmpty()) {
          tags.put(module, names(list, module, at + "." + module));
        }
      } else if (!list.isMissingNode() && !list.isNull()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "jsonarray")
            .at(module, at + "." + module);
      }
    }
    return tags;
  }

  private static List<String> names(JsonNode list, String module, String path) {
    var names = new ArrayList<String>();
    for (JsonNode item : list) {
      JsonNode name = item.isObject() ? item.path("name") : item;
      if (!name.isString() || name.asString().isBlank()) {
        throw ErrorCode.INVALID_DATA
            .with("expected_data_type", "text")
            .at(module, path + "[" + names.size() + "]");
      }
      names.add(name.asString());
    }
    return names;
  }
}
