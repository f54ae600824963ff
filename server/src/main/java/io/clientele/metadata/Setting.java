package io.clientele.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document of an org's metadata, as it is stored.
 *
 * @param noun what it is: module, field, layout, custom_view, related_list, profile …
 * @param parentId what it belongs to, such as the module of a field
 * @param apiName unique within noun and parent, whatever the case
 */
public record Setting(
    long id,
    String noun,
    @Nullable Long parentId,
    String apiName,
    int position,
    JsonNode body,
    Instant createdTime,
    Instant modifiedTime,
    @Nullable Long createdBy,
    @Nullable Long modifiedBy) {

  /** The body as something that can be changed and written again. */
  public ObjectNode copy() {
    return (ObjectNode) body.deepCopy();
  }

  Setting withBody(JsonNode other) {
    return new Setting(
        id,
        noun,
        parentId,
        apiName,
        position,
        other,
        createdTime,
        modifiedTime,
        createdBy,
        modifiedBy);
  }

  /** The id of what it belongs to; 0 for nothing. */
  public long parent() {
    return parentId == null ? 0 : parentId;
  }
}
