package io.clientele.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.clientele.testing.OpenApiOperations.Operation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Checks replies of the API's newest version against the published OpenAPI files, when {@code
 * shared/openapi} lies beside the repository. Errors of the general form pass: the files name only
 * some of each operation's. Where a file names no schema for a status, that of 200 holds, as with
 * the rows of a write.
 */
final class OpenApiContract {
  private static final int SHOWN = 12;
  private static final int OK = 200;
  private static final int LEAST_ERROR = 400;
  private static final List<String> ERROR_KEYS = List.of("code", "details", "message", "status");

  private final OpenApiOperations operations;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** Loads the files when the first reply is checked. */
  private static final class Loaded {
    static final Optional<OpenApiContract> CONTRACT =
        Repository.findShared("openapi").map(OpenApiContract::new);
  }

  private OpenApiContract(Path folder) {
    var files = new OpenApiFiles(folder);
    operations = new OpenApiOperations(files);
    Map<String, String> texts = files.texts();
    registry =
        SchemaRegistry.withDialect(Dialects.getOpenApi30(), builder -> builder.schemas(texts));
  }

  /** Fails when the reply is not what the files say. */
  static void check(String method, String path, Answer answer) {
    if (path.startsWith("/crm/v8/") || path.startsWith("/crm/bulk/v8/")) {
      Loaded.CONTRACT.ifPresent(contract -> contract.checkReply(method, path, answer));
    }
  }

  private void checkReply(String method, String path, Answer answer) {
    List<Operation> candidates = operations.find(method, path.replaceFirst("\\?.*", ""));
    String first = "";
    for (Operation operation : candidates) {
      String violation = violation(operation, answer);
      if (violation.isEmpty()) {
        return;
      }
      first = first.isEmpty() ? operation.name() + "\n" + violation : first;
    }
    if (!first.isEmpty()) {
      throw new AssertionError("not as published: " + first + "\n" + answer);
    }
  }

  /** What is wrong with a reply; empty when nothing is. */
  private String violation(Operation operation, Answer answer) {
    if (answer.text().isEmpty()) {
      return answer.status() == 204 || answer.status() == 304 ? "" : "  no body";
    }
    if (!isJson(answer) || isError(answer)) {
      return "";
    }
    Optional<String> address =
        operation
            .schemas()
            .getOrDefault(answer.status(), operation.schemas().getOrDefault(OK, Optional.empty()));
    return address
        .map(found -> violation(found, answer.json()))
        .orElseGet(() -> "  status " + answer.status() + " has no schema");
  }

  private String violation(String address, JsonNode body) {
    Schema schema =
        schemas.computeIfAbsent(address, key -> registry.getSchema(SchemaLocation.of(key)));
    return schema.validate(body).stream()
        .sorted(Comparator.comparingInt(OpenApiContract::depth).reversed())
        .limit(SHOWN)
        .map(error -> "  " + error.getSchemaLocation() + ": " + error)
        .collect(Collectors.joining("\n"));
  }

  private static int depth(Error error) {
    return error.getInstanceLocation().getNameCount();
  }

  private static boolean isJson(Answer answer) {
    return answer.header("Content-Type").orElse("").startsWith("application/json");
  }

  private static boolean isError(Answer answer) {
    return answer.status() >= LEAST_ERROR && ERROR_KEYS.stream().allMatch(answer.json()::has);
  }
}
