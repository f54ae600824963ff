package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.criteria.DayRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Comparisons of dates and moments: with days by name, {@code ${TODAY}} and its like, or by date,
 * in the user's zone, or with a second by its moment.
 *
 * @param isDate whether the column is one of dates
 */
record MomentSql(String column, boolean isDate, LocalDate today, ZoneId zone) {
  private static final Sql NOTHING = sql("false");

  /** From a moment to another, as the column has them; the end is not in it. */
  private record Span(String from, String to, boolean inverted) {}

  Sql of(String comparator, List<String> values) {
    List<Span> spans = new ArrayList<>();
    for (String value : values) {
      Optional<Span> span = span(value);
      if (span.isEmpty()) {
        return NOTHING;
      }
      spans.add(span.get());
    }
    Span first = spans.getFirst();
    String bind = isDate ? "?::date" : "?::timestamptz";
    return switch (first.inverted ? turned(comparator) : comparator) {
      case "equal", "in" -> any(spans, bind);
      case "between" ->
          spans.size() == 2
              ? sql(
                  "(" + column + " >= " + bind + " and " + column + " < " + bind + ")",
                  first.from,
                  spans.get(1).to)
              : NOTHING;
      case "greater_than" -> sql(column + " >= " + bind, first.to);
      case "greater_equal" -> sql(column + " >= " + bind, first.from);
      case "less_than" -> sql(column + " < " + bind, first.from);
      case "less_equal" -> sql(column + " < " + bind, first.to);
      default -> NOTHING;
    };
  }

  /** An age that is less is a moment that is later. */
  private static String turned(String comparator) {
    return comparator.startsWith("less")
        ? comparator.replace("less", "greater")
        : comparator.replace("greater", "less");
  }

  private Sql any(List<Span> spans, String bind) {
    List<Sql> each =
        spans.stream()
            .map(
                span ->
                    sql(
                        "(" + column + " >= " + bind + " and " + column + " < " + bind + ")",
                        span.from,
                        span.to))
            .toList();
    Sql all = Sql.join(" or ", each);
    return new Sql("(" + all.text() + ")", all.binds());
  }

  private Optional<Span> span(String value) {
    Optional<Instant> moment = isDate ? Optional.empty() : moment(value);
    if (moment.isPresent()) {
      Instant at = moment.get();
      return Optional.of(new Span(at.toString(), at.plusSeconds(1).toString(), false));
    }
    return DayRange.of(value, today)
        .map(
            days ->
                isDate
                    ? new Span(
                        days.first().toString(), days.afterLast().toString(), days.inverted())
                    : new Span(
                        days.from(zone).toString(), days.to(zone).toString(), days.inverted()));
  }

  private static Optional<Instant> moment(String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      boolean sane = moment.getYear() >= 1000 && moment.getYear() <= 9998;
      return sane ? Optional.of(moment.toInstant()) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
