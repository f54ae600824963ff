package io.clientele.records.territories;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of a call and the territories that are named for it.
 *
 * @param territories where each stands in the body, by its id
 */
record TerritoryRequest(Item item, Optional<Long> recordId, Map<Long, String> territories) {
  private static final String LIST = "Territories";
  private static final int MOST_ROWS = 10;
  private static final int MOST_TERRITORIES = 100;

  /**
   * The rows of a body.
   *
   * @throws ApiError what is wrong with the body as a whole
   */
  static List<Item> rows(JsonNode body, int most) {
    JsonNode data = body.path("data");
    if (data.isArray() && data.size() > most) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", most).at("data", "$.data");
    }
    return Item.list(body, "data", MOST_ROWS);
  }

  /** How many records a call can name. */
  static int most() {
    return MOST_ROWS;
  }

  /**
   * @param ofPath the record that the path names
   * @throws ApiError what is wrong with the row
   */
  static TerritoryRequest read(Metadata metadata, Item item, Optional<Long> ofPath) {
    Optional<Long> id = ofPath.isPresent() ? ofPath : Optional.of(recordId(item));
    return new TerritoryRequest(item, id, territories(metadata, item));
  }

  private static long recordId(Item item) {
    if (!item.has("id")) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .message("One of the expected parameter is missing")
          .at("id", item.at("id"));
    }
    return id(item.json().path("id")).orElseThrow(() -> unknownRecord(item));
  }

  static ApiError unknownRecord(Item item) {
    return item.invalid("id").message("The record Id given seems to be invalid");
  }

  private static Map<Long, String> territories(Metadata metadata, Item item) {
    JsonNode list = item.json().path(LIST);
    if (!item.has(LIST) || (list.isArray() && list.isEmpty())) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(LIST, item.at(LIST));
    }
    if (!list.isArray()) {
      throw item.invalid(LIST).with("expected_data_type", "jsonarray");
    }
    if (list.size() > MOST_TERRITORIES) {
      throw item.invalid(LIST).with("maximum_length", MOST_TERRITORIES);
    }
    var found = new LinkedHashMap<Long, String>();
    for (JsonNode one : list) {
      String path = item.at(LIST) + "[" + found.size() + "]";
      if (!(one instanceof ObjectNode named)) {
        throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(LIST, path);
      }
      if (!named.hasNonNull("id")) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", path + ".id");
      }
      long id =
          id(named.path("id"))
              .filter(metadata.people().territories()::containsKey)
              .orElseThrow(() -> unknownTerritory(path + ".id"));
      String before = found.putIfAbsent(id, path + ".id");
      if (before != null) {
        throw ErrorCode.ALREADY_USED
            .with("exists_in", Map.of("json_path", before))
            .at("id", path + ".id")
            .message("duplicate territory id found");
      }
    }
    return found;
  }

  static ApiError unknownTerritory(String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at("id", path);
  }

  private static Optional<Long> id(JsonNode value) {
    return value.isString() || value.isIntegralNumber()
        ? PathId.parse(value.asString())
        : Optional.empty();
  }

  /** The record's id. */
  long id() {
    return recordId.orElseThrow();
  }

  List<Long> ids() {
    return new ArrayList<>(territories.keySet());
  }
}
