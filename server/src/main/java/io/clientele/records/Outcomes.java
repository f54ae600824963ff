package io.clientele.records;

import io.clientele.http.ErrorJson;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import io.clientele.records.Outcome.Deleted;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The reply to a write: one outcome for each row, and the status that sums them up. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * All kept: {@code success}; some: 207; none: 400, or the status that all the errors share.
   *
   * @param message what a kept row says, such as record added
   */
  public static Reply reply(
      List<Outcome> outcomes, int success, String message, Metadata metadata, long userId) {
    ZoneId zone = metadata.zoneOf(userId);
    return Reply.json(
        status(outcomes, success),
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("data");
          for (Outcome outcome : outcomes) {
            switch (outcome) {
              case Rejected rejected -> ErrorJson.write(json, rejected.error());
              case Saved saved -> write(json, saved, message, metadata, zone);
              case Deleted deleted -> {
                begin(json);
                json.writeStringProperty("id", Long.toString(deleted.id()));
                end(json, message);
              }
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static int status(List<Outcome> outcomes, int success) {
    List<Integer> errors =
        outcomes.stream()
            .filter(Rejected.class::isInstance)
            .map(outcome -> ((Rejected) outcome).error().status())
            .toList();
    return Results.status(errors, outcomes.size(), success);
  }

  private static void write(
      JsonGenerator json, Saved saved, String message, Metadata metadata, ZoneId zone) {
    begin(json);
    json.writeStringProperty("Modified_Time", Moments.format(saved.modifiedTime(), zone));
    user(json, "Modified_By", metadata, saved.modifiedBy());
    json.writeStringProperty("Created_Time", Moments.format(saved.createdTime(), zone));
    json.writeStringProperty("id", Long.toString(saved.id()));
    user(json, "Created_By", metadata, saved.createdBy());
    json.writeStringProperty("$approval_state", "approved");
    end(json, message);
  }

  private static void begin(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("code", "SUCCESS");
    json.writeObjectPropertyStart("details");
  }

  private static void end(JsonGenerator json, String message) {
    json.writeEndObject();
    json.writeStringProperty("message", message);
    json.writeStringProperty("status", "success");
    json.writeEndObject();
  }

  private static void user(JsonGenerator json, String name, Metadata metadata, long id) {
    UserName user = metadata.userName(id);
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("name", user == null ? "" : user.name());
    json.writeStringProperty("id", Long.toString(id));
    json.writeEndObject();
  }
}
