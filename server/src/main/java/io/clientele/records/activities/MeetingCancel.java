package io.clientele.records.activities;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls meetings off that lie ahead and to which someone is invited. */
final class MeetingCancel {
  private final Records records;

  MeetingCancel(Records records) {
    this.records = records;
  }

  /** No meeting that the user may see has that id. */
  static ApiError unknown(String id) {
    return ErrorCode.INVALID_DATA.with("id", id).message("the id given seems to be invalid");
  }

  /** Afterwards the meeting says {@code $event_cancelled}; its fields stay as they are. */
  void cancel(Metadata metadata, long userId, long id, CancelRequest request) {
    Module events = metadata.require("Events");
    records.change(
        metadata,
        userId,
        Source.CRM_API,
        change -> {
          ObjectNode event = read(change, events, id);
          if (event.path("$event_cancelled").asBoolean(false)) {
            throw ErrorCode.NOT_ALLOWED
                .error()
                .status(400)
                .message("The event is already cancelled");
          }
          checkCancellable(change, event, id);
          change.set(events, Map.of(id, Map.of()));
          return change
              .tx()
              .update(
                  sql(
                      "insert into "
                          + metadata.org().table("cancelled_event")
                          + " (event_id, cancelled_by, cancelled_time)"
                          + " values (?, ?, ?::timestamptz)",
                      id,
                      request.by(),
                      change.stamp().now().toString()));
        });
  }

  private static ObjectNode read(RecordChange change, Module events, long id) {
    return change
        .read(events, id, Action.UPDATE)
        .orElseThrow(
            () ->
                change.read(events, id, Action.READ).isPresent()
                    ? ErrorCode.CANNOT_PERFORM_ACTION.error()
                    : unknown(Long.toString(id)));
  }

  private static void checkCancellable(RecordChange change, ObjectNode event, long id) {
    boolean invited =
        event.path("Participants").valueStream().anyMatch(one -> one.path("invited").asBoolean());
    if (!invited) {
      throw notAllowed(
          id,
          "no_participants_invited",
          "You cannot cancel the event without inviting participants");
    }
    JsonNode end = event.path("End_DateTime");
    if (end.isString()
        && OffsetDateTime.parse(end.stringValue()).toInstant().isBefore(change.stamp().now())) {
      throw notAllowed(
          id, "completed_meeting", "You cannot cancel the meeting after the meeting end time");
    }
  }

  private static ApiError notAllowed(long id, String reason, String message) {
    return ErrorCode.NOT_ALLOWED
        .with("reason", reason)
        .with("id", Long.toString(id))
        .status(400)
        .message(message);
  }
}
