package io.clientele.app;

import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import io.clientele.oauth.OAuthClient;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele client}: the OAuth clients. */
@Command(
    name = "client",
    description = "Add, list and remove OAuth clients.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClientCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      description = "Register a client; prints its id and secret, this once.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Option(names = "--name", required = true, description = "What consent pages call it.")
          String name,
      @Option(
              names = "--type",
              defaultValue = "server-based",
              description = "server-based, client-based, mobile or self (default: server-based).")
          String type,
      @Option(
              names = "--redirect-uri",
              description = "Where codes may be sent; may be given again.")
          List<String> redirectUris,
      @Option(names = "--homepage", defaultValue = "", description = "Its home page.")
          String homepage) {
    ClientType kind =
        ClientType.of(type).orElseThrow(() -> new Failure("There is no client type " + type + "."));
    try (var opened = options.open()) {
      var registered =
          opened
              .installation()
              .oauth()
              .clients()
              .register(
                  new NewClient(
                      kind,
                      name,
                      homepage,
                      redirectUris == null ? List.of() : redirectUris,
                      Optional.empty()));
      spec.commandLine().getOut().println("client_id: " + registered.client().id());
      spec.commandLine().getOut().println("client_secret: " + registered.secret());
      return 0;
    }
  }

  @Command(name = "list", description = "List the clients.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    try (var opened = options.open()) {
      var table = new Table("client_id", "type", "name", "redirect_uris");
      for (OAuthClient client : opened.installation().oauth().clients().list()) {
        table.add(
            client.id(),
            client.type().word(),
            client.name(),
            String.join(" ", client.redirectUris()));
      }
      table.print(spec.commandLine().getOut(), json);
      return 0;
    }
  }

  @Command(
      name = "remove",
      description = "Remove a client and all its tokens.",
      mixinStandardHelpOptions = true)
  int remove(@Mixin DatabaseOptions options, @Parameters(paramLabel = "CLIENT_ID") String id) {
    try (var opened = options.open()) {
      if (!opened.installation().oauth().clients().remove(id)) {
        throw new Failure("There is no client " + id + ".");
      }
      return 0;
    }
  }
}
