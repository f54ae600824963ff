package io.clientele.app;

import io.clientele.org.Org;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** Everything {@code serve} starts; it stops in the opposite order. */
final class RunningServer implements AutoCloseable {
  private final OpenInstallation opened;
  private final Server server;
  private final Credentials credentials;

  private RunningServer(OpenInstallation opened, Server server, Credentials credentials) {
    this.opened = opened;
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * Starts the database and the server; when a part of it fails, the others are stopped again.
   *
   * @param progress takes a line for each slow step
   */
  static RunningServer start(
      DatabaseOptions where, ServeOptions options, Consumer<String> progress) {
    if (where.outside().isEmpty() && !java.nio.file.Files.exists(where.postgresDirectory())) {
      progress.accept("Creating the database in " + where.postgresDirectory() + " …");
    }
    var started = new StartedParts();
    boolean whole = false;
    try {
      var opened = started.add(OpenInstallation.forServer(where, options.connections));
      var first = new FirstOrg(opened.installation(), where.dataDirectory());
      Org org = first.ensure(options.orgName, options.adminEmail, progress);
      if (options.demo) {
        new Demo(opened.installation(), org).fillOnce(progress);
      }
      var server = started.add(listen(opened.installation(), options));
      started.add(opened.installation().jobs()).start();
      String url = options.baseUrl().orElseGet(() -> options.ownUrl(server.port()));
      var running = new RunningServer(opened, server, first.writeCredentials(org, url));
      whole = true;
      return running;
    } finally {
      if (!whole) {
        started.close();
      }
    }
  }

  private static Server listen(Installation installation, ServeOptions options) {
    try {
      return new Server(
          installation,
          options.host,
          options.port,
          options.baseUrl(),
          options.accessLog,
          Duration.ofDays(options.ledgerDays));
    } catch (UncheckedIOException e) {
      throw new Failure(
          "The server cannot listen on %s port %d: %s; choose others with --host and --port."
              .formatted(
                  options.host, options.port, Objects.requireNonNull(e.getCause()).getMessage()));
    }
  }

  int port() {
    return server.port();
  }

  Credentials credentials() {
    return credentials;
  }

  /** False when the embedded PostgreSQL ended by itself. */
  boolean isDatabaseRunning() {
    return opened.isDatabaseRunning();
  }

  /** No new calls and jobs, those under way end, the pool closes, PostgreSQL stops. */
  @Override
  public void close() {
    server.close();
    opened.installation().jobs().close();
    opened.close();
  }
}
