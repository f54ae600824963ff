package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.records.GetRecord;
import io.clientele.records.ListRecords;
import io.clientele.records.Records;
import io.clientele.records.Within;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads related lists: a page of one, one record of it. What the user may not read of the module of
 * the rows is not there. References: Get Related Records, Related Records of a Deleted Record.
 */
final class RelatedRecords {
  private static final int DELETED_ID_INDEX = 2;
  private static final List<String> THREE_WAYS = List.of("true", "false", "both");

  private final Records records;
  private final Database database;
  private final ModuleTables tables;
  private final Access access;
  private final ListRecords lists;
  private final GetRecord singles;

  RelatedRecords(
      Records records,
      Database database,
      ModuleTables tables,
      Access access,
      ListRecords lists,
      GetRecord singles) {
    this.records = records;
    this.database = database;
    this.tables = tables;
    this.access = access;
    this.lists = lists;
    this.singles = singles;
  }

  /** A page of a related list; 204 when it is empty. */
  Reply list(Call call, Metadata metadata) {
    var related = RelatedCall.of(call, metadata, records, 1);
    requireRecord(related);
    return read(
        related,
        (rows, within) ->
            lists.list(
                call,
                metadata,
                rows,
                filtered(call, metadata, rows, approved(call, within)),
                related.externals(),
                IfModifiedSince.of(call)));
  }

  /** One record of a related list, whole or the fields named; 204 when it is not in the list. */
  Reply one(Call call, Metadata metadata) {
    var related = RelatedCall.of(call, metadata, records, 1);
    requireRecord(related);
    return read(
        related,
        (rows, within) ->
            RelatedCall.id(related.externals(), rows, call.path("related_id"))
                .map(id -> singles.get(call, metadata, rows, within, id, IfModifiedSince.of(call)))
                .orElseGet(Reply::noContent));
  }

  /** A page of what was related to a record in the recycle bin by lookups and links. */
  Reply ofDeleted(Call call, Metadata metadata) {
    var related = RelatedCall.of(call, metadata, records, DELETED_ID_INDEX);
    DeletedRows rows = new DeletedRows(metadata, tables, related);
    boolean there = database.read(tx -> !tx.list(rows.parent(), row -> row.getLong(1)).isEmpty());
    if (!there) {
      throw RelatedCall.unknownRecord(DELETED_ID_INDEX);
    }
    Within within = rows.within(related.relation()).orElseThrow(RelatedCall::unknownList);
    Module module = metadata.get(related.list().body().path("module").asString(""));
    return lists.list(call, metadata, module, within, related.externals(), Optional.empty());
  }

  private Reply read(RelatedCall related, BiFunction<Module, Within, Reply> reading) {
    return related
        .rows(tables)
        .part(related.relation())
        .map(part -> reading.apply(part.module(), part.within()))
        .orElseGet(Reply::noContent);
  }

  private void requireRecord(RelatedCall related) {
    Sql record = related.record(tables, access, Action.READ);
    if (database.read(tx -> tx.list(record, row -> row.getLong(1))).isEmpty()) {
      throw RelatedCall.unknownRecord(1);
    }
  }

  /** What the parameter {@code filters}, criteria as JSON, leaves of the rows. */
  private Within filtered(Call call, Metadata metadata, Module rows, Within within) {
    Optional<String> filters = call.query("filters").filter(text -> !text.isBlank());
    if (filters.isEmpty()) {
      return within;
    }
    ApiError invalid = ErrorCode.INVALID_DATA.with("param_name", "filters");
    try {
      JsonNode json = Json.read(filters.get().getBytes(StandardCharsets.UTF_8));
      JsonNode criteria =
          database.read(
              tx -> Criteria.check(tx, metadata, rows, json, "filters", "$.query.filters"));
      return within.and(lists.condition(metadata, rows, criteria, call.caller().userId()));
    } catch (JacksonException e) {
      throw invalid;
    }
  }

  /** Every record is approved until there are approval processes. */
  private static Within approved(Call call, Within within) {
    String approved = call.query("approved").filter(text -> !text.isEmpty()).orElse("true");
    if (!THREE_WAYS.contains(approved)) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", "approved")
          .with("supported_values", THREE_WAYS);
    }
    String state = call.query("approval_state").orElse("approved");
    boolean any = !approved.equals("false") && List.of(state.split(",")).contains("approved");
    return any ? within : within.and(sql("false"));
  }
}
