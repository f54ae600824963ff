package io.clientele.http;

import io.clientele.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The headers {@code If-Modified-Since} and {@code If-Unmodified-Since}, in all the ways clients
 * write it: ISO-8601 with {@code Z} or an offset with or without its colon, or RFC 1123. What
 * cannot be read counts as not sent.
 */
public final class IfModifiedSince {
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]xx"),
          DateTimeFormatter.RFC_1123_DATE_TIME);

  private IfModifiedSince() {}

  /** The moment the client names; empty when it names none. */
  public static Optional<Instant> of(Call call) {
    return call.header("If-Modified-Since").flatMap(IfModifiedSince::parse);
  }

  /**
   * The moment of {@code If-Unmodified-Since}; empty when the client names none. What cannot be
   * read is refused here, because the client relies on it.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA about the header
   */
  public static Optional<Instant> unmodified(Call call) {
    return call.header("If-Unmodified-Since")
        .filter(text -> !text.isBlank())
        .map(
            text ->
                parse(text)
                    .orElseThrow(
                        () -> ErrorCode.INVALID_DATA.with("header_name", "If-Unmodified-Since")));
  }

  /** A moment in one of these ways; empty when it is none. */
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : FORMATS) {
      try {
        return Optional.of(format.parse(text.strip(), ZonedDateTime::from))
            .filter(moment -> moment.getYear() > 0 && moment.getYear() < 10_000)
            .map(ZonedDateTime::toInstant);
      } catch (DateTimeException e) {
        // not this one: the next format
      }
    }
    return Optional.empty();
  }
}
