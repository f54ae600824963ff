package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which profiles may see and change a field, by profile id; all others may do both. */
final class FieldProfiles {
  private FieldProfiles() {}

  /** Puts what {@code item} says of profiles into the field's definition. */
  static void apply(MetadataChange change, Item item, ObjectNode definition) {
    JsonNode given = item.json().path("profiles");
    for (int i = 0; i < given.size(); i++) {
      String id = given.get(i).path("id").asString();
      if (PathId.parse(id).flatMap(one -> change.metadata().setting("profile", one)).isEmpty()) {
        throw ErrorCode.INVALID_DATA
            .error()
            .message("the id given seems to be invalid")
            .at("id", item.at("profiles") + "[" + i + "].id");
      }
      definition
          .withObject("/profile_permissions")
          .put(id, given.get(i).path("permission_type").asString("read_write"));
    }
  }
}
