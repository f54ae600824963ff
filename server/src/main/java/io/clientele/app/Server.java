package io.clientele.app;

import io.clientele.composite.CompositeRoutes;
import io.clientele.db.DatabaseException;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.HttpServer;
import io.clientele.http.Reply;
import io.clientele.http.RequestListener;
import io.clientele.http.RouteTable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The listening server on an installation. */
public final class Server implements AutoCloseable {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private static final int ATTEMPTS = 5;

  private final Upkeep upkeep;
  private final HttpServer http;
  private final Metrics metrics;

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param baseUrl where clients reach the server, when the Host header does not tell
   * @param accessLog whether each request leaves a line in the log
   * @param ledgerAge how long changes of records are kept for their timelines
   */
  public Server(
      Installation installation,
      String host,
      int port,
      Optional<String> baseUrl,
      boolean accessLog,
      Duration ledgerAge) {
    metrics = new Metrics(installation.database());
    RequestListener listener = accessLog ? this::logged : metrics;
    RouteTable routes = routes(installation);
    new HealthRoutes(installation.database(), metrics).addTo(routes);
    http = new HttpServer(host, port, baseUrl, routes, authorizer(installation), listener).start();
    upkeep = new Upkeep(installation, ledgerAge);
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
    RecordOperations.addTo(routes, installation);
    new CompositeRoutes(installation.database(), authorizer(installation)).addTo(routes);
    return routes;
  }

  private static Authorizer authorizer(Installation installation) {
    return new ApiAccess(
        installation
            .oauth()
            .authenticator((caller, module) -> installation.scopeWord(caller.orgId(), module)),
        installation.metadata(),
        installation.access());
  }

  /** A call whose tables changed under it is done again, with the org as it is now. */
  private static Reply handle(Installation installation, Handler handler, Call call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return handler.handle(call);
      } catch (DatabaseException e) {
        if (!e.isSchemaChange() || attempt == ATTEMPTS) {
          throw e;
        }
        LOG.info("The org's tables changed during a call, which is done again");
        installation.metadata().forget(call.caller().orgId());
      }
    }
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    upkeep.close();
    http.close();
    metrics.close();
  }
}
