package io.clientele.records.mass;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.RecordTerritories;
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
 * @param territory narrows the records of a view
 */
record MassRequest(List<Long> ids, Optional<Long> view, Optional<InTerritory> territory) {
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
    Optional<InTerritory> territory =
        body.has("territory") ? Optional.of(territory(body, byIds)) : Optional.empty();
    return byIds
        ? new MassRequest(ids(body), Optional.empty(), Optional.empty())
        : new MassRequest(List.of(), Optional.of(view(body)), territory);
  }

  /** A territory, perhaps with those below it. */
  record InTerritory(long id, boolean below, Item item) {
    ApiError invalid() {
      return item.invalid("id").message("the id given seems to be invalid");
    }
  }

  private static InTerritory territory(Item body, boolean byIds) {
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
    return new InTerritory(
        PathId.parse(object.path("id").asString("")).orElse(0L),
        object.path("include_child").asBoolean(false),
        territory);
  }

  /**
   * The rows of the module's table, aliased {@code t}, in the territory that is named; all when
   * none is.
   *
   * @throws ApiError INVALID_DATA when there is no such territory, or none of the module's records
   *     is in any
   */
  Sql inTerritory(Metadata metadata, Module module) {
    if (territory.isEmpty()) {
      return Sql.TRUE;
    }
    InTerritory named = territory.get();
    if (RecordTerritories.field(module).isEmpty()
        || !metadata.people().territories().containsKey(named.id)) {
      throw named.invalid();
    }
    return RecordTerritories.in(metadata, module, named.id, named.below);
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
