package io.clientele.metadata.formula;

import java.util.Arrays;
import java.util.Optional;

/** The functions of formulas, with how many arguments each takes. */
enum Function {
  ABS("Abs", 1),
  CEIL("Ceil", 1),
  FLOOR("Floor", 1),
  NATURALLOG("Naturallog", 1),
  BASE10LOG("Base10log", 1),
  MAX("Max", 1, Function.MANY),
  MIN("Min", 1, Function.MANY),
  SQRT("Sqrt", 1),
  /** The sum of a field over a subform's rows. */
  SUM("Sum", 1),
  LEN("Len", 1),
  FIND("Find", 3),
  CONCAT("Concat", 1, Function.MANY),
  CONTAINS("Contains", 2),
  STARTSWITH("Startswith", 2),
  ENDSWITH("Endswith", 2),
  LOWER("Lower", 1),
  UPPER("Upper", 1),
  TRIM("Trim", 1),
  SUBSTRING("Substring", 3),
  TOSTRING("Tostring", 1),
  REPLACE("Replace", 3),
  NEWDATE("Newdate", 6),
  DATEPART("Datepart", 1),
  TIMEPART("Timepart", 1),
  ADDDATE("Adddate", 3),
  SUBDATE("Subdate", 3),
  NOW("Now", 0),
  DATECOMP("Datecomp", 2),
  DAYOFMONTH("Dayofmonth", 1),
  HOUR("Hour", 1),
  MINUTE("Minute", 1),
  MONTH("Month", 1),
  YEAR("Year", 1),
  WEEKDAY("Weekday", 1),
  IF("If", 3),
  AND("And", 1, Function.MANY),
  OR("Or", 1, Function.MANY),
  NOT("Not", 1);

  private static final int MANY = 100;

  private final String word;
  private final int fewest;
  private final int most;

  Function(String word, int arguments) {
    this(word, arguments, arguments);
  }

  Function(String word, int fewest, int most) {
    this.word = word;
    this.fewest = fewest;
    this.most = most;
  }

  String word() {
    return word;
  }

  boolean takes(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  /** How many arguments it takes, in words. */
  String arguments() {
    return fewest == most ? Integer.toString(fewest) : fewest + " or more";
  }

  static Optional<Function> of(String name) {
    return Arrays.stream(values())
        .filter(function -> function.word.equalsIgnoreCase(name))
        .findFirst();
  }
}
