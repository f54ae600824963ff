package io.clientele.records.activities;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.records.Records;
import tools.jackson.databind.JsonNode;

/** {@code POST /Events/{event}/actions/cancel}. Reference: Cancel Meeting. */
public final class MeetingCancelRoutes {
  private static final String DATA = "data";

  private final MetadataCache cache;
  private final MeetingCancel cancel;

  public MeetingCancelRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    cancel = new MeetingCancel(records);
  }

  public void addTo(RouteTable routes) {
    Scope scope = Scope.modules(Operation.UPDATE).forModule("events");
    routes.api("POST", "/Events/{event}/actions/cancel", scope, this::cancel);
  }

  /** Calls a meeting off; errors about it or about the only row of the body stand in a row. */
  private Reply cancel(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    JsonNode row = row(call.json().path(DATA));
    String event = call.path("event");
    var results = new Results(DATA);
    try {
      long id = PathId.parse(event).orElseThrow(() -> MeetingCancel.unknown(event));
      CancelRequest request = CancelRequest.of(metadata, row, call.caller().userId());
      cancel.cancel(metadata, call.caller().userId(), id, request);
      results.add(Done.of("The event is successfully cancelled", id));
    } catch (ApiError e) {
      if (e.code() == ErrorCode.NO_PERMISSION) {
        throw e;
      }
      results.add(e);
    }
    return results.reply(200);
  }

  private static JsonNode row(JsonNode data) {
    if (data.isMissingNode() || data.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(DATA, "$.data");
    }
    if (!data.isArray() || data.isEmpty()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(DATA, "$.data");
    }
    if (data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(DATA, "$.data");
    }
    return data.get(0);
  }
}
