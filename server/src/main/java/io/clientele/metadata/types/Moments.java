package io.clientele.metadata.types;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Moments as the wire has them: {@code 2024-01-01T10:00:00+05:30}, never {@code Z} in replies. */
public final class Moments {
  private static final int SECONDS_A_DAY = 86_400;

  private Moments() {}

  public static String format(Instant moment, ZoneId zone) {
    return format(moment.getEpochSecond(), zone);
  }

  /** By hand, because a page of records formats hundreds of them. */
  public static String format(long epochSecond, ZoneId zone) {
    int offset = zone.getRules().getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
    long local = epochSecond + offset;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, SECONDS_A_DAY));
    int second = (int) Math.floorMod(local, (long) SECONDS_A_DAY);
    var text = new StringBuilder(25);
    text.append(date).append('T');
    two(text, second / 3600).append(':');
    two(text, second / 60 % 60).append(':');
    two(text, second % 60).append(offset < 0 ? '-' : '+');
    int minutes = Math.abs(offset) / 60;
    two(text, minutes / 60).append(':');
    return two(text, minutes % 60).toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
