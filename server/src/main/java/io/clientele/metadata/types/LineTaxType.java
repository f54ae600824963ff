package io.clientele.metadata.types;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code linetax}: the taxes on a line or on a whole document, {@code [{"name":…,"percentage":…}]}.
 * What each comes to, {@code value}, is computed when it is read and ignored when it is written.
 */
record LineTaxType() implements FieldType {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final List<String> TEXTS = List.of("name", "id", "display_name");
  private static final int LONGEST_TEXT = 255;
  private static final int MOST = 100;

  @Override
  public String dataType() {
    return "linetax";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type(jsonType(), field, path);
    }
    if (json.size() > MOST) {
      throw Invalid.length(MOST, field, path);
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode tax : json) {
      kept.add(tax(tax, field, path + "[" + kept.size() + "]"));
    }
    return Json.MAPPER.writeValueAsString(kept);
  }

  private static ObjectNode tax(JsonNode tax, Field field, String path) {
    if (!tax.isObject()) {
      throw Invalid.type("jsonobject", field, path);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put(
        "percentage",
        Numbers.decimal(tax.path("percentage"))
            .filter(found -> found.signum() >= 0 && found.compareTo(HUNDRED) <= 0)
            .orElseThrow(() -> Invalid.type("double", field, path + ".percentage")));
    for (String name : TEXTS) {
      JsonNode text = tax.path(name);
      if (text.isMissingNode() || text.isNull()) {
        continue;
      }
      String value = text.isValueNode() ? text.asString() : "";
      if (!text.isValueNode() || value.indexOf('\0') >= 0) {
        throw Invalid.type("text", field, path + "." + name);
      }
      if (value.length() > LONGEST_TEXT) {
        throw Invalid.length(LONGEST_TEXT, field, path + "." + name);
      }
      kept.put(name, value);
    }
    return kept;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeRawValue(value);
    }
  }
}
