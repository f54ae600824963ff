package io.clientele.app;

import io.clientele.imports.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How work gets on, as lines: on a terminal the last one changes, else one now and then. */
final class ProgressLines implements Progress {
  private static final Duration TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSE = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final Clock clock;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private Instant told;
  private boolean open;

  ProgressLines(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
    told = clock.instant();
  }

  @Override
  public void say(String line) {
    end();
    out.println(line);
    out.flush();
  }

  @Override
  public void at(String state) {
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(terminal ? TERMINAL : ELSE) < 0) {
      return;
    }
    told = now;
    if (terminal) {
      out.print(CLEAR + state);
      open = true;
    } else {
      out.println(state);
    }
    out.flush();
  }

  /** Takes the changing line away. */
  void end() {
    if (open) {
      out.print(CLEAR);
      open = false;
    }
  }
}
