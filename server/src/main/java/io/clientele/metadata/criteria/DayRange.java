package io.clientele.metadata.criteria;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of days that a criterion names: by a word such as {@code ${TODAY}}, {@code
 * ${LAST_N_WEEKS:2}} or {@code ${AGEINDAYS}+15}, or by a date.
 *
 * @param first the first day
 * @param last the last day
 * @param inverted whether the criterion compares ages, so that less means later
 */
public record DayRange(LocalDate first, LocalDate last, boolean inverted) {
  private static final Pattern DISTANCE =
      Pattern.compile("\\$\\{(AGEINDAYS|DUEINDAYS)}\\s*\\+?\\s*(\\d{1,5})");
  private static final Pattern PERIODS =
      Pattern.compile("\\$\\{(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|YEARS):([1-9]\\d{0,3})}");

  /** Days the database and the wire can tell, whatever was reckoned. */
  private static final LocalDate EARLIEST = LocalDate.of(1000, 1, 1);

  private static final LocalDate LATEST = LocalDate.of(9998, 12, 31);

  public DayRange {
    first = within(first);
    last = within(last);
  }

  /** Whether {@code text} is a distance from today, which any comparison can be with. */
  public static boolean isDistance(String text) {
    return DISTANCE.matcher(text).matches();
  }

  /** The range that {@code text} names, {@code today} being today. */
  public static Optional<DayRange> of(String text, LocalDate today) {
    Matcher distance = DISTANCE.matcher(text);
    if (distance.matches()) {
      int days = Integer.parseInt(distance.group(2));
      boolean age = distance.group(1).equals("AGEINDAYS");
      LocalDate day = age ? today.minusDays(days) : today.plusDays(days);
      return Optional.of(new DayRange(day, day, age));
    }
    Matcher periods = PERIODS.matcher(text);
    if (periods.matches()) {
      boolean past = periods.group(1).equals("LAST");
      return Optional.of(
          periods(past, periods.group(2), Integer.parseInt(periods.group(3)), today));
    }
    return text.startsWith("${") ? named(text, today) : date(text);
  }

  private static Optional<DayRange> named(String text, LocalDate today) {
    return switch (text) {
      case "${TODAY}" -> range(today, today);
      case "${TOMORROW}" -> range(today.plusDays(1), today.plusDays(1));
      case "${YESTERDAY}" -> range(today.minusDays(1), today.minusDays(1));
      case "${TOMORROWPLUS}" -> range(today.plusDays(1), LATEST);
      case "${YESTERDAYMINUS}" -> range(EARLIEST, today.minusDays(1));
      case "${THISWEEK}" -> weeks(today, 0, 1);
      case "${LASTWEEK}" -> weeks(today, -1, 1);
      case "${NEXTWEEK}" -> weeks(today, 1, 1);
      case "${THISMONTH}" -> months(today, 0, 1);
      case "${LASTMONTH}" -> months(today, -1, 1);
      case "${NEXTMONTH}" -> months(today, 1, 1);
      case "${THISFQ}" -> months(quarter(today), 0, 3);
      case "${PREVFQ}" -> months(quarter(today), -3, 3);
      case "${NEXTFQ}" -> months(quarter(today), 3, 3);
      case "${THISYEAR}", "${THISFY}" -> months(today.withDayOfYear(1), 0, 12);
      case "${LASTYEAR}", "${PREVFY}" -> months(today.withDayOfYear(1), -12, 12);
      case "${NEXTYEAR}", "${NEXTFY}" -> months(today.withDayOfYear(1), 12, 12);
      default -> Optional.empty();
    };
  }

  /** The last or next {@code count} whole periods, without the one that today is in. */
  private static DayRange periods(boolean past, String unit, int count, LocalDate today) {
    int from = past ? -count : 1;
    return switch (unit) {
      case "DAYS" -> range(today.plusDays(from), today.plusDays(from + count - 1L)).orElseThrow();
      case "WEEKS" -> weeks(today, from, count).orElseThrow();
      case "MONTHS" -> months(today, from, count).orElseThrow();
      default -> months(today.withDayOfYear(1), 12L * from, 12L * count).orElseThrow();
    };
  }

  /** Weeks begin on Monday. */
  private static Optional<DayRange> weeks(LocalDate today, long from, long count) {
    LocalDate first =
        today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(from);
    return range(first, first.plusWeeks(count).minusDays(1));
  }

  private static Optional<DayRange> months(LocalDate in, long from, long count) {
    LocalDate first = in.withDayOfMonth(1).plusMonths(from);
    return range(first, first.plusMonths(count).minusDays(1));
  }

  private static LocalDate quarter(LocalDate today) {
    return today.with(IsoFields.DAY_OF_QUARTER, 1);
  }

  private static Optional<DayRange> range(LocalDate first, LocalDate last) {
    return Optional.of(new DayRange(first, last, false));
  }

  private static Optional<DayRange> date(String text) {
    try {
      LocalDate day = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      return range(day, day);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalDate within(LocalDate day) {
    if (day.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return day.isAfter(LATEST) ? LATEST : day;
  }

  public LocalDate afterLast() {
    return last.plusDays(1);
  }

  public Instant from(ZoneId zone) {
    return first.atStartOfDay(zone).toInstant();
  }

  public Instant to(ZoneId zone) {
    return afterLast().atStartOfDay(zone).toInstant();
  }
}
