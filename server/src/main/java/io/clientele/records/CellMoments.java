package io.clientele.records;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and moments written in a format, such as {@code MM/dd/yyyy HH:mm:ss}. What is written as
 * the API itself writes it is understood, too.
 */
final class CellMoments {
  static final String DATE = "MM/dd/yyyy";
  static final String MOMENT = "MM/dd/yyyy HH:mm:ss";

  /** Years that people mean; those with less digits are written short. */
  private static final int FIRST_YEAR = 1000;

  private static final int LAST_YEAR = 9999;

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern HALF_DAY = Pattern.compile("[hK]");
  private static final Pattern HALF = Pattern.compile("[aB]");

  private static final List<DateTimeFormatter> PLAIN =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE_TIME,
          lenient("uuuu-MM-dd[ HH:mm[:ss]]"),
          lenient("M/d/uuuu[ H:mm[:ss]]"));

  private final @Nullable DateTimeFormatter format;
  private final ZoneId zone;

  CellMoments(String format, ZoneId zone) {
    this.format = parse(format);
    this.zone = zone;
  }

  private static @Nullable DateTimeFormatter parse(String format) {
    String letters = QUOTED.matcher(format).replaceAll("");
    if (HALF_DAY.matcher(letters).find() && !HALF.matcher(letters).find()) {
      return null; // which half of the day would be unknown
    }
    try {
      return lenient(java(format));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static DateTimeFormatter lenient(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .parseLenient()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.SMART);
  }

  /** Years and days as people write them, whatever the case. */
  private static String java(String format) {
    return format.replace('Y', 'u').replace('y', 'u').replace('D', 'd');
  }

  /** Whether the format is one. */
  boolean isSound() {
    return format != null;
  }

  Optional<LocalDate> date(String cell) {
    return read(cell).flatMap(CellMoments::date);
  }

  Optional<Instant> moment(String cell) {
    return read(cell).flatMap(this::moment);
  }

  private static Optional<LocalDate> date(TemporalAccessor found) {
    return Optional.ofNullable(found.query(TemporalQueries.localDate()))
        .filter(date -> date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR);
  }

  private Optional<Instant> moment(TemporalAccessor found) {
    LocalTime time = found.query(TemporalQueries.localTime());
    ZoneId named = found.query(TemporalQueries.zone());
    return date(found)
        .map(
            date ->
                date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                    .atZone(named == null ? zone : named)
                    .toInstant());
  }

  private Optional<TemporalAccessor> read(String cell) {
    if (format != null) {
      Optional<TemporalAccessor> found = read(format, cell);
      if (found.isPresent()) {
        return found;
      }
    }
    return PLAIN.stream().flatMap(one -> read(one, cell).stream()).findFirst();
  }

  private static Optional<TemporalAccessor> read(DateTimeFormatter format, String cell) {
    try {
      return Optional.of(format.parse(cell));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
