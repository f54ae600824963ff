package io.clientele.app;

import io.clientele.http.ScopeSet;
import io.clientele.oauth.Account;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import io.clientele.oauth.OAuthClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele token}: an access token for scripts. */
@Command(
    name = "token",
    description = "Print an access token for a user, good for an hour.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TokenCommand implements Callable<Integer> {
  private static final String CLIENT = "Command line";

  @Mixin private DatabaseOptions options = new DatabaseOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "EMAIL",
      description = "Who the token acts for.")
  private String email;

  @Option(
      names = "--org",
      paramLabel = "ID",
      description = "Which org, when the user is in several.")
  private @Nullable Long org;

  @Option(
      names = "--scope",
      paramLabel = "SCOPES",
      description = "Parted by commas (default: everything).")
  private @Nullable String scope;

  @Override
  public Integer call() {
    try (var opened = options.open()) {
      var oauth = opened.installation().oauth();
      Account account =
          oauth
              .accounts()
              .find(email)
              .orElseThrow(() -> new Failure("There is no user " + email + "."));
      var memberships =
          oauth.accounts().memberships(account).stream()
              .filter(member -> org == null || member.orgId() == org)
              .toList();
      if (memberships.size() != 1) {
        throw new Failure(
            memberships.isEmpty()
                ? email + " is in no such org."
                : email + " is in several orgs; name one with --org.");
      }
      var member = memberships.getFirst();
      String token =
          oauth
              .tokens()
              .issue(
                  client(opened.installation()),
                  member.orgId(),
                  member.userId(),
                  ScopeSet.parse(scope == null ? FirstOrg.ALL_SCOPES : scope),
                  false)
              .accessToken();
      spec.commandLine().getOut().println(token);
      return 0;
    }
  }

  private static OAuthClient client(Installation installation) {
    var clients = installation.oauth().clients();
    return clients.list().stream()
        .filter(client -> client.name().equals(CLIENT) && client.type() == ClientType.SELF)
        .findFirst()
        .orElseGet(
            () ->
                clients
                    .register(
                        new NewClient(ClientType.SELF, CLIENT, "", List.of(), Optional.empty()))
                    .client());
  }
}
