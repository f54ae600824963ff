package io.clientele.app;

import io.clientele.db.DatabaseException;
import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.HttpServer;
import io.clientele.http.Reply;
import io.clientele.http.RequestListener;
import io.clientele.http.RouteTable;
import io.clientele.records.RecordRoutes;
import io.clientele.records.RecordTagRoutes;
import io.clientele.records.locking.LockRoutes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The listening server on an installation. */
public final class Server implements AutoCloseable {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private static final long TRIM_MINUTES = 5;
  private static final int TRIM_ROWS = 1_000;

  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("clientele-upkeep").daemon().factory());
  private final HttpServer http;
  private final Metrics metrics;

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param baseUrl where clients reach the server, when the Host header does not tell
   * @param accessLog whether each request leaves a line in the log
   */
  public Server(
      Installation installation,
      String host,
      int port,
      Optional<String> baseUrl,
      boolean accessLog) {
    metrics = new Metrics(installation.database());
    RequestListener listener = accessLog ? this::logged : metrics;
    var authenticator =
        installation
            .oauth()
            .authenticator((caller, module) -> installation.scopeWord(caller.orgId(), module));
    RouteTable routes = routes(installation);
    new HealthRoutes(installation.database(), metrics).addTo(routes);
    http = new HttpServer(host, port, baseUrl, routes, authenticator, listener).start();
    upkeep.scheduleWithFixedDelay(
        () -> trim(installation), TRIM_MINUTES, TRIM_MINUTES, TimeUnit.MINUTES);
  }

  /** Removes expired tokens and what has been deleted for long, in small batches. */
  private static void trim(Installation installation) {
    trim("Expired tokens", () -> installation.oauth().trim(TRIM_ROWS));
    trim("Old deleted records", () -> installation.binUpkeep().trim(TRIM_ROWS));
  }

  private static void trim(String what, IntSupplier batch) {
    try {
      while (batch.getAsInt() > 0) {
        Thread.yield();
      }
    } catch (RuntimeException e) {
      LOG.warn("{} were not removed; the next try is in some minutes", what, e);
    }
  }

  private void logged(
      String method, String path, Optional<RouteTable.Route> route, int status, long nanos) {
    metrics.requestEnded(method, path, route, status, nanos);
    ACCESS.info(
        "{} {} {} {} µs org {} user {}",
        method,
        path,
        status,
        nanos / 1000,
        Objects.requireNonNullElse(MDC.get("org"), "-"),
        Objects.requireNonNullElse(MDC.get("user"), "-"));
  }

  /** Every route of the API and of its OAuth server. */
  public static RouteTable routes(Installation installation) {
    var routes = new RouteTable(handler -> call -> handle(installation, handler, call));
    installation.oauth().addTo(routes);
    SettingsRoutes.addTo(routes, installation);
    new RecordRoutes(
            installation.records(),
            installation.database(),
            installation.metadata(),
            installation.tables(),
            installation.access(),
            installation.key("page_token"),
            installation.clock())
        .addTo(routes);
    MassActions.addTo(routes, installation);
    new LockRoutes(installation.records(), installation.metadata()).addTo(routes);
    new RecordTagRoutes(installation.records(), installation.metadata()).addTo(routes);
    return routes;
  }

  /** A call whose tables changed under it is done once more, with the org as it is now. */
  private static Reply handle(Installation installation, Handler handler, Call call) {
    try {
      return handler.handle(call);
    } catch (DatabaseException e) {
      if (!e.isSchemaChange()) {
        throw e;
      }
      LOG.info("The org's tables changed during a call, which is done once more");
      installation.metadata().forget(call.caller().orgId());
      return handler.handle(call);
    }
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    http.close();
    metrics.close();
  }
}
