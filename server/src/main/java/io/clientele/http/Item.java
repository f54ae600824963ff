package io.clientele.http;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a body such as {@code {"tags":[{…}]}}.
 *
 * @param path where it stands, such as {@code $.tags[0]}
 */
public record Item(ObjectNode json, String path) {
  /**
   * The objects under {@code noun}.
   *
   * @throws ApiError MANDATORY_NOT_FOUND, INVALID_DATA or LIMIT_EXCEEDED about the list as a whole
   */
  public static List<Item> list(JsonNode body, String noun, int maximum) {
    return list(body, noun, "$", maximum);
  }

  /**
   * The one object under {@code noun}, of operations that change one thing a call.
   *
   * @throws ApiError MANDATORY_NOT_FOUND or INVALID_DATA about the list as a whole
   */
  public static List<Item> only(JsonNode body, String noun) {
    if (body.path(noun).size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(noun, "$." + noun);
    }
    return list(body, noun, 1);
  }

  private static List<Item> list(JsonNode body, String noun, String parent, int maximum) {
    String path = parent + "." + noun;
    JsonNode list = body.path(noun);
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(noun, path);
    }
    if (!list.isArray() || list.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(noun, path);
    }
    if (list.size() > maximum) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", maximum).at(noun, path);
    }
    var items = new ArrayList<Item>();
    for (JsonNode item : list) {
      String at = path + "[" + items.size() + "]";
      if (!(item instanceof ObjectNode object)) {
        throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(noun, at);
      }
      items.add(new Item(object, at));
    }
    return items;
  }

  /** The objects under {@code name} of another object. */
  public static List<Item> list(Item item, String name, int maximum) {
    return list(item.json(), name, item.path(), maximum);
  }

  /** Where its key {@code name} stands. */
  public String at(String name) {
    return path + "." + name;
  }

  /** How errors mention its key {@code name} beside the key they are about. */
  public Map<String, String> place(String name) {
    return Map.of("api_name", name, "json_path", at(name));
  }

  /** The text under {@code name}; empty when there is none. */
  public String text(String name) {
    return json.path(name).asString("");
  }

  /** Whether the client gave the key a value. */
  public boolean has(String name) {
    return json.hasNonNull(name);
  }

  /**
   * @throws ApiError MANDATORY_NOT_FOUND when the key has no value
   */
  public Item require(String name) {
    if (!has(name) || (json.path(name).isString() && json.path(name).asString().isBlank())) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, at(name));
    }
    return this;
  }

  /** INVALID_DATA about the key {@code name}. */
  public ApiError invalid(String name) {
    return ErrorCode.INVALID_DATA.error().at(name, at(name));
  }
}
