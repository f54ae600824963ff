package io.clientele.metadata.types;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * The days on which an activity recurs: an iCalendar rule (RFC 5545) which must end, and which may
 * say in the same text when it begins, {@code FREQ=DAILY;INTERVAL=1;DTSTART=…;UNTIL=…} with dates
 * as {@code yyyy-MM-dd}.
 */
public final class RecurrenceRule {
  private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");

  private static final Set<String> PARTS =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS",
          "WKST");

  private final org.dmfs.rfc5545.recur.RecurrenceRule rule;
  private final @Nullable LocalDate start;
  private final Set<LocalDate> excluded;

  private RecurrenceRule(
      org.dmfs.rfc5545.recur.RecurrenceRule rule,
      @Nullable LocalDate start,
      Set<LocalDate> excluded) {
    this.rule = rule;
    this.start = start;
    this.excluded = excluded;
  }

  /**
   * Reads a rule; empty when it is none, or has no end.
   *
   * @param excluded dates on which nothing happens, separated by commas
   */
  static Optional<RecurrenceRule> parse(String text, String excluded) {
    var standard = new ArrayList<String>();
    LocalDate start = null;
    boolean ends = false;
    try {
      for (String part : text.split(";", -1)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
        String value = part.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
        ends |= name.equals("UNTIL") || name.equals("COUNT");
        switch (name) {
          case "DTSTART" -> start = date(value);
          case "UNTIL" ->
              standard.add("UNTIL=" + date(value).format(DateTimeFormatter.BASIC_ISO_DATE));
          default -> {
            if (!PARTS.contains(name)) {
              return Optional.empty();
            }
            standard.add(name + "=" + value);
          }
        }
      }
      var rule =
          new org.dmfs.rfc5545.recur.RecurrenceRule(
              String.join(";", standard), RfcMode.RFC5545_STRICT);
      boolean known = ends && FREQUENCIES.contains(rule.getFreq().name());
      return known
          ? Optional.of(new RecurrenceRule(rule, start, dates(excluded)))
          : Optional.empty();
    } catch (InvalidRecurrenceRuleException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The day it says it begins. */
  public Optional<LocalDate> start() {
    return Optional.ofNullable(start);
  }

  /** The first {@code most} of its days, beginning at {@code first}; none for the 30 February. */
  public List<LocalDate> days(LocalDate first, int most) {
    var found = new ArrayList<LocalDate>();
    try {
      RecurrenceRuleIterator days =
          rule.iterator(
              new DateTime(first.getYear(), first.getMonthValue() - 1, first.getDayOfMonth()));
      while (found.size() < most && days.hasNext()) {
        DateTime day = days.nextDateTime();
        LocalDate date = LocalDate.of(day.getYear(), day.getMonth() + 1, day.getDayOfMonth());
        if (!excluded.contains(date)) {
          found.add(date);
        }
      }
    } catch (IllegalArgumentException e) {
      // The library gives up on rules that never come true.
      return found;
    }
    return found;
  }

  private static Set<LocalDate> dates(String text) {
    var dates = new java.util.HashSet<LocalDate>();
    for (String date : text.split(",")) {
      if (!date.isBlank()) {
        dates.add(date(date.strip()));
      }
    }
    return Set.copyOf(dates);
  }

  /** The date at the beginning of {@code text}, with or without hyphens; a time is passed over. */
  private static LocalDate date(String text) {
    if (text.matches("\\d{8}(T.*)?")) {
      return LocalDate.parse(text.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
    }
    if (text.matches("\\d{4}-\\d{2}-\\d{2}(T.*)?")) {
      return LocalDate.parse(text.substring(0, 10));
    }
    throw new IllegalArgumentException(text);
  }
}
