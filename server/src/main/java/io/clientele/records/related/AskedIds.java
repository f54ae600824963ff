package io.clientele.records.related;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.ExternalIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that a path or a parameter names by their ids, or by external ones.
 *
 * @param texts as the client wrote them
 * @param found the ids that external ones stand for
 * @param external the field that external ids are values of, if the call says so
 */
record AskedIds(List<String> texts, Map<String, Long> found, Optional<String> external) {
  /**
   * @throws ApiError UNABLE_TO_PARSE_DATA_TYPE when something can be no id
   */
  static AskedIds of(ExternalIds externals, Module module, List<String> texts) {
    if (externals.names(module)) {
      return new AskedIds(texts, externals.find(module, texts), externals.nameOf(module));
    }
    if (texts.stream().anyMatch(text -> PathId.parse(text).isEmpty())) {
      throw ErrorCode.UNABLE_TO_PARSE_DATA_TYPE
          .error()
          .message("Either the request body or parameters is in wrong format");
    }
    return new AskedIds(texts, Map.of(), Optional.empty());
  }

  /** The id that a text means; empty when it is external and no record has it. */
  Optional<Long> id(String text) {
    return external.isPresent() ? Optional.ofNullable(found.get(text)) : PathId.parse(text);
  }

  List<Long> ids() {
    return texts.stream().flatMap(text -> id(text).stream()).distinct().toList();
  }

  /** No record of that id is in the list. */
  ApiError notFound(String text) {
    return ErrorCode.INVALID_DATA.with(external.orElse("id"), text).message("relation not found");
  }
}
