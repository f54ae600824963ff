package io.clientele.metadata.templates;

import io.clientele.error.ErrorCode;
import io.clientele.files.FileAccess;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.files.StoredFile.Use;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files that an e-mail template has: what its author uploaded under {@code /files}. Whoever reads
 * the template reads them.
 */
final class TemplateAttachments {
  private static final String KEY = "attachments";
  private static final int MAXIMUM = 10;

  private TemplateAttachments() {}

  /**
   * Gives a template the files that the item names, if it names any or none, in place of those it
   * has; one that it has already stays what it is.
   *
   * @param body the template's document, into which they are written
   * @throws io.clientele.error.ApiError INVALID_DATA about a file that the user did not upload, or
   *     that is used elsewhere
   */
  static void set(MetadataChange change, long templateId, Item item, ObjectNode body) {
    if (!item.json().has(KEY)) {
      return;
    }
    JsonNode asked = item.json().path(KEY);
    if (asked.size() > MAXIMUM) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MAXIMUM).at(KEY, item.at(KEY));
    }
    Map<String, JsonNode> had =
        body.path(KEY)
            .valueStream()
            .collect(Collectors.toMap(one -> one.path("file_id").asString(), one -> one));
    Map<String, StoredFile> uploaded = uploaded(change, asked);
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (int i = 0; i < asked.size(); i++) {
      String fileId = asked.get(i).path("file_id").asString();
      JsonNode attachment = had.remove(fileId);
      if (attachment == null) {
        StoredFile file = uploaded.remove(fileId);
        if (file == null) {
          throw ErrorCode.INVALID_DATA.error().at("file_id", item.at(KEY) + "[" + i + "].file_id");
        }
        attachment = add(change, templateId, file);
      }
      kept.add(attachment);
    }
    FileStorage.release(change.tx(), change.org(), had.keySet());
    body.set(KEY, kept);
  }

  /** Those among the files named that the user may use. */
  private static Map<String, StoredFile> uploaded(MetadataChange change, JsonNode asked) {
    List<String> ids =
        asked.valueStream().map(one -> one.path("file_id").asString()).distinct().toList();
    return FileStorage.lock(change.tx(), change.org(), ids).stream()
        .filter(file -> file.use().isEmpty() && file.createdBy() == change.userId())
        .collect(Collectors.toMap(StoredFile::id, file -> file));
  }

  private static ObjectNode add(MetadataChange change, long templateId, StoredFile file) {
    long id = change.nextId();
    FileStorage.use(
        change.tx(), change.org(), file.id(), new Use(FileAccess.OF_THE_ORG, templateId, id));
    return Json.MAPPER
        .createObjectNode()
        .put("id", id)
        .put("file_id", file.id())
        .put("file_name", file.name())
        .put("size", file.size());
  }

  /** Lets the files of a template go with it. */
  static void release(MetadataChange change, Setting template) {
    List<String> ids = new ArrayList<>();
    template.body().path(KEY).forEach(one -> ids.add(one.path("file_id").asString()));
    FileStorage.release(change.tx(), change.org(), ids);
  }

  static void write(Keys keys, JsonNode body) {
    JsonNode attachments = body.path(KEY);
    if (attachments.isEmpty()) {
      keys.none(KEY);
      return;
    }
    keys.array(
        KEY,
        attachments,
        (one, file) ->
            one.text("size", file.path("size").asString())
                .node("file_name", file.path("file_name"))
                .node("file_id", file.path("file_id"))
                .id("id", file.path("id").asLong()));
  }
}
