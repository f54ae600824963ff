package io.clientele.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clientele serve}: starts everything and runs until it is told to stop. */
@Command(
    name = "serve",
    description = "Start the server, with its database, until SIGTERM or Ctrl-C.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
  private static final Duration LOOK_AT_DATABASE = Duration.ofSeconds(1);

  @Mixin private DatabaseOptions where = new DatabaseOptions();
  @Mixin private ServeOptions options = new ServeOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    options
        .problem()
        .ifPresent(
            words -> {
              throw new ParameterException(spec.commandLine(), words);
            });
    long began = System.nanoTime();
    var stop = StopSignals.listen();
    try (var server = RunningServer.start(where, options, this::say)) {
      say(ready(server, began));
      while (!stop.await(LOOK_AT_DATABASE)) {
        if (!server.isDatabaseRunning()) {
          throw new Failure(
              "The database ended by itself; why is in the log in "
                  + where.postgresDirectory()
                  + ".");
        }
      }
      say("Stopping …");
    }
    say("Stopped.");
    return 0;
  }

  private String ready(RunningServer server, long began) {
    Credentials credentials = server.credentials();
    return """
    Clientele listens on %s (ready after %d ms).
    Credentials: %s
    Try:  curl -H "Authorization: Zoho-oauthtoken %s" "%s/crm/v8/org"
    Sign in at %s/accounts as %s to register clients; the password is in the credentials.\
    """
        .formatted(
            options.ownUrl(server.port()),
            (System.nanoTime() - began) / 1_000_000,
            Credentials.file(where.dataDirectory()),
            credentials.accessToken(),
            credentials.apiDomain(),
            credentials.apiDomain(),
            credentials.adminEmail());
  }

  private void say(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
