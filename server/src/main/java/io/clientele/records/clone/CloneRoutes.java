package io.clientele.records.clone;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.WriteBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** POST /{module}/{id}/actions/clone. Reference: Record Clone. */
public final class CloneRoutes {
  private static final long MAXIMUM_BODY = 32L << 20;

  private final Records records;
  private final MetadataCache metadata;
  private final Access access;

  public CloneRoutes(Records records, MetadataCache metadata, Access access) {
    this.records = records;
    this.metadata = metadata;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes.api(
        "POST", "/{module}/{id}/actions/clone", Scope.modules(Operation.CREATE), this::cloneRecord);
  }

  /**
   * Adds a copy of the record, with its subforms; what the body's only row names is as the body has
   * it. INVALID_DATA when the record is not there, and the errors of Insert Records.
   */
  private Reply cloneRecord(Call call) {
    Metadata snapshot = metadata.of(call.caller().orgId());
    Module module = RecordRoutes.writable(call, snapshot);
    long userId = call.caller().userId();
    ObjectNode changes = changes(call);
    access.require(snapshot, userId, Action.CREATE, module);
    long id = records.externals(call, snapshot).require(module, call.path("id"), 1);
    return records.answer(
        call,
        snapshot,
        Source.CRM_API,
        change -> {
          ObjectNode original =
              change
                  .read(module, id, Action.READ)
                  .orElseThrow(() -> RecordRoutes.unknownId("the id given seems to be invalid"));
          ObjectNode copy = new RecordCopy(snapshot, module).of(original);
          copy.setAll(changes);
          var rows = Json.MAPPER.createArrayNode().add(copy);
          return Outcomes.reply(change.create(module, rows), 201, "record added", snapshot, userId);
        });
  }

  /** The row of the body; empty when there is no body. */
  private static ObjectNode changes(Call call) {
    if (call.body(MAXIMUM_BODY).length == 0) {
      return Json.MAPPER.createObjectNode();
    }
    JsonNode data = WriteBody.data(call.json());
    if (data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("data", "$.data");
    }
    if (!(data.get(0) instanceof ObjectNode row)) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .with("json_path", "$.data[0]");
    }
    row.remove("id");
    return row;
  }
}
