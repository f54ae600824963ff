package io.clientele.records.merge;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.merge.MergeRequest.Child;
import io.clientele.records.merge.MergeRequest.Chosen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads the body of Merge Records, in the order its errors are documented. */
final class MergeReader {
  private static final int MOST_CHILDREN = 2;
  private static final Set<String> WITH_FILES = Set.of("fileupload", "imageupload");

  private final Module module;
  private final long master;
  private final Predicate<Field> writable;
  private final Set<String> mentioned = new HashSet<>();

  /**
   * @param writable which fields the user may write
   */
  MergeReader(Module module, long master, Predicate<Field> writable) {
    this.module = module;
    this.master = master;
    this.writable = writable;
  }

  static boolean hasFiles(Field field) {
    return WITH_FILES.contains(field.dataType());
  }

  /**
   * The only object under {@code merge}.
   *
   * @throws ApiError about the list as a whole
   */
  static JsonNode only(JsonNode body) {
    JsonNode list = body.path("merge");
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("merge", "$.merge");
    }
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("merge", "$.merge");
    }
    if (list.size() != 1 || !list.get(0).isObject()) {
      throw ErrorCode.INVALID_DATA.error();
    }
    return list.get(0);
  }

  MergeRequest read(JsonNode merge) {
    JsonNode data = merge.path("data");
    String path = "$.merge[0].data";
    if (!data.isArray() && !data.isMissingNode() && !data.isNull()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("data", path);
    }
    if (data.isEmpty()) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("data", path)
          .with("minimum_length", 1)
          .message(" Atleast one child record id is required to be merged.");
    }
    if (data.size() > MOST_CHILDREN) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("data", path)
          .with("maximum_length", MOST_CHILDREN)
          .message(" More than 2 child record ids cannot be merged.");
    }
    List<Chosen> masterFields = masterFields(merge.path("master_record_fields"));
    var children = new ArrayList<Child>();
    var ids = new HashSet<Long>(Set.of(master));
    for (JsonNode item : data) {
      Child child = child(item, path + "[" + children.size() + "]");
      if (!ids.add(child.id())) {
        throw ErrorCode.DUPLICATE_DATA
            .error()
            .at("id", child.path() + ".id")
            .message("Valid record ids need to be given for merging");
      }
      children.add(child);
    }
    return new MergeRequest(master, masterFields, children);
  }

  private Child child(JsonNode item, String path) {
    if (!item.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("data", path);
    }
    JsonNode id = item.path("id");
    if (id.isMissingNode() || id.isNull() || id.asString("x").isBlank()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .at("id", path + ".id")
          .message("required id not found");
    }
    long found =
        PathId.parse(id.isIntegralNumber() || id.isString() ? id.asString() : "")
            .orElseThrow(() -> unknown(path + ".id"));
    var fields = new ArrayList<Chosen>();
    for (JsonNode one : list(item, "_fields", path)) {
      String at = path + "._fields[" + fields.size() + "]";
      Field field = field(one, at, "API name of the field is not mentioned");
      fields.add(
          chosen(field, one, at, "_data array is not mentioned for the child record", false));
    }
    return new Child(found, path, fields);
  }

  static ApiError unknown(String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at("id", path);
  }

  private List<Chosen> masterFields(JsonNode given) {
    var fields = new ArrayList<Chosen>();
    String path = "$.merge[0]";
    if (given.isMissingNode() || given.isNull()) {
      return fields;
    }
    if (!given.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at("master_record_fields", path + ".master_record_fields");
    }
    for (JsonNode one : given) {
      String at = path + ".master_record_fields[" + fields.size() + "]";
      Field field = field(one, at, "API name not mentioned for the master record");
      fields.add(
          chosen(field, one, at, "_data array is not mentioned for the master record", true));
    }
    return fields;
  }

  private static JsonNode list(JsonNode item, String name, String path) {
    JsonNode list = item.path(name);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at(name, path + "." + name);
    }
    return list;
  }

  private Field field(JsonNode item, String path, String missing) {
    JsonNode name = item.path("api_name");
    String at = path + ".api_name";
    if (name.isMissingNode() || name.isNull() || name.asString("x").isBlank()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("api_name", at).message(missing);
    }
    if (module.apiName().equals("Deals")) {
      refuseOfDeals(name.asString(""), at);
    }
    Field field =
        module
            .field(name.asString(""))
            .filter(found -> !found.readOnly() && !found.isInternal())
            .filter(writable)
            .filter(found -> !found.dataType().equals("autonumber"))
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", at));
    if (!mentioned.add(field.apiName()) && !hasFiles(field)) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .at("api_name", at)
          .message("When one field is mentioned more than once");
    }
    return field;
  }

  private static void refuseOfDeals(String name, String path) {
    switch (name) {
      case "Closing_Date" ->
          throw notAllowed(
              path, "Closing date will be automatically populated based on master record");
      case "Probability", "Expected_Revenue" ->
          throw notAllowed(
              path,
              "Probability and Expected Revenue fields will be automatically populated based on"
                  + " chosen Stage");
      default -> {}
    }
  }

  static ApiError notAllowed(String path, String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).message(message).at("api_name", path);
  }

  private static Chosen chosen(
      Field field, JsonNode item, String path, String missing, boolean mayBeNull) {
    String at = path + ".api_name";
    if (!hasFiles(field)) {
      return new Chosen(field.apiName(), at, Optional.empty());
    }
    JsonNode data = item.path("_data");
    if (mayBeNull && data.isNull()) {
      return new Chosen(field.apiName(), at, Optional.of(List.of()));
    }
    if (!data.isArray()) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .error()
          .at("id", path + "._data")
          .with("dependee", Map.of("api_name", "api_name", "json_path", at))
          .message(missing);
    }
    return new Chosen(
        field.apiName(),
        at,
        Optional.of(data.valueStream().map(file -> file.path("id").asString("")).toList()));
  }
}
