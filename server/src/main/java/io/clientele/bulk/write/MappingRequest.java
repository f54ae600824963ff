package io.clientele.bulk.write;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.records.CellValues;
import io.clientele.records.FileLines;
import io.clientele.records.KeyedRecords;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which column goes into which field: as the client says, or as the header of the file does. */
final class MappingRequest {
  private static final int MOST = 200;
  private static final String LAYOUT = "Layout";
  private static final Set<String> UNSUPPORTED =
      Set.of("fileupload", "imageupload", "profileimage");

  private final Metadata metadata;
  private final Module module;
  private final JsonNode json;
  private final String path;
  private final List<String> header;
  private final long profileId;

  MappingRequest(Metadata metadata, ResourceRequest.Asked asked, List<String> header) {
    this.metadata = metadata;
    this.module = asked.module();
    this.json = asked.json().path("field_mappings");
    this.path = asked.path() + ".field_mappings";
    this.header = header;
    this.profileId = metadata.profileOf(asked.call().caller().userId()).map(Setting::id).orElse(0L);
  }

  /** The mappings as the job keeps them and replies show them. */
  ArrayNode check() {
    if (json.isMissingNode() || json.isNull() || (json.isArray() && json.isEmpty())) {
      return ofHeader();
    }
    if (!json.isArray()) {
      throw WriteRequest.wrongType("jsonarray", "field_mappings", path);
    }
    if (json.size() > MOST) {
      throw tooMany();
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    var names = new HashSet<String>();
    for (int i = 0; i < json.size(); i++) {
      String at = path + "[" + i + "]";
      if (!json.get(i).isObject()) {
        throw WriteRequest.wrongType("jsonobject", "field_mappings", at);
      }
      ObjectNode mapping = check(json.get(i), at);
      if (!names.add(mapping.path("api_name").asString())) {
        throw ErrorCode.DUPLICATE_DATA.error().at("api_name", at + ".api_name");
      }
      kept.add(mapping);
    }
    return kept;
  }

  private static ApiError tooMany() {
    return ErrorCode.HEADER_LIMIT_EXCEEDED.with("limit", MOST);
  }

  /** The header names fields, those of lookups with a dot and what the records are found by. */
  private ArrayNode ofHeader() {
    if (header.size() > MOST) {
      throw tooMany();
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String[] parts = header.get(i).split("\\.", 2);
      Optional<Field> field = module.field(parts[0]).filter(this::isWritable);
      String findBy = parts.length > 1 ? parts[1] : "";
      boolean usable =
          parts[0].equals(Mapping.ID)
              || field.isPresent() && (findBy.isEmpty() || isKey(field.get(), "", findBy));
      if (usable && names.add(parts[0])) {
        kept.add(Mapping.plain(parts[0], i, findBy));
      }
    }
    if (kept.isEmpty()) {
      throw ErrorCode.MANDATORY_FIELDS_NOT_MAPPED.error();
    }
    return kept;
  }

  private ObjectNode check(JsonNode sent, String at) {
    JsonNode named = sent.path("api_name");
    if (named.isMissingNode() || named.isNull()) {
      throw WriteRequest.missing("api_name", at + ".api_name");
    }
    String name = named.asString("");
    Optional<Field> field = module.field(name).filter(this::isWritable);
    if (field.isEmpty() && !name.equals(Mapping.ID)) {
      throw ErrorCode.INVALID_FIELD
          .error()
          .message("invalid mapping. invalid api_name " + name + ".")
          .at("api_name", at + ".api_name");
    }
    ObjectNode kept = Mapping.empty(name);
    boolean given = defaultValue(sent.path("default_value"), kept, at);
    index(sent.path("index"), "index", name, !given, header.size(), kept, at);
    field.ifPresent(found -> more(sent, found, kept, at));
    return kept;
  }

  private void more(JsonNode sent, Field field, ObjectNode kept, String at) {
    format(sent.path("format"), field, kept, at);
    String other = text(sent.path("module"), "module", kept, at);
    if (!other.isEmpty() && !field.modules().contains(other)) {
      throw ErrorCode.MODULE_NOT_AVAILABLE
          .error()
          .message("Requested module '" + other + "' is not available.");
    }
    String findBy = text(sent.path("find_by"), "find_by", kept, at);
    index(
        sent.path("parent_column_index"),
        "parent_column_index",
        field.apiName(),
        false,
        Integer.MAX_VALUE,
        kept,
        at);
    if (kept.path("parent_column_index").isInt()) {
      if (!findBy.isEmpty()) {
        throw ErrorCode.COEXISTENCE_NOT_ALLOWED.error().at("find_by", at + ".find_by");
      }
    } else if (!findBy.isEmpty() && !isKey(field, other, findBy)) {
      throw ErrorCode.INVALID_FIELD.error().at("find_by", at + ".find_by");
    }
  }

  /** Whether a lookup can find its records so; for other fields it says nothing. */
  private boolean isKey(Field field, String other, String findBy) {
    Optional<Module> parent = parent(field);
    boolean lookup = !field.modules().isEmpty() && field.stored().isPresent();
    if (parent.isEmpty() && !lookup || findBy.equals(Mapping.ID)) {
      return true;
    }
    return parent
        .or(() -> metadata.find(other.isEmpty() ? field.modules().getFirst() : other))
        .flatMap(found -> found.field(findBy))
        .filter(KeyedRecords::isKey)
        .isPresent();
  }

  private boolean isWritable(Field field) {
    return field.apiName().equals(LAYOUT)
        || isOfParent(field)
        || !field.readOnly()
            && !UNSUPPORTED.contains(field.dataType())
            && field.stored().isPresent()
            && field.permission(profileId) == Field.Permission.READ_WRITE;
  }

  /** What a row hangs on is told by a field that nobody else writes. */
  private boolean isOfParent(Field field) {
    return parent(field).isPresent();
  }

  private Optional<Module> parent(Field field) {
    return ResourceRequest.isChild(module)
        ? FileLines.parentOf(metadata, module, field.apiName()).map(FileLines.Parent::module)
        : Optional.empty();
  }

  private static boolean defaultValue(JsonNode sent, ObjectNode kept, String at) {
    if (sent.isMissingNode() || sent.isNull()) {
      return false;
    }
    if (!sent.isObject()) {
      throw WriteRequest.wrongType("jsonobject", "default_value", at + ".default_value");
    }
    if (!sent.hasNonNull("value")) {
      throw WriteRequest.missing("value", at + ".default_value.value");
    }
    kept.set("default_value", sent);
    return true;
  }

  private static void index(
      JsonNode sent,
      String key,
      String name,
      boolean needed,
      int columns,
      ObjectNode kept,
      String at) {
    if (sent.isMissingNode() || sent.isNull()) {
      if (needed) {
        throw WriteRequest.missing(key + " for field " + name, at + "." + key);
      }
      return;
    }
    if (!sent.isIntegralNumber()) {
      throw WriteRequest.wrongType("integer", key, at + "." + key);
    }
    if (!sent.canConvertToInt() || sent.asInt() < 0 || sent.asInt() >= columns) {
      throw ErrorCode.COLUMN_INDEX_NOT_FOUND.error().at(key, at + "." + key);
    }
    kept.put(key, sent.asInt());
  }

  private static String text(JsonNode sent, String key, ObjectNode kept, String at) {
    JsonNode value = sent.isObject() ? sent.path("api_name") : sent;
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw WriteRequest.wrongType("string", key, at + "." + key);
    }
    kept.put(key, value.asString());
    return value.asString();
  }

  private static void format(JsonNode sent, Field field, ObjectNode kept, String at) {
    String format = text(sent, "format", kept, at);
    boolean moments = field.dataType().equals("date") || field.dataType().equals("datetime");
    if (!format.isEmpty() && moments && !CellValues.isMomentFormat(format)) {
      throw ErrorCode.INVALID_FORMAT.error().at("format", at + ".format");
    }
  }

  /**
   * @throws ApiError MANDATORY_FIELDS_NOT_MAPPED when rows would be without what no record can be
   *     without
   */
  void requireMandatory(ArrayNode mapped) {
    Set<String> names =
        Mapping.list(mapped).stream().map(Mapping::apiName).collect(Collectors.toSet());
    List<String> lacking =
        module.fields().stream()
            .filter(field -> field.mandatory() && !field.readOnly() && field.stored().isPresent())
            .filter(field -> field.definition().path("default_value").asString("").isEmpty())
            .map(Field::apiName)
            .filter(name -> !names.contains(name))
            .toList();
    if (!lacking.isEmpty()) {
      throw ErrorCode.MANDATORY_FIELDS_NOT_MAPPED.with("fields", lacking);
    }
  }
}
