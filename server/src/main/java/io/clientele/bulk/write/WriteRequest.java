package io.clientele.bulk.write;

import io.clientele.bulk.Callback;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.metadata.Module;
import io.clientele.records.FileRows.Operation;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a new bulk write, checked: what the job is to do. */
final class WriteRequest {
  private static final int RESOURCES = 100;
  private static final List<String> OPERATIONS =
      Stream.of(Operation.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();

  private final ResourceRequest resources;

  WriteRequest(ResourceRequest resources) {
    this.resources = resources;
  }

  /**
   * @throws ApiError that about the first thing that is wrong with it
   */
  ObjectNode check(Call call, JsonNode body) {
    Operation operation = operation(body);
    Optional<Charset> charset = charset(body.path("character_encoding"));
    ObjectNode work = Json.MAPPER.createObjectNode();
    work.put("operation", operation.name().toLowerCase(Locale.ROOT));
    work.put("version", call.version().path()).put("base", call.baseUrl());
    JsonNode callback = body.hasNonNull("callback") ? body.path("callback") : body.path("callBack");
    Callback.check(callback).ifPresent(found -> work.set("callback", found.json()));
    JsonNode list = body.path("resource");
    if (list.isMissingNode() || list.isNull()) {
      throw missing("resource", "$.resource");
    }
    if (!list.isArray()) {
      throw wrongType("jsonarray", "resource", "$.resource");
    }
    if (list.isEmpty() || list.size() > RESOURCES) {
      throw ErrorCode.INVALID_REQUEST.error().at("resource", "$.resource");
    }
    work.set("resource", resources(call, operation, charset, body, list));
    return work;
  }

  private ArrayNode resources(
      Call call, Operation operation, Optional<Charset> charset, JsonNode body, JsonNode list) {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    List<Module> modules = new ArrayList<>();
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      String path = "$.resource[" + i + "]";
      JsonNode json = list.get(i);
      if (!json.isObject()) {
        throw wrongType("jsonobject", "resource", path);
      }
      Module module = resources.module(json, path);
      if (!names.add(module.apiName())) {
        throw ErrorCode.DUPLICATE_DATA.error().at("api_name", path + ".module.api_name");
      }
      modules.add(module);
      boolean ignoreEmpty = flag(json, flag(body, false, "$"), path);
      kept.add(
          resources.check(
              new ResourceRequest.Asked(
                  call, operation, charset, modules.getFirst(), module, json, path, ignoreEmpty)));
    }
    return kept;
  }

  private static boolean flag(JsonNode json, boolean otherwise, String path) {
    JsonNode flag = json.path("ignore_empty");
    if (flag.isMissingNode() || flag.isNull()) {
      return otherwise;
    }
    if (!flag.isBoolean()) {
      throw wrongType("boolean", "ignore_empty", path + ".ignore_empty");
    }
    return flag.booleanValue();
  }

  private static Operation operation(JsonNode body) {
    JsonNode json = body.path("operation");
    if (json.isMissingNode() || json.isNull()) {
      throw missing("operation", "$.operation");
    }
    if (!OPERATIONS.contains(json.asString(""))) {
      throw ErrorCode.INVALID_DATA
          .with("supported_values", OPERATIONS)
          .at("operation", "$.operation");
    }
    return Operation.valueOf(json.asString().toUpperCase(Locale.ROOT));
  }

  private static Optional<Charset> charset(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return Optional.empty();
    }
    ApiError wrong =
        ErrorCode.INVALID_DATA.error().at("character_encoding", "$.character_encoding");
    try {
      return Optional.of(Charset.forName(json.asString("")));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw wrong;
    }
  }

  static ApiError missing(String key, String path) {
    return ErrorCode.MISSING_REQUIRED_KEY
        .with("json_path", path)
        .message("required key " + key + " is not found in request body.");
  }

  static ApiError wrongType(String expected, String key, String path) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(key, path);
  }
}
