package io.clientele.app;

import io.clientele.http.HttpServer;
import io.clientele.http.RouteTable;
import io.clientele.records.RecordRoutes;
import java.util.Optional;

/** The listening server on an installation. */
public final class Server implements AutoCloseable {
  private final HttpServer http;

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param baseUrl where clients reach the server, when the Host header does not tell
   */
  public Server(Installation installation, String host, int port, Optional<String> baseUrl) {
    var authenticator =
        installation
            .oauth()
            .authenticator((caller, module) -> installation.scopeWord(caller.orgId(), module));
    http = new HttpServer(host, port, baseUrl, routes(installation), authenticator).start();
  }

  /** Every route of the server. */
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
  }
}
