package io.clientele.metadata.types;

/**
 * How a type is kept.
 *
 * @param sqlType the type of the column
 * @param arrayType the element type of arrays that carry values to the database; cast where it
 *     differs
 */
public record Column(String sqlType, String arrayType) {
  static final Column TEXT = new Column("text", "text");
  static final Column BIGINT = new Column("bigint", "bigint");
  static final Column BIGINT_ARRAY = new Column("bigint[]", "text");
  static final Column TEXT_ARRAY = new Column("text[]", "text");
  static final Column JSON = new Column("jsonb", "text");

  /** {@code expression}, an element of such an array, as a value of the column. */
  public String cast(String expression) {
    return arrayType.equals(sqlType) ? expression : expression + "::" + sqlType;
  }
}
