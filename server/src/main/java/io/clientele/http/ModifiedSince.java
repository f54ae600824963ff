package io.clientele.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The header {@code If-Modified-Since}. Clients send it as ISO 8601 with colon, without colon or
 * with {@code Z}, in the form of HTTP, or empty; what is none of these is passed over, as HTTP
 * demands.
 */
public final class ModifiedSince {
  private static final DateTimeFormatter WITHOUT_COLON =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]Z");

  private ModifiedSince() {}

  public static Optional<Instant> of(Call call) {
    return call.header("If-Modified-Since").map(String::strip).flatMap(ModifiedSince::parse);
  }

  static Optional<Instant> parse(String text) {
    return first(() -> OffsetDateTime.parse(text).toInstant())
        .or(() -> first(() -> OffsetDateTime.parse(text, WITHOUT_COLON).toInstant()))
        .or(
            () ->
                first(
                    () ->
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
  }

  private static Optional<Instant> first(java.util.function.Supplier<Instant> parser) {
    try {
      return Optional.of(parser.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
