package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code double}, {@code percent} and {@code currency}: exact decimals, rounded to the field's
 * places.
 */
record DecimalType(String dataType) implements FieldType {
  private static final Column COLUMN = new Column("numeric", "numeric");

  @Override
  public String jsonType() {
    return "double";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(COLUMN);
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return new BigDecimal[size];
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    BigDecimal number =
        Numbers.decimal(json).orElseThrow(() -> Invalid.type(dataType, field, path));
    BigDecimal rounded = number.setScale(field.decimalPlaces(), RoundingMode.HALF_UP);
    BigDecimal plain = rounded.stripTrailingZeros();
    BigDecimal kept = plain.scale() < 0 ? plain.setScale(0) : plain;
    int whole = kept.precision() - kept.scale();
    if (whole > field.length()) {
      throw Invalid.length(field.length(), field, path);
    }
    return kept;
  }

  /** As text, whose digits go to the reply as they are. */
  @Override
  public int select(Field field, Selection selection) {
    return selection.add(selection.value(field) + "::text");
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeNumber(value);
    }
  }
}
