package io.clientele.records.timeline;

import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import io.clientele.records.timeline.FieldValues.Change;
import io.clientele.records.timeline.TimelineEntries.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The wire shape of a timeline. */
final class TimelineJson {
  private final Metadata metadata;
  private final ZoneId zone;
  private final TimelineQuery query;
  private final RecordNames names;

  TimelineJson(Metadata metadata, long userId, TimelineQuery query, RecordNames names) {
    this.metadata = metadata;
    this.zone = metadata.zoneOf(userId);
    this.query = query;
    this.names = names;
  }

  private record Row(Entry entry, FieldValues values) {}

  /** The page of a record's timeline. */
  void write(
      JsonGenerator json,
      TimelinePage page,
      List<FieldValues> values,
      Module module,
      long recordId) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(new Row(page.entries().get(i), values.get(i)));
    }
    Instant expiry = query.tokens().expiry();
    Keys.object(
        json,
        keys ->
            keys.array("__timeline", rows, (inner, row) -> entry(inner, row, module, recordId))
                .object(
                    "info",
                    info ->
                        info.number("per_page", query.perPage())
                            .text("next_page_token", page.next(expiry))
                            .number("count", rows.size())
                            .number("page", page.number())
                            .text("previous_page_token", page.previous(expiry))
                            .flag("more_records", page.more())));
  }

  private void entry(Keys keys, Row row, Module module, long recordId) {
    Entry entry = row.entry;
    doneBy(keys, entry.userId());
    if (query.include().contains("extension")) {
      keys.none("extension");
    }
    if (entry.recordId() == recordId) {
      keys.none("related_record");
    } else {
      record(keys, "related_record", Optional.of(module), recordId);
    }
    keys.none("automation_details");
    record(keys, "record", metadata.find(entry.moduleId()), entry.recordId());
    keys.text("audited_time", Moments.format(entry.time(), zone))
        .text("action", row.values.action(entry.action()))
        .id("id", entry.id())
        .text("source", entry.source());
    if (query.include().contains("type")) {
      keys.text("type", "timeline");
    }
    if (row.values.changes().isEmpty()) {
      keys.none("field_history");
    } else {
      keys.array(
          "field_history",
          row.values.changes(),
          (inner, change) -> field(inner, row.values, change));
    }
  }

  private void doneBy(Keys keys, long userId) {
    UserName user = metadata.userName(userId);
    keys.object(
        "done_by",
        inner -> {
          if (query.inner().contains("done_by.profile")) {
            metadata
                .profileOf(userId)
                .ifPresent(
                    profile ->
                        inner.object(
                            "profile",
                            one -> one.text("name", profile.apiName()).id("id", profile.id())));
          }
          inner.text("name", user == null ? null : user.name()).id("id", userId);
          if (query.inner().contains("done_by.type__s")) {
            inner.text("type__s", "regular user");
          }
        });
  }

  private void record(Keys keys, String key, Optional<Module> module, long id) {
    keys.object(
        key,
        inner -> {
          module.ifPresentOrElse(
              found ->
                  inner.object(
                      "module", one -> one.text("api_name", found.apiName()).id("id", found.id())),
              () -> inner.none("module"));
          inner.text("name", Objects.requireNonNullElse(names.of(id), "")).id("id", id);
        });
  }

  private void field(Keys keys, FieldValues values, Change change) {
    keys.text("api_name", change.apiName());
    change.field().ifPresent(field -> inner(keys, field));
    keys.object(
        "_value",
        inner ->
            inner
                .text("new", values.text(change, change.after(), zone))
                .text("old", values.text(change, change.before(), zone)));
    change.field().ifPresent(field -> keys.id("id", field.id()));
  }

  private void inner(Keys keys, Field field) {
    JsonNode definition = field.definition();
    if (asked("field_label")) {
      keys.text("field_label", definition.path("field_label").asString(field.apiName()));
    }
    if (asked("enable_colour_code")) {
      keys.flag("enable_colour_code", definition.path("enable_colour_code").asBoolean(false));
    }
    if (asked("data_type")) {
      keys.text("data_type", field.dataType());
    }
    if (asked("pick_list_values")) {
      int[] place = {0};
      keys.array(
          "pick_list_values",
          definition.path("pick_list_values"),
          (value, node) -> pickListValue(value, node, ++place[0]));
    }
  }

  private static void pickListValue(Keys keys, JsonNode value, int place) {
    String display = value.isString() ? value.asString() : value.path("display_value").asString("");
    keys.text("display_value", display)
        .number("sequence_number", value.path("sequence_number").asInt(place))
        .text("colour_code", value.path("colour_code").asString(null))
        .text("actual_value", value.path("actual_value").asString(display))
        .text("type", value.path("type").asString("used"));
    if (value.has("id")) {
      keys.text("id", value.path("id").asString());
    }
  }

  private boolean asked(String name) {
    return query.inner().contains("field_history." + name);
  }
}
