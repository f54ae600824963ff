package io.clientele.records;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A run of days that a criterion names: by a word such as {@code ${TODAY}} or {@code
 * ${AGEINDAYS}+15}, by one date or by two.
 *
 * @param first the first day
 * @param last the last day
 * @param inverted whether the criterion compares ages, so that less means later
 */
record DayRange(LocalDate first, LocalDate last, boolean inverted) {
  private static final Pattern DISTANCE =
      Pattern.compile("\\$\\{(AGEINDAYS|DUEINDAYS)}\\s*\\+?\\s*(\\d{1,5})");

  /** The range that {@code value} names, {@code today} being today. */
  static Optional<DayRange> of(JsonNode value, LocalDate today) {
    if (value.isArray() && value.size() == 2) {
      return day(value.get(0).asString(""), today)
          .flatMap(
              from ->
                  day(value.get(1).asString(""), today)
                      .map(to -> new DayRange(from.first, to.last, false)));
    }
    return day(value.asString(""), today);
  }

  private static Optional<DayRange> day(String text, LocalDate today) {
    Matcher distance = DISTANCE.matcher(text);
    if (distance.matches()) {
      int days = Integer.parseInt(distance.group(2));
      boolean age = distance.group(1).equals("AGEINDAYS");
      LocalDate day = age ? today.minusDays(days) : today.plusDays(days);
      return Optional.of(new DayRange(day, day, age));
    }
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    LocalDate month = today.withDayOfMonth(1);
    return switch (text) {
      case "${TODAY}" -> days(today, 1);
      case "${TOMORROW}" -> days(today.plusDays(1), 1);
      case "${YESTERDAY}" -> days(today.minusDays(1), 1);
      case "${THISWEEK}" -> days(week, 7);
      case "${LASTWEEK}" -> days(week.minusWeeks(1), 7);
      case "${NEXTWEEK}" -> days(week.plusWeeks(1), 7);
      case "${THISMONTH}" -> days(month, month.lengthOfMonth());
      case "${LASTMONTH}" -> days(month.minusMonths(1), month.minusMonths(1).lengthOfMonth());
      case "${NEXTMONTH}" -> days(month.plusMonths(1), month.plusMonths(1).lengthOfMonth());
      default -> date(text);
    };
  }

  private static Optional<DayRange> days(LocalDate first, int count) {
    return Optional.of(new DayRange(first, first.plusDays(count - 1L), false));
  }

  private static Optional<DayRange> date(String text) {
    try {
      return text.length() < 10
          ? Optional.empty()
          : days(LocalDate.parse(text.substring(0, 10)), 1);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code comparator} as it applies to the day itself. */
  String comparator(String comparator) {
    if (!inverted) {
      return comparator;
    }
    return List.of("less_than", "greater_than", "less_equal", "greater_equal").contains(comparator)
        ? comparator.startsWith("less")
            ? comparator.replace("less", "greater")
            : comparator.replace("greater", "less")
        : comparator;
  }

  LocalDate afterLast() {
    return last.plusDays(1);
  }

  Instant from(ZoneId zone) {
    return first.atStartOfDay(zone).toInstant();
  }

  Instant to(ZoneId zone) {
    return afterLast().atStartOfDay(zone).toInstant();
  }
}
