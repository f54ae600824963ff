package io.clientele.app;

import io.clientele.http.HttpServer;
import io.clientele.http.RequestListener;
import io.clientele.http.RouteTable;
import io.clientele.records.RecordRoutes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server on an installation. */
public final class Server implements AutoCloseable {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");

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
  }

  private void logged(String method, Optional<RouteTable.Route> route, int status, long nanos) {
    metrics.requestEnded(method, route, status, nanos);
    ACCESS.info(
        "{} {} {} {} µs",
        method,
        route.map(RouteTable.Route::path).orElse("-"),
        status,
        nanos / 1000);
  }

  /** Every route of the API and of its OAuth server. */
  public static RouteTable routes(Installation installation) {
    var routes = new RouteTable();
    installation.oauth().addTo(routes);
    SettingsRoutes.addTo(routes, installation);
    new RecordRoutes(
            installation.database(),
            installation.metadata(),
            installation.tables(),
            installation.access(),
            installation.key("page_token"),
            installation.clock())
        .addTo(routes);
    return routes;
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.close();
    metrics.close();
  }
}
