package io.clientele.metadata.types;

import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Territory;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code territories}: those that a record is in. The row keeps their ids, and in a column beside
 * them who assigned each and when; an id that is no territory's any more is that of a deleted one.
 * Only the server writes them.
 */
public record TerritoriesType() implements FieldType {
  /** How {@link #write} and those who assign know one territory of a record. */
  public record Assigned(long id, @Nullable Long by, @Nullable Instant time) {}

  /** What a record's territories become: the value of a field on its way into the database. */
  public record Value(List<Assigned> territories) {
    /** The ids as the column takes them. */
    public String ids() {
      return territories.stream()
          .map(one -> Long.toString(one.id()))
          .collect(Collectors.joining(",", "{", "}"));
    }

    /** Who and when, as the column beside takes it. */
    public String how() {
      ArrayNode list = Json.MAPPER.createArrayNode();
      for (Assigned one : territories) {
        ObjectNode node = list.addObject().put("id", one.id());
        if (one.by() != null) {
          node.put("by", one.by());
        }
        if (one.time() != null) {
          node.put("time", one.time().toString());
        }
      }
      return Json.MAPPER.writeValueAsString(list);
    }
  }

  @Override
  public String dataType() {
    return "territories";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.BIGINT_ARRAY);
  }

  @Override
  public List<String> extraColumns(Field field) {
    return List.of(Sql.identifier(howColumn(field)) + " jsonb");
  }

  /** The column that tells who assigned each territory, and when. */
  public static String howColumn(Field field) {
    return field.column() + "_how";
  }

  /** How values of {@link #howColumn} travel to the database. */
  public static Column howType() {
    return Column.JSON;
  }

  /** Nobody writes it, as a record's territories have operations of their own. */
  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (!json.isNull() && !json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    return null;
  }

  @Override
  public int select(Field field, Selection selection) {
    int place = selection.add(selection.value(field));
    selection.add(selection.column(howColumn(field)));
    return place;
  }

  /** The territories of a row, with their ids in one column and who and when in the next. */
  public static List<Assigned> read(ResultSet row, int column, Metadata metadata)
      throws SQLException {
    return readAll(row, column).stream()
        .filter(one -> metadata.people().territories().containsKey(one.id()))
        .toList();
  }

  /** The same with those that are gone. */
  public static List<Assigned> readAll(ResultSet row, int column) throws SQLException {
    Array ids = row.getArray(column);
    if (ids == null) {
      return List.of();
    }
    String text = row.getString(column + 1);
    JsonNode how = text == null ? Json.MAPPER.createArrayNode() : Json.MAPPER.readTree(text);
    var all = new ArrayList<Assigned>();
    for (Long id : (Long[]) ids.getArray()) {
      all.add(assigned(id, how));
    }
    return all;
  }

  private static Assigned assigned(long id, JsonNode how) {
    for (JsonNode one : how) {
      if (one.path("id").asLong() == id) {
        String time = one.path("time").asString("");
        return new Assigned(
            id,
            one.has("by") ? one.path("by").asLong() : null,
            time.isEmpty() ? null : Instant.parse(time));
      }
    }
    return new Assigned(id, null, null);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    reading.json().writeStartArray();
    for (Assigned one : read(row, column, reading.metadata())) {
      Territory territory =
          Objects.requireNonNull(reading.metadata().people().territories().get(one.id()));
      reading.json().writeStartObject();
      reading.json().writeStringProperty("Name", territory.name());
      reading.json().writeStringProperty("id", Long.toString(one.id()));
      writeUser(one.by(), reading);
      reading.json().writeName("$assigned_time");
      TextType.writeString(
          one.time() == null ? null : Moments.format(one.time(), reading.zone()), reading);
      reading
          .json()
          .writeStringProperty("$assigned", one.by() == null ? "automatically" : "manually");
      reading.json().writeEndObject();
    }
    reading.json().writeEndArray();
  }

  private static void writeUser(@Nullable Long id, Reading reading) {
    var user = id == null ? null : reading.metadata().userName(id);
    if (user == null) {
      reading.json().writeName("$assigned_by");
      reading.json().writeNull();
      return;
    }
    reading.json().writeObjectPropertyStart("$assigned_by");
    reading.json().writeStringProperty("name", user.name());
    reading.json().writeStringProperty("id", Long.toString(user.id()));
    reading.json().writeEndObject();
  }
}
