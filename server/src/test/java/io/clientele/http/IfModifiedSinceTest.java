package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients write the header in many ways. */
class IfModifiedSinceTest {
  @Test
  void everyWayIsUnderstood() {
    for (String text :
        List.of(
            "2024-01-01T10:00:00Z",
            "2024-01-01T10:00:00.000Z",
            "2024-01-01T15:30:00+05:30",
            "2024-01-01T15:30:00+0530",
            " 2024-01-01T10:00:00+00:00 ",
            "Mon, 01 Jan 2024 10:00:00 GMT")) {
      assertThat(IfModifiedSince.parse(text)).contains(Instant.parse("2024-01-01T10:00:00Z"));
    }
  }

  @Test
  void anythingElseCountsAsNotSent() {
    for (String text :
        List.of(
            "",
            "yesterday",
            "2024-01-01",
            "2024-13-01T10:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z")) {
      assertThat(IfModifiedSince.parse(text)).isEmpty();
    }
  }
}
