package io.clientele.composite;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The body of a composite request, checked as far as it can be before anything is done.
 *
 * @param parallel whether sub-requests that do not refer to each other are done at the same time
 * @param items each sub-request, or what is wrong with it
 */
record CompositeRequest(boolean rollback, boolean parallel, List<Item> items) {
  static final int MAXIMUM = 5;
  private static final String NOUN = "__composite_requests";

  sealed interface Item {}

  record Good(Part part) implements Item {}

  record Bad(ApiError error) implements Item {}

  /**
   * @throws ApiError INVALID_DATA, MANDATORY_NOT_FOUND or AMBIGUITY_DURING_PROCESSING about the
   *     whole
   */
  static CompositeRequest read(JsonNode body) {
    boolean rollback = flag(body, "rollback_on_fail", false);
    // the newest page has one name for it, the specification and the clients another
    String name = body.has("concurrent_execution") ? "concurrent_execution" : "parallel_execution";
    boolean parallel = flag(body, name, !rollback);
    if (rollback && parallel) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to", List.of(place("rollback_on_fail"), place(name)));
    }
    JsonNode list = body.path(NOUN);
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(NOUN, "$." + NOUN);
    }
    if (!list.isArray() || list.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(NOUN, "$." + NOUN);
    }
    if (list.size() > MAXIMUM) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM).at(NOUN, "$." + NOUN);
    }
    return new CompositeRequest(rollback, parallel, items(list));
  }

  private static List<Item> items(JsonNode list) {
    List<Item> items = new ArrayList<>();
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      try {
        Part part = Part.read(list.get(i), i);
        int place = i;
        part.id().ifPresent(id -> places.computeIfAbsent(id, any -> new ArrayList<>()).add(place));
        items.add(new Good(part));
      } catch (ApiError e) {
        items.add(new Bad(e));
      }
    }
    for (List<Integer> same : places.values()) {
      if (same.size() > 1) {
        same.forEach(
            i ->
                items.set(
                    i,
                    new Bad(
                        ErrorCode.DUPLICATE_DATA
                            .error()
                            .at("sub_request_id", Part.path(i) + ".sub_request_id")
                            .with("sub_request_indexes", List.copyOf(same)))));
      }
    }
    return items;
  }

  private static boolean flag(JsonNode body, String name, boolean otherwise) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "boolean").at(name, "$." + name);
    }
    return value.booleanValue();
  }

  private static Map<String, String> place(String name) {
    var place = new java.util.LinkedHashMap<String, String>();
    place.put("api_name", name);
    place.put("json_path", "$." + name);
    return place;
  }
}
