package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code currency} that may be written as a percentage, {@code "10%"}, as discounts are: kept as it
 * was written, so that it follows what it is a part of; read as the amount it comes to.
 */
record AmountOrPercentType() implements FieldType {
  private static final DecimalType AMOUNT = new DecimalType("currency");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Override
  public String dataType() {
    return AMOUNT.dataType();
  }

  @Override
  public String jsonType() {
    return AMOUNT.jsonType();
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.TEXT);
  }

  @Override
  public Optional<Column> valueColumn() {
    return AMOUNT.column();
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    String text = json.asString("").strip();
    if (!text.endsWith("%")) {
      return AMOUNT.parse(json, field, path) instanceof BigDecimal amount
          ? amount.toPlainString()
          : null;
    }
    JsonNode number = json.isString() ? textNode(text.substring(0, text.length() - 1)) : json;
    BigDecimal percent =
        Numbers.decimal(number)
            .filter(found -> found.signum() >= 0 && found.compareTo(HUNDRED) <= 0)
            .orElseThrow(() -> Invalid.type(dataType(), field, path));
    return percent.stripTrailingZeros().toPlainString() + "%";
  }

  private static JsonNode textNode(String text) {
    return tools.jackson.databind.node.StringNode.valueOf(text);
  }

  @Override
  public int select(Field field, Selection selection) {
    return AMOUNT.select(field, selection);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    AMOUNT.write(row, column, field, reading);
  }
}
