package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.files.StoredFile;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.FileChange.Item;
import io.clientele.metadata.Settings;
import io.clientele.metadata.types.FilesType;
import io.clientele.metadata.types.Invalid;
import io.clientele.metadata.types.ProfileImageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The files one field of one record has, while they are changed. */
final class FileList {
  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/bmp");

  private final Field field;
  private final List<ObjectNode> files = new ArrayList<>();

  FileList(Field field) {
    this.field = field;
  }

  /** The list that a column holds. */
  static FileList of(Field field, @Nullable String value) {
    var list = new FileList(field);
    if (value == null) {
      return list;
    }
    if (field.type() instanceof ProfileImageType) {
      list.files.add(Json.MAPPER.createObjectNode().put("file", value));
    } else {
      for (JsonNode file : Json.MAPPER.readTree(value)) {
        list.files.add((ObjectNode) file);
      }
    }
    return list;
  }

  /** Takes over what another list of the field has. */
  void addAll(FileList other) {
    other.files.forEach(file -> files.add(file.deepCopy()));
  }

  boolean has(long id) {
    return files.stream().anyMatch(one -> one.path("id").asLong() == id);
  }

  /** The file under an id of the list. */
  Optional<String> fileId(long id) {
    return files.stream()
        .filter(one -> one.path("id").asLong() == id)
        .map(FileList::fileId)
        .findFirst();
  }

  Set<String> fileIds() {
    return files.stream().map(FileList::fileId).collect(Collectors.toSet());
  }

  private static String fileId(ObjectNode file) {
    return file.path("file").asString();
  }

  void clear() {
    files.clear();
  }

  /** Takes out or changes a file the list has. */
  void change(Item item) {
    long id = item.id().orElseThrow();
    ObjectNode file =
        files.stream()
            .filter(one -> one.path("id").asLong() == id)
            .findFirst()
            .orElseThrow(() -> Invalid.id(field, item.path() + ".id"));
    if (item.delete()) {
      files.remove(file);
    } else {
      describe(file, item);
    }
  }

  /** Adds a file, or changes what is said of it when the list has it already. */
  void add(StoredFile stored, Item item, RecordChange change) {
    Optional<ObjectNode> there =
        files.stream().filter(one -> fileId(one).equals(stored.id())).findFirst();
    ObjectNode file =
        there.orElseGet(
            () -> {
              ObjectNode added = Json.MAPPER.createObjectNode();
              if (field.type() instanceof FilesType) {
                added.put(
                    "id",
                    Settings.nextIds(change.tx(), change.stamp().metadata().org(), 1).getFirst());
              }
              added
                  .put("file", stored.id())
                  .put("name", stored.name())
                  .put("size", stored.size())
                  .put("time", change.stamp().now().toString())
                  .put("user", change.stamp().userId())
                  .put("sequence", files.size() + 1);
              files.add(added);
              return added;
            });
    describe(file, item);
  }

  private static void describe(ObjectNode file, Item item) {
    if (item.description() != null) {
      file.put("description", item.description());
    }
    if (item.sequence() != null) {
      file.put("sequence", item.sequence());
    }
  }

  /** Images only where the field has images. */
  void checkKind(StoredFile file, String path) {
    boolean anything = field.type() instanceof FilesType type && !type.images();
    if (!anything && !IMAGES.contains(file.contentType())) {
      throw ErrorCode.INVALID_DATA.error().message("invalid file type").at(field.apiName(), path);
    }
  }

  void checkLength(String path) {
    if (field.type() instanceof FilesType && files.size() > field.length()) {
      throw Invalid.length(field.length(), field, path);
    }
  }

  /** The value for the column; null when the list is empty. */
  @Nullable String value() {
    if (files.isEmpty()) {
      return null;
    }
    return field.type() instanceof ProfileImageType
        ? fileId(files.getLast())
        : Json.MAPPER.writeValueAsString(files);
  }
}
