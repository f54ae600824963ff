package io.clientele.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Waits for SIGTERM, SIGINT or SIGHUP: the first asks for a stop in good order, a second ends all.
 */
final class StopSignals {
  private static final int FORCED = 137;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();

  /** Takes over the signals of this process. */
  static StopSignals listen() {
    var stop = new StopSignals();
    for (String name : List.of("TERM", "INT", "HUP")) {
      Signal.handle(new Signal(name), signal -> stop.signalled());
    }
    return stop;
  }

  private void signalled() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(FORCED); // PostgreSQL ends with us, and recovers at the next start
    }
    asked.countDown();
  }

  /** Whether a stop was asked for by now or within {@code atMost}. */
  boolean await(Duration atMost) {
    try {
      return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
