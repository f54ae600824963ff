package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import java.util.Optional;

/** The record that attachments hang on: who reaches it reaches them. */
record Parent(Module module, long id) {
  /**
   * The module in the path.
   *
   * @throws ApiError INVALID_MODULE when it has no attachments
   */
  static Module module(Call call, Metadata metadata) {
    Module module = metadata.require(call.path("module"));
    if (!module.apiSupported() || !module.hasTable() || !hasAttachments(metadata, module)) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
    return module;
  }

  private static boolean hasAttachments(Metadata metadata, Module module) {
    return module.generatedType().equals("custom")
        || field(metadata).modules().contains(module.apiName());
  }

  /** The lookup of an attachment to its record. */
  static Field field(Metadata metadata) {
    return metadata.get(Attachments.MODULE).field("Parent_Id").orElseThrow();
  }

  /** The record in the path, whether it is there or not. */
  static Parent of(Call call, Metadata metadata) {
    return new Parent(module(call, metadata), PathId.find(call, "id").orElseThrow(Parent::unknown));
  }

  /**
   * The name of the record, if it has one; it stays until the transaction ends when it is locked.
   *
   * @throws ApiError INVALID_DATA when there is none that the user may do {@code action} with
   */
  Optional<String> require(
      Transaction tx,
      Metadata metadata,
      ModuleTables tables,
      Access access,
      long userId,
      Action action) {
    access.require(metadata, userId, Action.READ, module);
    String name =
        module
            .nameField()
            .filter(field -> field.stored().isPresent())
            .map(field -> "t." + Sql.identifier(field.column()) + "::text")
            .orElse("null::text");
    String table = tables.of(metadata, module);
    Sql found =
        sql("select " + name + " from " + table + " t where t.\"id\" = ?", id)
            .then("and")
            .then(access.rows(metadata, userId, action, module));
    return tx
        .list(
            action == Action.READ ? found : found.then("for key share of t"),
            row -> Optional.ofNullable(row.getString(1)))
        .stream()
        .findFirst()
        .orElseThrow(Parent::unknown);
  }

  static ApiError unknown() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the related id given seems to be invalid");
  }
}
