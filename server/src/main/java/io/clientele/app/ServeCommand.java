package io.clientele.app;

import io.clientele.org.Org;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele serve}: starts everything and runs until it is told to stop. */
@Command(
    name = "serve",
    description = "Start the server, with its database, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions options = new DatabaseOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: 127.0.0.1).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "0 picks a free one (default: 8080).")
  private int port;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where clients reach the server, when the Host header does not tell.")
  private @Nullable String baseUrl;

  @Option(names = "--demo", description = "Fill the first org with a sample company, once.")
  private boolean demo;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "12",
      description = "Connections to the database (default: 12).")
  private int connections;

  @Option(
      names = "--org-name",
      paramLabel = "NAME",
      defaultValue = "My Company",
      description = "Of the first org.")
  private String orgName;

  @Option(
      names = "--admin-email",
      paramLabel = "EMAIL",
      defaultValue = "admin@clientele.local",
      description = "Of the first org's administrator.")
  private String adminEmail;

  @Option(names = "--access-log", description = "Log a line for each request.")
  private boolean accessLog;

  @Override
  public Integer call() throws InterruptedException {
    long began = System.nanoTime();
    PrintWriter out = spec.commandLine().getOut();
    var stopped = new CountDownLatch(1);
    if (!java.nio.file.Files.exists(options.postgresDirectory()) && options.outside().isEmpty()) {
      say(out, "Creating the database in " + options.postgresDirectory() + " …");
    }
    var opened = options.start(connections);
    try {
      var first = new FirstOrg(opened.installation(), options.dataDirectory());
      Org org = first.ensure(orgName, adminEmail);
      if (demo) {
        new Demo(opened.installation(), org).fillOnce(line -> say(out, line));
      }
      var server =
          new Server(opened.installation(), host, port, Optional.ofNullable(trimmed()), accessLog);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(server, opened, stopped), "clientele-stop"));
      String url =
          Optional.ofNullable(trimmed()).orElse("http://" + urlHost() + ":" + server.port());
      Credentials credentials = first.writeCredentials(org, url);
      say(out, ready(url, server.port(), credentials, began));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    stopped.await();
    return 0;
  }

  private String ready(String url, int listening, Credentials credentials, long began) {
    return """
    Clientele listens on http://%s:%d (ready after %d ms).
    Credentials: %s
    Try:  curl -H "Authorization: Zoho-oauthtoken %s" "%s/crm/v8/org"
    Sign in at %s/accounts as %s to register clients; the password is in the credentials.\
    """
        .formatted(
            urlHost(),
            listening,
            (System.nanoTime() - began) / 1_000_000,
            Credentials.file(options.dataDirectory()),
            credentials.accessToken(),
            url,
            url,
            credentials.adminEmail());
  }

  /** In this order: no new calls, those under way end, the pool closes, PostgreSQL stops. */
  private static void stop(Server server, DatabaseOptions.Opened opened, CountDownLatch stopped) {
    try (opened;
        server) {
      stopped.countDown();
    }
  }

  private @Nullable String trimmed() {
    return baseUrl == null ? null : baseUrl.replaceAll("/+$", "");
  }

  private String urlHost() {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }

  private static void say(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
