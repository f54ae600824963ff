package io.clientele.records;

import io.clientele.http.ErrorJson;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.References;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import io.clientele.records.Outcome.Deleted;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The reply to a write: one outcome for each row, and the status that sums them up. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * All kept: {@code success}; some: 207; none: 400, or the status that all the errors share.
   *
   * @param message what a kept row says, such as record added
   */
  static Reply reply(
      List<Outcome> outcomes, int success, String message, Metadata metadata, long userId) {
    return reply(
        outcomes, success, metadata, userId, index -> new Row(message, Map.of(), Map.of()));
  }

  /**
   * What a kept row says beside what all rows say.
   *
   * @param beside keys of the row, before its details
   * @param details keys of its details
   */
  record Row(String message, Map<String, @Nullable String> beside, Map<String, String> details) {}

  /**
   * @param rows what each kept row says, by its number
   */
  static Reply reply(
      List<Outcome> outcomes, int success, Metadata metadata, long userId, IntFunction<Row> rows) {
    ZoneId zone = metadata.zoneOf(userId);
    return Reply.json(
        status(outcomes, success),
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("data");
          for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
              case Rejected rejected -> ErrorJson.write(json, rejected.error());
              case Saved saved -> write(json, saved, rows.apply(i), metadata, zone);
              case Deleted deleted -> {
                Row row = rows.apply(i);
                begin(json, row);
                json.writeStringProperty("id", Long.toString(deleted.id()));
                end(json, row.message);
              }
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** What a kept row says where the state of approval is not told. */
  public static Done done(Saved saved, String message, Metadata metadata, long userId) {
    ZoneId zone = metadata.zoneOf(userId);
    return new Done(
        message,
        keys -> {
          References.time(keys, "Modified_Time", saved.modifiedTime(), zone);
          References.user(keys, metadata, "Modified_By", saved.modifiedBy());
          References.time(keys, "Created_Time", saved.createdTime(), zone);
          keys.id("id", saved.id());
          References.user(keys, metadata, "Created_By", saved.createdBy());
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
      JsonGenerator json, Saved saved, Row row, Metadata metadata, ZoneId zone) {
    begin(json, row);
    json.writeStringProperty("Modified_Time", Moments.format(saved.modifiedTime(), zone));
    user(json, "Modified_By", metadata, saved.modifiedBy());
    json.writeStringProperty("Created_Time", Moments.format(saved.createdTime(), zone));
    json.writeStringProperty("id", Long.toString(saved.id()));
    user(json, "Created_By", metadata, saved.createdBy());
    json.writeStringProperty("$approval_state", "approved");
    end(json, row.message);
  }

  private static void begin(JsonGenerator json, Row row) {
    json.writeStartObject();
    json.writeStringProperty("code", "SUCCESS");
    row.beside.forEach(json::writeStringProperty);
    json.writeObjectPropertyStart("details");
    row.details.forEach(json::writeStringProperty);
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
