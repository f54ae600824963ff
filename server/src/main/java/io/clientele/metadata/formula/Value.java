package io.clientele.metadata.formula;

/**
 * A part of a formula as SQL.
 *
 * @param simple whether it may be written twice: a column or a literal
 */
record Value(Type type, String sql, boolean simple) {
  /** What values are to formulas; all numbers are exact decimals. */
  enum Type {
    NUMBER("numeric"),
    TEXT("text"),
    BOOLEAN("boolean"),
    DATE("date"),
    DATETIME("timestamptz"),
    /** The word null: fits every type. */
    NOTHING("text");

    private final String sqlType;

    Type(String sqlType) {
      this.sqlType = sqlType;
    }

    String sqlType() {
      return sqlType;
    }

    boolean isMoment() {
      return this == DATE || this == DATETIME;
    }
  }

  static Value of(Type type, String sql) {
    return new Value(type, sql, false);
  }

  static Value number(String sql) {
    return of(Type.NUMBER, sql);
  }

  static Value text(String sql) {
    return of(Type.TEXT, sql);
  }

  static Value bool(String sql) {
    return of(Type.BOOLEAN, sql);
  }

  static Value nothing(Type type) {
    return new Value(type, "null::" + type.sqlType(), true);
  }

  boolean is(Type other) {
    return type == other || type == Type.NOTHING;
  }
}
