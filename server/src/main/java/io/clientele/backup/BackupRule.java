package io.clientele.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * On which days backups are made: {@code RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU}, or by the month on
 * a day of it, {@code BYMONTHDAY=16}, or on one of its weekdays, {@code BYDAY=1TH}.
 *
 * @param text as the client wrote it
 */
record BackupRule(String text, Map<String, String> parts) {
  private static final String PREFIX = "RRULE:";
  private static final int LONGEST = 100;
  private static final int LONGEST_INTERVAL = 52;
  private static final int LAST_DAY = 31;
  private static final Set<String> NAMES = Set.of("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY");
  private static final String DAY = "(SU|MO|TU|WE|TH|FR|SA)";

  static final String IMMEDIATE = "immediate";

  /** The rule; empty when it is none, or not one of those. */
  static Optional<BackupRule> parse(String text) {
    String rule = text.strip().toUpperCase(Locale.ROOT);
    if (rule.length() > LONGEST) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : (rule.startsWith(PREFIX) ? rule.substring(6) : rule).split(";", -1)) {
      String[] pair = part.split("=", -1);
      if (pair.length != 2
          || !NAMES.contains(pair[0])
          || parts.putIfAbsent(pair[0], pair[1]) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new BackupRule(text, parts)).filter(BackupRule::isRight);
  }

  private boolean isRight() {
    boolean day =
        switch (part("FREQ")) {
          case "WEEKLY" -> part("BYDAY").matches(DAY) && part("BYMONTHDAY").isEmpty();
          case "MONTHLY" ->
              part("BYDAY").isEmpty()
                  ? number("BYMONTHDAY") >= 1 && number("BYMONTHDAY") <= LAST_DAY
                  : part("BYDAY").matches("([1-5]|-1)" + DAY) && part("BYMONTHDAY").isEmpty();
          default -> false;
        };
    return day && number("INTERVAL") >= 1 && number("INTERVAL") <= LONGEST_INTERVAL;
  }

  private String part(String name) {
    return parts.getOrDefault(name, "");
  }

  private int number(String name) {
    return part(name).matches("\\d{1,2}") ? Integer.parseInt(part(name)) : -1;
  }

  /** The word that the history has for it. */
  String repeatType() {
    if (part("FREQ").equals("MONTHLY")) {
      return "monthly";
    }
    return number("INTERVAL") == 2 ? "biweekly" : "weekly";
  }

  /** The first of its days after today, at this time of the day. */
  Instant first(Instant now, ZoneId zone) {
    ZonedDateTime here = now.atZone(zone).truncatedTo(ChronoUnit.SECONDS);
    LocalDate tomorrow = here.toLocalDate().plusDays(1);
    return day(tomorrow, tomorrow, 1).atTime(here.toLocalTime()).atZone(zone).toInstant();
  }

  /** The first of its days, counted from {@code start}, that is behind {@code now}. */
  Instant next(Instant start, Instant now, ZoneId zone) {
    LocalDate first = start.atZone(zone).toLocalDate();
    LocalTime time = start.atZone(zone).toLocalTime();
    LocalDate from = now.atZone(zone).toLocalDate();
    Instant found = day(first, from, number("INTERVAL")).atTime(time).atZone(zone).toInstant();
    return found.isAfter(now)
        ? found
        : day(first, from.plusDays(1), number("INTERVAL")).atTime(time).atZone(zone).toInstant();
  }

  private LocalDate day(LocalDate first, LocalDate from, int interval) {
    String days =
        part("BYDAY").isEmpty() ? "BYMONTHDAY=" + part("BYMONTHDAY") : "BYDAY=" + part("BYDAY");
    try {
      RecurrenceRuleIterator found =
          new RecurrenceRule("FREQ=" + part("FREQ") + ";INTERVAL=" + interval + ";" + days)
              .iterator(dateTime(first));
      found.fastForward(dateTime(from));
      DateTime day = found.nextDateTime();
      return LocalDate.of(day.getYear(), day.getMonth() + 1, day.getDayOfMonth());
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private static DateTime dateTime(LocalDate day) {
    return new DateTime(day.getYear(), day.getMonthValue() - 1, day.getDayOfMonth());
  }
}
