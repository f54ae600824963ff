package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import io.clientele.metadata.relatedlists.Relation;
import io.clientele.records.ExternalIds;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.List;
import java.util.Optional;

/**
 * What a path of a related list names: the record, whose module the user may read, and the list.
 *
 * @param id the record's; that there is such a record is another question
 */
record RelatedCall(
    Metadata metadata, long userId, Module module, long id, Setting list, ExternalIds externals) {
  private static final int LIST_INDEX = 2;

  /** Parts of paths that are no related lists, known under other methods only. */
  private static final java.util.Set<String> OTHER_PATHS = java.util.Set.of("actions", "photo");

  /**
   * @param idIndex where in the path the id stands
   * @throws ApiError INVALID_MODULE, INVALID_DATA about the id or the name of the list
   */
  static RelatedCall of(Call call, Metadata metadata, Records records, int idIndex) {
    if (OTHER_PATHS.contains(call.path("related_list"))) {
      throw ErrorCode.INVALID_REQUEST_METHOD.error();
    }
    Module module = RecordRoutes.module(call, metadata);
    long userId = call.caller().userId();
    records.access().require(metadata, userId, Action.READ, module);
    Setting list = find(module, call.path("related_list")).orElseThrow(RelatedCall::unknownList);
    ExternalIds externals = records.externals(call, metadata);
    long id = id(externals, module, call.path("id")).orElseThrow(() -> unknownRecord(idIndex));
    return new RelatedCall(metadata, userId, module, id, list, externals);
  }

  /** The id that a client's text means among the module's records; empty when it means none. */
  static Optional<Long> id(ExternalIds externals, Module module, String text) {
    return externals.names(module)
        ? Optional.ofNullable(externals.find(module, List.of(text)).get(text))
        : PathId.parse(text);
  }

  static Optional<Setting> find(Module module, String name) {
    return module.relatedLists().stream()
        .filter(one -> one.apiName().equalsIgnoreCase(name))
        .filter(one -> one.body().path("status").asString("visible").equals("visible"))
        .findFirst();
  }

  Relation relation() {
    return Relation.of(metadata, module, list);
  }

  RelatedRows rows(ModuleTables tables) {
    return new RelatedRows(metadata, tables, module, id);
  }

  /** The record itself, when the user may do {@code action} with it. */
  Sql record(ModuleTables tables, Access access, Action action) {
    return sql("select t.\"id\" from " + tables.of(metadata, module) + " t where t.\"id\" = ?", id)
        .then("and")
        .then(access.rows(metadata, userId, action, module));
  }

  static ApiError unknownRecord(int index) {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", index)
        .message("The related id given seems to be invalid");
  }

  static ApiError unknownList() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", LIST_INDEX)
        .message("The related name given seems to be invalid");
  }
}
