package io.clientele.composite;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sub-request as it was sent; its texts may refer to replies of others.
 *
 * @param index its place among the sub-requests
 */
record Part(
    int index,
    Optional<String> id,
    String method,
    String uri,
    ObjectNode headers,
    ObjectNode params,
    JsonNode body) {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_]*");
  private static final Pattern URI = Pattern.compile("/crm(/.*)?/v[0-9]+([.][0-9]+)?/.*");
  private static final Pattern METHOD = Pattern.compile("GET|POST|PUT|PATCH|DELETE");
  private static final List<String> RESTRICTED = List.of("authorization", "x-crm-org");
  private static final int MAXIMUM_ID = 100;
  private static final int MAXIMUM_URI = 2048;

  /**
   * @throws io.clientele.error.ApiError MANDATORY_NOT_FOUND or INVALID_DATA about the first key
   *     that is wrong
   */
  static Part read(JsonNode json, int index) {
    String path = path(index);
    if (!json.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("__composite_requests", path);
    }
    String method = text(json, "method", METHOD, 10, path);
    String uri = text(json, "uri", URI, MAXIMUM_URI, path);
    Optional<String> id =
        json.hasNonNull("sub_request_id")
            ? Optional.of(text(json, "sub_request_id", ID, MAXIMUM_ID, path))
            : Optional.empty();
    ObjectNode headers = object(json, "headers", path);
    for (String name : headers.propertyNames()) {
      if (RESTRICTED.stream().anyMatch(name::equalsIgnoreCase)) {
        throw ErrorCode.INVALID_DATA
            .with("restricted_headers", RESTRICTED)
            .at("headers", path + ".headers");
      }
    }
    object(json, "body", path);
    return new Part(
        index, id, method, uri, headers, object(json, "params", path), json.path("body"));
  }

  /** Where it stands in the body. */
  static String path(int index) {
    return "$.__composite_requests[" + index + "]";
  }

  private static String text(
      JsonNode json, String name, Pattern pattern, int maximum, String path) {
    String at = path + "." + name;
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, at);
    }
    if (!value.isString() || !pattern.matcher(value.asString()).matches()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "text")
          .with("regex", pattern.pattern())
          .at(name, at);
    }
    if (value.asString().length() > maximum) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", maximum).at(name, at);
    }
    return value.asString();
  }

  private static ObjectNode object(JsonNode json, String name, String path) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Json.MAPPER.createObjectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw ErrorCode.INVALID_DATA
        .with("expected_data_type", "jsonobject")
        .at(name, path + "." + name);
  }
}
