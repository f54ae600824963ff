package io.clientele.metadata.types;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.FileChange;
import io.clientele.metadata.FileChange.Item;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code fileupload} and {@code imageupload}: files of a record, {@code
 * [{"id":…,"File_Id__s":…,"File_Name__s":…}]}. Written with the ids of uploaded files; what the
 * client does not name stays. The row keeps an array of {@code {id, file, name, size, time, user}}.
 */
public record FilesType(String dataType) implements FieldType {
  private static final int DESCRIPTION = 255;

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  /** Whether the files are images. */
  public boolean images() {
    return dataType.equals("imageupload");
  }

  /** What is to become of the files; the writer of records does it. */
  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull() || (json.isArray() && json.isEmpty())) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    List<Item> items = new ArrayList<>();
    for (JsonNode item : json) {
      items.add(item(item, field, path + "[" + items.size() + "]"));
    }
    return new FileChange(items, false);
  }

  private Item item(JsonNode json, Field field, String path) {
    if (!json.isObject()) {
      throw Invalid.type("jsonobject", field, path);
    }
    Optional<Long> id = Optional.empty();
    if (json.hasNonNull("id")) {
      id = PathId.parse(json.path("id").asString(""));
      if (id.isEmpty()) {
        throw Invalid.id(field, path + ".id");
      }
    }
    JsonNode fileId = json.path("File_Id__s");
    if (id.isEmpty() && !fileId.isString()) {
      if (fileId.isMissingNode() || fileId.isNull()) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("File_Id__s", path + ".File_Id__s");
      }
      throw Invalid.type("text", field, path + ".File_Id__s");
    }
    return new Item(
        path,
        id,
        fileId.isString() ? Optional.of(fileId.stringValue()) : Optional.empty(),
        json.has("_delete"),
        description(json.path("Description__s"), field, path + ".Description__s"),
        sequence(json.path("Sequence_Number__s"), field, path + ".Sequence_Number__s"));
  }

  private static @Nullable String description(JsonNode json, Field field, String path) {
    if (json.isMissingNode() || json.isNull()) {
      return null;
    }
    if (!json.isString() || json.stringValue().indexOf('\0') >= 0) {
      throw Invalid.type("text", field, path);
    }
    if (json.stringValue().length() > DESCRIPTION) {
      throw Invalid.length(DESCRIPTION, field, path);
    }
    return json.stringValue();
  }

  private static @Nullable Integer sequence(JsonNode json, Field field, String path) {
    if (json.isMissingNode() || json.isNull()) {
      return null;
    }
    String text = json.asString("");
    if (!text.matches("\\d{1,4}")) {
      throw Invalid.type("integer", field, path);
    }
    return Integer.valueOf(text);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    byte[] value = row.getBytes(column);
    if (value == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartArray();
    for (JsonNode file : Json.read(value)) {
      write(file, reading);
    }
    reading.json().writeEndArray();
  }

  private void write(JsonNode file, Reading reading) {
    JsonGenerator json = reading.json();
    String time = Moments.format(Instant.parse(file.path("time").asString()), reading.zone());
    json.writeStartObject();
    json.writeStringProperty("id", file.path("id").asString());
    json.writeStringProperty("File_Id__s", file.path("file").asString());
    json.writeStringProperty("File_Name__s", file.path("name").asString());
    json.writeStringProperty("Size__s", file.path("size").asString());
    json.writeStringProperty("Created_Time__s", time);
    json.writeStringProperty("Modified_Time__s", time);
    for (String name : List.of("Created_By__s", "Modified_By__s", "Owner__s")) {
      writeUser(name, file.path("user").asLong(), reading);
    }
    if (images()) {
      json.writeStringProperty("Preview_Id__s", file.path("file").asString());
      json.writeName("Description__s");
      json.writeTree(file.path("description"));
      json.writeNumberProperty("Sequence_Number__s", file.path("sequence").asInt());
      json.writeStringProperty("State__s", "VALID");
    }
    json.writeEndObject();
  }

  private static void writeUser(String name, long id, Reading reading) {
    UserName user = reading.metadata().userName(id);
    reading.json().writeName(name);
    if (user == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeRawValue(user.reference());
    }
  }
}
