package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MetadataChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The global pick list a field takes its values from. */
final class GlobalPickListReference {
  private GlobalPickListReference() {}

  /**
   * {@code {id, api_name}} of the list that {@code global_picklist} names by id or API name.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA when there is none, NOT_ALLOWED when it is
   *     being deleted
   */
  static ObjectNode of(MetadataChange change, Item item) {
    JsonNode given = item.json().path("global_picklist");
    String path = item.at("global_picklist");
    if (!given.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("global_picklist", path);
    }
    GlobalPickList list =
        GlobalPickList.list(change.metadata()).stream()
            .filter(
                one ->
                    Long.toString(one.id()).equals(given.path("id").asString(""))
                        || one.apiName().equalsIgnoreCase(given.path("api_name").asString("")))
            .findFirst()
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .error()
                        .message("the id given seems to be invalid")
                        .at("id", path + ".id"));
    if (!list.present()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("global picklist deletion in progress.")
          .at("id", path + ".id");
    }
    return item.json()
        .objectNode()
        .put("id", Long.toString(list.id()))
        .put("api_name", list.apiName());
  }
}
