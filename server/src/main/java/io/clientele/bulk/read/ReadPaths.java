package io.clientele.bulk.read;

import io.clientele.coql.Joins;
import io.clientele.coql.Named;
import io.clientele.coql.Sources;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Module;
import java.util.List;

/**
 * The fields that a read names, with dots through lookups, and the tables that are joined for them.
 */
final class ReadPaths {
  /** From how many lookups a read may take fields of the other records. */
  static final int LOOKUPS = 10;

  private static final String CONVERTED = "$converted";

  private final Joins joins;
  private final Module module;
  private final ErrorCode unknown;

  /**
   * @param unknown the code of the error about a path that names nothing
   */
  ReadPaths(Sources sources, String prefix, Module module, ErrorCode unknown) {
    this.joins = new Joins(sources, prefix, module);
    this.module = module;
    this.unknown = unknown;
  }

  /**
   * @throws ApiError when there is no such field, or it is one lookup too many
   */
  Named named(String path) {
    Named named = find(path);
    if (joins.paths().size() > LOOKUPS) {
      throw ErrorCode.JOIN_LIMIT_EXCEEDED.with("max_limit", LOOKUPS);
    }
    return named;
  }

  private Named find(String path) {
    ApiError none = unknown.with("api_name", path).with("module", module.apiName());
    if (path.isBlank() || path.startsWith("!")) {
      throw none;
    }
    try {
      return joins.named(path.equals(CONVERTED) ? "Converted__s" : path);
    } catch (ApiError e) {
      throw e.code() == ErrorCode.NO_PERMISSION ? e : none;
    }
  }

  List<Sql> sql() {
    return joins.sql();
  }
}
