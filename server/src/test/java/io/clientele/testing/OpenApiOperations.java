package io.clientele.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which operations of the OpenAPI files a request may mean, and the schemas of their replies. */
final class OpenApiOperations {
  private static final String JSON = "application/json";

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, List<Operation>> found = new HashMap<>();

  /**
   * One operation.
   *
   * @param schemas the address of the schema of its JSON, by status; empty where it has no body
   */
  record Operation(
      String file, String method, String[] path, Map<Integer, Optional<String>> schemas) {
    String name() {
      return method + " " + String.join("/", path) + " in " + file;
    }

    private boolean matches(String[] segments) {
      if (segments.length != path.length) {
        return false;
      }
      if (segments.length > 3 && segments[3].equals("settings") && path[3].startsWith("{")) {
        return false; // newer than the files, and no module
      }
      for (int i = 0; i < path.length; i++) {
        if (!path[i].startsWith("{") && !path[i].equals(segments[i])) {
          return false;
        }
      }
      return true;
    }

    /** Literal parts as ones, read from the left: the greatest is the closest match. */
    private String closeness() {
      var places = new StringBuilder();
      for (String part : path) {
        places.append(part.startsWith("{") ? '0' : '1');
      }
      return places.toString();
    }
  }

  OpenApiOperations(OpenApiFiles files) {
    files.files().forEach(this::add);
  }

  /** The operations whose path fits best; several where the files repeat themselves. */
  synchronized List<Operation> find(String method, String path) {
    return found.computeIfAbsent(method + " " + path, key -> search(method, path.split("/")));
  }

  private List<Operation> search(String method, String[] segments) {
    List<Operation> matching =
        operations.stream()
            .filter(one -> one.method.equals(method) && one.matches(segments))
            .toList();
    String closest = matching.stream().map(Operation::closeness).max(String::compareTo).orElse("");
    return matching.stream().filter(one -> one.closeness().equals(closest)).toList();
  }

  private void add(String name, ObjectNode file) {
    file.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (method.getValue().has("responses")) {
                            add(name, file, path.getKey(), method.getKey(), method.getValue());
                          }
                        }));
  }

  private void add(String name, ObjectNode file, String path, String method, JsonNode operation) {
    var schemas = new TreeMap<Integer, Optional<String>>();
    for (var response : operation.path("responses").properties()) {
      if (response.getKey().matches("\\d+")) {
        JsonNode content = resolve(file, response.getValue()).path("content").path(JSON);
        schemas.put(
            Integer.valueOf(response.getKey()),
            content.isObject()
                ? Optional.of(keep(name, file, content.path("schema")))
                : Optional.empty());
      }
    }
    operations.add(
        new Operation(name, method.toUpperCase(java.util.Locale.ROOT), path.split("/"), schemas));
  }

  private static JsonNode resolve(ObjectNode file, JsonNode response) {
    String reference = response.path("$ref").asString("");
    return reference.startsWith("#") ? file.at(reference.substring(1)) : response;
  }

  /** Puts a schema, or one of anything, where an address without braces reaches it. */
  private static String keep(String name, ObjectNode file, JsonNode schema) {
    ObjectNode replies = file.withObject("/components/schemas");
    String key = "reply-" + replies.size();
    replies.set(key, schema.isMissingNode() ? replies.objectNode() : schema);
    return OpenApiFiles.BASE + name + "#/components/schemas/" + key;
  }
}
