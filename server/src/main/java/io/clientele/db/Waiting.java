package io.clientele.db;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that has no event to wait on. */
final class Waiting {

  private static final Duration INTERVAL = Duration.ofMillis(10);

  private Waiting() {}

  /** Asks every 10 ms; false when the condition still does not hold after {@code atMost}. */
  static boolean until(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL.", e);
      }
    }
    return true;
  }
}
