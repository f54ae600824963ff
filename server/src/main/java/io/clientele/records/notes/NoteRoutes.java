package io.clientele.records.notes;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.ExternalIds;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordChange;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.WriteBody;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /{module}/{id}/Notes}. A record's notes are read, changed and deleted as every
 * related list is, and notes by themselves as every record is.
 */
public final class NoteRoutes {
  private static final int LIST_INDEX = 2;

  private final Records records;
  private final MetadataCache metadata;
  private final Access access;

  public NoteRoutes(Records records, MetadataCache metadata, Access access) {
    this.records = records;
    this.metadata = metadata;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes.api("POST", "/{module}/{id}/Notes", Scope.modules(Operation.CREATE), this::create);
  }

  /**
   * Adds notes to the record in the path, whatever {@code Parent_Id} their rows name. INVALID_DATA
   * when there is no such record. Reference: Create Notes.
   */
  private Reply create(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module parent = RecordRoutes.writable(call, snapshot);
    Module notes = snapshot.get("Notes");
    long userId = call.caller().userId();
    access.require(snapshot, userId, Action.READ, parent);
    if (!notes.field("Parent_Id").orElseThrow().modules().contains(parent.apiName())) {
      throw ErrorCode.INVALID_DATA
          .with("resource_path_index", LIST_INDEX)
          .message("The related name given seems to be invalid");
    }
    long id = id(call, snapshot, parent).orElseThrow(NoteRoutes::unknownRecord);
    JsonNode data = WriteBody.data(call.json());
    WriteBody.tooMany(notes, data);
    data.forEach(row -> setParent(row, parent, id));
    return records.answer(
        call,
        snapshot,
        Source.CRM_API,
        change -> {
          requireRecord(change, parent, id);
          return Outcomes.reply(change.create(notes, data), 201, "record added", snapshot, userId);
        });
  }

  private Optional<Long> id(Call call, Metadata snapshot, Module parent) {
    ExternalIds externals = records.externals(call, snapshot);
    String text = call.path("id");
    return externals.names(parent)
        ? Optional.ofNullable(externals.find(parent, List.of(text)).get(text))
        : PathId.parse(text);
  }

  private static void setParent(JsonNode row, Module parent, long id) {
    if (row instanceof ObjectNode object) {
      ObjectNode named = object.putObject("Parent_Id").put("id", Long.toString(id));
      named.putObject("module").put("api_name", parent.apiName());
    }
  }

  private static void requireRecord(RecordChange change, Module parent, long id) {
    Sql record =
        sql("select t.\"id\" from " + change.table(parent) + " t where t.\"id\" = ? and", id)
            .then(change.rows(parent, Action.READ));
    if (change.tx().list(record, row -> row.getLong(1)).isEmpty()) {
      throw unknownRecord();
    }
  }

  private static ApiError unknownRecord() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the related id given seems to be invalid");
  }
}
