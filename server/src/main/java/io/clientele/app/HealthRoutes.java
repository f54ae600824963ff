package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.DatabaseException;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import java.util.Map;

/** What watchers of the process ask: whether it lives, whether it can work, and its figures. */
final class HealthRoutes {
  private final Database database;
  private final Metrics metrics;

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
    try {
      var _ = database.read(tx -> tx.list(sql("select 1"), row -> row.getInt(1)));
      return Reply.value(200, Map.of("status", "up"));
    } catch (DatabaseException e) {
      return Reply.value(503, Map.of("status", "down", "database", "unreachable"));
    }
  }
}
