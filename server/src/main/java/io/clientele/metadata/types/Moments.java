package io.clientele.metadata.types;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Moments as the wire has them: {@code 2024-01-01T10:00:00+05:30}, never {@code Z} in replies. */
public final class Moments {
  private static final int SECONDS_A_DAY = 86_400;

  private static final byte[] FORM =
      "0000-00-00T00:00:00+00:00".getBytes(StandardCharsets.US_ASCII);

  private Moments() {}

  /**
   * Seconds since 1970 of a {@code timestamptz}; 0 for null, as with getLong. Converting here is
   * cheaper than {@code extract(epoch …)} in the statement.
   */
  public static long seconds(ResultSet row, int column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? 0 : moment.toEpochSecond();
  }

  /** The moment that a client wrote, with or without seconds; empty when it is none. */
  public static Optional<Instant> parse(String text) {
    return DateTimeType.parse(text);
  }

  public static String format(Instant moment, ZoneId zone) {
    return format(moment.getEpochSecond(), zone);
  }

  public static String format(long epochSecond, ZoneId zone) {
    return new String(utf8(epochSecond, zone), StandardCharsets.US_ASCII);
  }

  /** By hand, because a page of records formats hundreds of them; for years of four digits. */
  static byte[] utf8(long epochSecond, ZoneId zone) {
    int offset = zone.getRules().getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
    long local = epochSecond + offset;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, SECONDS_A_DAY));
    int second = (int) Math.floorMod(local, (long) SECONDS_A_DAY);
    int minutes = Math.abs(offset) / 60;
    byte[] text = FORM.clone();
    two(text, 0, date.getYear() / 100);
    two(text, 2, date.getYear() % 100);
    two(text, 5, date.getMonthValue());
    two(text, 8, date.getDayOfMonth());
    two(text, 11, second / 3600);
    two(text, 14, second / 60 % 60);
    two(text, 17, second % 60);
    text[19] = (byte) (offset < 0 ? '-' : '+');
    two(text, 20, minutes / 60);
    two(text, 23, minutes % 60);
    return text;
  }

  private static void two(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
