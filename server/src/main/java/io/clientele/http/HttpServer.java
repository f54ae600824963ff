package io.clientele.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;

/** The listening server: Helidon, with all requests going to one {@link Dispatcher}. */
public final class HttpServer implements AutoCloseable {
  /** How long a stop waits for calls under way. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** Criteria of searches may have 3,000 characters, each of which takes up to nine in a URL. */
  private static final int MAXIMUM_REQUEST_LINE = 32 << 10;

  private final WebServer server;

  /**
   * @param port 0 for any free one
   * @param baseUrl where clients reach this server, when the Host header does not tell
   */
  public HttpServer(
      String host,
      int port,
      Optional<String> baseUrl,
      RouteTable routes,
      Authorizer authorizer,
      RequestListener listener) {
    var dispatcher = new Dispatcher(routes, authorizer, baseUrl, listener);
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(DRAIN)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false) // else there would be two of the same
            .addProtocol(Http1Config.builder().maxPrologueLength(MAXIMUM_REQUEST_LINE).build())
            .directHandlers(directHandlers())
            .routing(routing -> routing.any(dispatcher::handle))
            .build();
  }

  /**
   * Listens.
   *
   * @throws UncheckedIOException when it cannot, of which Helidon only leaves a line in its log
   */
  public HttpServer start() {
    server.start();
    if (!server.isRunning()) {
      throw new UncheckedIOException(
          new BindException("the port is in use, or the address is not one of this machine"));
    }
    return this;
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  /**
   * What never becomes a request (a broken request line, a header too long) is answered in the same
   * envelope.
   */
  private static DirectHandlers directHandlers() {
    DirectHandler handler = new MalformedRequest();
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }
}
