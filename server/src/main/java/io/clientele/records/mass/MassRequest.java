package io.clientele.records.mass;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.PathId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which records a mass action is about: those with certain ids, or those of a view.
 *
 * @param ids empty when there is a view
 */
record MassRequest(List<Long> ids, Optional<Long> view) {
  private static final int MAXIMUM_IDS = 500;
  private static final Shape TERRITORY = Shape.empty().id("id").flag("include_child").require("id");

  /**
   * @param missing what is answered when neither is named
   * @throws ApiError what is wrong
   */
  static MassRequest read(Item body, ApiError missing) {
    boolean byIds =
        body.has("ids") && !(body.json().get("ids").isArray() && body.json().get("ids").isEmpty());
    if (byIds && body.has("cvid")) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to", List.of(body.place("ids"), body.place("cvid")));
    }
    if (!byIds && !body.has("cvid")) {
      throw missing;
    }
    if (body.has("territory")) {
      refuseTerritory(body, byIds);
    }
    return byIds
        ? new MassRequest(ids(body), Optional.empty())
        : new MassRequest(List.of(), Optional.of(view(body)));
  }

  /** Nothing has a territory until the access model is there; an id can then only be wrong. */
  private static void refuseTerritory(Item body, boolean byIds) {
    if (byIds) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", body.place("territory"))
          .at("cvid", body.at("cvid"));
    }
    if (!(body.json().get("territory") instanceof ObjectNode object)) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("territory", body.at("territory"));
    }
    var territory = new Item(object, body.at("territory"));
    TERRITORY.check(territory);
    throw territory.invalid("id").message("the id given seems to be invalid");
  }

  private static long view(Item body) {
    return PathId.parse(body.text("cvid")).orElseThrow(() -> invalidView(body.text("cvid")));
  }

  static ApiError invalidView(String id) {
    ApiError error = ErrorCode.INVALID_DATA.error().at("cvid", "$.cvid");
    return (PathId.parse(id).isPresent() ? error.with("id", id) : error)
        .message("the cvid given seems to be invalid");
  }

  private static List<Long> ids(Item body) {
    JsonNode list = body.json().path("ids");
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at("ids", "$.ids");
    }
    if (list.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", MAXIMUM_IDS)
          .at("ids", "$.ids")
          .message("Record count exceeded");
    }
    Set<Long> ids = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String path = "$.ids[" + i + "]";
      String text = list.get(i).asString("");
      ids.add(
          PathId.parse(text)
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_DATA
                          .error()
                          .at("ids", path)
                          .with("id", text)
                          .message("the id given seems to be invalid")));
    }
    return List.copyOf(ids);
  }
}
