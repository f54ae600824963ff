package io.clientele.app;

import io.clientele.db.Database;
import io.clientele.http.RequestListener;
import io.clientele.http.RouteTable.Route;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The server's figures, in Prometheus form. */
final class Metrics implements RequestListener, AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /** What requests are told apart by. */
  private record Kind(String method, String route, int status) {}

  Metrics(Database database) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("clientele.database.waiting", database, Database::waiting)
        .description("Pieces of work that wait for a database connection")
        .register(registry);
    Gauge.builder("clientele.database.connections.active", database, Database::active)
        .description("Database connections at work")
        .register(registry);
  }

  @Override
  public void requestEnded(
      String method, String path, Optional<Route> route, int status, long nanos) {
    var kind =
        new Kind(
            route.isPresent() ? method : "OTHER", route.map(Route::path).orElse("none"), status);
    timers.computeIfAbsent(kind, this::timer).record(Duration.ofNanos(nanos));
  }

  private Timer timer(Kind kind) {
    return Timer.builder("clientele.requests")
        .description("HTTP requests by route and status")
        .tags("method", kind.method, "route", kind.route, "status", Integer.toString(kind.status))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
