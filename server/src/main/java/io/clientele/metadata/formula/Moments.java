package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Value.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Dates and moments. Days, months and hours are those of the org's time zone, so that all users see
 * and sort by the same value. Years go from 5 to 9998, as all zones can write them; what is no date
 * or lies beyond is empty. Days of the week count from Sunday, which is 1.
 */
final class Moments {
  /** How far each unit can go within 4000 years, which the database's calendar has to spare. */
  private static final Map<String, Long> UNITS =
      Map.of(
          "year",
          4_000L,
          "month",
          48_000L,
          "day",
          1_461_000L,
          "hour",
          35_000_000L,
          "minute",
          2_000_000_000L);

  private Moments() {}

  static Value call(Arguments given, Function function) {
    return switch (function) {
      case NEWDATE -> newDate(given);
      case DATEPART -> datePart(given.compiler(), given.moment(0));
      case TIMEPART -> Value.text("to_char(" + local(given, 0) + ", 'HH12:MI AM')");
      case ADDDATE -> shifted(given, 1);
      case SUBDATE -> shifted(given, -1);
      // The database's clock: the text of a statement is kept and shared, so it holds no moment.
      case NOW -> Value.of(Type.DATETIME, "date_trunc('second', now())");
      case DATECOMP -> difference(given);
      case DAYOFMONTH -> part(given, "day");
      case HOUR -> part(given, "hour");
      case MINUTE -> part(given, "minute");
      case MONTH -> part(given, "month");
      case YEAR -> part(given, "year");
      case WEEKDAY -> Value.number("(" + part(given, "dow").sql() + " + 1)");
      default -> throw new IllegalArgumentException(function.word());
    };
  }

  static String local(String zone, Value moment) {
    return moment.type() == Type.DATE
        ? moment.sql() + "::timestamp"
        : "(" + moment.sql() + " at time zone " + zone + ")";
  }

  static String absolute(String zone, Value moment) {
    return moment.type() == Type.DATE
        ? "(" + local(zone, moment) + " at time zone " + zone + ")"
        : moment.sql();
  }

  private static String local(Arguments given, int index) {
    return given.compiler().local(given.moment(index));
  }

  private static Value part(Arguments given, String unit) {
    return Value.number("extract(" + unit + " from " + local(given, 0) + ")");
  }

  static Value datePart(FormulaCompiler compiler, Value moment) {
    return moment.type() == Type.DATE
        ? moment
        : Value.of(Type.DATE, "(" + compiler.local(moment) + ")::date");
  }

  /** Minutes from the second to the first, as {@code Datecomp} of 11:30 and 0:30 is 660. */
  private static Value difference(Arguments given) {
    Value first = given.moment(0);
    Value second = given.moment(1);
    if (first.type() == Type.DATE && second.type() == Type.DATE) {
      return Value.number("((" + first.sql() + " - " + second.sql() + ")::numeric * 1440)");
    }
    String a = given.compiler().absolute(first);
    String b = given.compiler().absolute(second);
    return Value.number("(extract(epoch from (" + a + " - " + b + ")) / 60)");
  }

  /**
   * Years, months and days are added on the calendar of the org's zone, hours and minutes on the
   * clock. A part of a unit does not count.
   */
  private static Value shifted(Arguments given, int sign) {
    Value moment = given.moment(0);
    String unit = unit(given.literal(2));
    long limit = UNITS.getOrDefault(unit, 0L);
    if (limit == 0) {
      throw given.wrong(2, "'YEAR', 'MONTH', 'DAY', 'HOUR' or 'MIN'");
    }
    String count = given.number(1);
    String number =
        Numbers.between("trunc(" + count + ")", Long.toString(-limit), Long.toString(limit));
    String interval =
        "(" + (sign < 0 ? "-" : "") + number + ")::double precision * interval '1 " + unit + "'";
    boolean clock = unit.equals("hour") || unit.equals("minute");
    FormulaCompiler compiler = given.compiler();
    if (moment.type() == Type.DATE && !clock) {
      return Value.of(
          Type.DATE, inRange("(" + moment.sql() + " + " + interval + ")::date", "date"));
    }
    String moved =
        clock
            ? compiler.absolute(moment) + " + " + interval
            : "(" + compiler.local(moment) + " + " + interval + ") at time zone " + compiler.zone();
    return Value.of(Type.DATETIME, inRange(moved, "timestamptz"));
  }

  private static String inRange(String sql, String type) {
    String suffix = type.equals("date") ? "" : " 00:00+00";
    return Numbers.between(
        sql, type + " '0005-01-01" + suffix + "'", type + " '9999-12-31" + suffix + "'");
  }

  private static String unit(String word) {
    String unit = word.strip().toLowerCase(Locale.ROOT);
    String single = unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    return single.equals("min") ? "minute" : single;
  }

  /** Hours from 1 to 12 follow the last argument; greater ones are of the day's 24. */
  private static Value newDate(Arguments given) {
    String half = given.literal(5).strip().toUpperCase(Locale.ROOT);
    if (!half.equals("AM") && !half.equals("PM")) {
      throw given.wrong(5, "'AM' or 'PM'");
    }
    List<Value> values =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(index -> given.value(index, Type.NUMBER))
            .toList();
    String noon = half.equals("PM") ? " + 12" : "";
    String zone = given.compiler().zone();
    return Value.of(
        Type.DATETIME,
        given
            .compiler()
            .let(
                values,
                n -> {
                  String month = "make_date(%s, %s, 1)".formatted(whole(n.get(0)), whole(n.get(1)));
                  String hour =
                      "(case when %1$s > 12 then %1$s else mod(%1$s, 12)%2$s end)"
                          .formatted("trunc(" + n.get(3) + ")", noon);
                  return ("case when trunc(%1$s) between 5 and 9998 and trunc(%2$s) between 1 and 12"
                          + " and trunc(%3$s) between 1 and 31 and trunc(%4$s) between 0 and 23"
                          + " and trunc(%5$s) between 0 and 59"
                          + " then case when extract(month from %6$s + %7$s - 1) = trunc(%2$s)"
                          + " then (%6$s + %7$s - 1 + make_time(%8$s::integer, %9$s, 0))"
                          + " at time zone %10$s end end")
                      .formatted(
                          n.get(0),
                          n.get(1),
                          n.get(2),
                          n.get(3),
                          n.get(4),
                          month,
                          whole(n.get(2)),
                          hour,
                          whole(n.get(4)),
                          zone);
                }));
  }

  private static String whole(String sql) {
    return "trunc(" + sql + ")::integer";
  }
}
