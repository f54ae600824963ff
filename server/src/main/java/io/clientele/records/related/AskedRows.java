package io.clientele.records.related;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Keys;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.ExternalRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a body that names records by their ids, or by external ones.
 *
 * @param errors about external ids that nothing has, by the number of the row
 * @param own the external ids, by the number of the row
 * @param external the field that external ids are values of, if the call says so
 */
record AskedRows(
    JsonNode data,
    Map<Integer, ApiError> errors,
    Map<Integer, String> own,
    Optional<String> external) {

  /** The rows of {@code data}, about records of {@code module}. */
  static AskedRows of(RelatedCall related, Module module, JsonNode data) {
    var rows = new ExternalRows(related.externals(), module);
    rows.resolveOwn(data);
    return new AskedRows(data, rows.errors(), rows.own(), related.externals().nameOf(module));
  }

  static String path(int row) {
    return "$.data[" + row + "]";
  }

  /** All ids in the rows, whatever they name. */
  List<Long> ids() {
    return data.valueStream()
        .flatMap(item -> PathId.parse(item.path("id").asString("")).stream())
        .distinct()
        .toList();
  }

  /**
   * The id of a row that is an object.
   *
   * @param there the ids that the row may name
   * @throws ApiError INVALID_DATA, MANDATORY_NOT_FOUND
   */
  long id(int row, Set<Long> there) {
    JsonNode item = data.get(row);
    if (errors.containsKey(row)) {
      throw errors.get(row);
    }
    if (!item.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("data", path(row));
    }
    if (!item.hasNonNull("id")) {
      String name = external.orElse("id");
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path(row) + "." + name);
    }
    return PathId.parse(item.path("id").asString(""))
        .filter(there::contains)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .error()
                    .at("id", path(row) + ".id")
                    .message("the id given seems to be invalid"));
  }

  /** What the details of a row that was kept say. */
  Consumer<Keys> details(int row, long id) {
    return keys -> {
      if (own.containsKey(row)) {
        external.ifPresent(name -> keys.text(name, own.get(row)));
      }
      keys.id("id", id);
    };
  }
}
