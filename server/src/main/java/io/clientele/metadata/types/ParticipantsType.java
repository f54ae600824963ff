package io.clientele.metadata.types;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The field Participants, whose data type says bigint: users, contacts, leads and addresses that
 * take part in a meeting. The row keeps whom; names of records are read with it.
 */
record ParticipantsType() implements FieldType {
  private static final int MOST = 50;

  @Override
  public String dataType() {
    return "bigint";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  /** Each once; whether the ids name somebody is checked when the meeting is written. */
  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    if (json.size() > MOST) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", MOST)
          .at(field.apiName(), path)
          .message("Only " + MOST + " participants can be added to an event.");
    }
    List<Participant> list = new ArrayList<>();
    int index = 0;
    for (JsonNode item : json) {
      Participant one = Participant.sent(item, field, path + "[" + index++ + "]");
      if (list.stream().noneMatch(one::isSame)) {
        list.add(one);
      }
    }
    return list.isEmpty() ? null : Participant.kept(list);
  }

  @Override
  public int select(Field field, Selection selection) {
    String name =
        selection.nameOfAny(
            List.copyOf(Participant.MODULES.values()),
            "(p ->> 'participant')::bigint",
            "(p ->> 'module')::bigint");
    return selection.add(
        "(select jsonb_agg(p || jsonb_build_object('name', coalesce("
            + name
            + ", p ->> 'name')) order by place) from jsonb_array_elements("
            + selection.value(field)
            + ") with ordinality as e(p, place))");
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    JsonGenerator json = reading.json();
    json.writeStartArray();
    for (Participant one : Participant.list(row.getString(column))) {
      UserName user = one.isUser() ? reading.metadata().userName(Long.parseLong(one.who())) : null;
      json.writeStartObject();
      json.writeName("name");
      TextType.writeString(user == null ? one.name() : user.name(), reading);
      json.writeBooleanProperty("invited", one.invited());
      json.writeStringProperty("id", Long.toString(one.id()));
      json.writeStringProperty("type", one.type());
      json.writeStringProperty("participant", one.who());
      json.writeName("Email");
      TextType.writeString(user == null ? one.email() : user.email(), reading);
      json.writeStringProperty("status", one.status());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
