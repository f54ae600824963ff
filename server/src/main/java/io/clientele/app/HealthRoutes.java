package io.clientele.app;

import io.clientele.db.Database;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import java.time.Duration;
import java.util.Map;

/** What watchers of the process ask: whether it lives, whether it can work, and its figures. */
final class HealthRoutes {
  /** How long an answer about the database holds, so that asking often costs nothing. */
  private static final long HOLDS = Duration.ofMillis(500).toNanos();

  private final Database database;
  private final Metrics metrics;
  private boolean reachable;
  private long askedNanos = System.nanoTime() - HOLDS;

  HealthRoutes(Database database, Metrics metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/health/live", call -> Reply.value(200, Map.of("status", "up")))
        .open("GET", "/health/ready", call -> ready())
        .open(
            "GET",
            "/metrics",
            call -> Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
  }

  private Reply ready() {
    return isDatabaseReachable()
        ? Reply.value(200, Map.of("status", "up"))
        : Reply.value(503, Map.of("status", "down", "database", "unreachable"));
  }

  private synchronized boolean isDatabaseReachable() {
    if (System.nanoTime() - askedNanos >= HOLDS) {
      reachable = database.answers();
      askedNanos = System.nanoTime();
    }
    return reachable;
  }
}
