package io.clientele.testing;

import io.clientele.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published OpenAPI files, without their mistakes: {@code openapi-mistakes.json} lists what is
 * wrong in one file, and {@link #mend} what is wrong in all of them.
 */
final class OpenApiFiles {
  /** What references between the files begin with. */
  static final String BASE =
      "https://raw.githubusercontent.com/Zohocorp-Pvt-Ltd/crm-oas/refs/heads/main/v8.0/";

  private final Map<String, ObjectNode> files = new TreeMap<>();

  OpenApiFiles(Path folder) {
    try (var paths = Files.newDirectoryStream(folder, "*.json")) {
      for (Path path : paths) {
        files.put(
            path.getFileName().toString(),
            (ObjectNode) Json.MAPPER.readTree(Files.readString(path)));
      }
      try (var mistakes = OpenApiFiles.class.getResourceAsStream("/openapi-mistakes.json")) {
        Json.MAPPER.readTree(mistakes).forEach(this::correct);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.values().forEach(OpenApiFiles::mend);
    files.values().forEach(file -> new OpenApiTightening(this, file).tighten(file));
  }

  /** What a reference in {@code file} leads to, there or in another file. */
  JsonNode resolve(ObjectNode file, String reference) {
    int hash = reference.indexOf('#');
    ObjectNode other = hash == 0 ? file : files.get(reference.substring(BASE.length(), hash));
    return Objects.requireNonNull(other, reference).at(reference.substring(hash + 1));
  }

  Map<String, ObjectNode> files() {
    return files;
  }

  /** The text of the file with this address, for references into it. */
  Map<String, String> texts() {
    var texts = new HashMap<String, String>();
    files.forEach((name, file) -> texts.put(BASE + name, file.toString()));
    return texts;
  }

  /**
   * Applies one row of the list: keys that are not required after all, and a merge patch (RFC 7396)
   * of what stands at the pointer.
   */
  private void correct(JsonNode mistake) {
    String name = mistake.path("file").asString();
    JsonNode file = files.get(name);
    if (file == null || !(file.at(mistake.path("at").asString()) instanceof ObjectNode place)) {
      throw new IllegalStateException("no such place for " + mistake);
    }
    if (mistake.path("reason").asString("").isEmpty()) {
      throw new IllegalStateException("no reason for " + mistake);
    }
    for (JsonNode key : mistake.path("optional")) {
      ArrayNode required = place.withArray("required");
      int before = required.size();
      required.removeIf(key::equals);
      if (required.size() == before) {
        throw new IllegalStateException(key + " is not required in " + mistake);
      }
    }
    merge(place, mistake.path("merge"));
  }

  private static void merge(ObjectNode place, JsonNode patch) {
    for (var property : patch.properties()) {
      JsonNode value = property.getValue();
      if (value.isNull()) {
        place.remove(property.getKey());
      } else if (value.isObject() && place.get(property.getKey()) instanceof ObjectNode inner) {
        merge(inner, value);
      } else {
        place.set(property.getKey(), value);
      }
    }
  }

  /**
   * Corrects what all files have: {@code oneOf} whose branches overlap is meant as {@code anyOf};
   * {@code nullable} counts beside an {@code enum}; and an object told by reference may be null, as
   * the pages' examples have it, since beside a {@code $ref} no {@code nullable} can stand.
   */
  private static void mend(JsonNode node) {
    node.forEach(OpenApiFiles::mend);
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    if (object.get("oneOf") instanceof ArrayNode branches) {
      object.remove("oneOf");
      object.set("anyOf", branches);
    }
    boolean nullable = object.path("nullable").asBoolean(false);
    if (nullable && object.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    if (object.get("properties") instanceof ObjectNode properties) {
      properties.properties().forEach(property -> mayBeNull(property.getValue()));
    }
  }

  private static void mayBeNull(JsonNode property) {
    if (property instanceof ObjectNode object && object.get("$ref") instanceof JsonNode reference) {
      object.retain(Set.of());
      ArrayNode branches = object.putArray("anyOf");
      branches.addObject().set("$ref", reference);
      branches.addObject().put("nullable", true).putArray("enum").addNull();
    }
  }
}
