package io.clientele.app;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.UserName;
import io.clientele.oauth.Account;
import io.clientele.oauth.Accounts;
import io.clientele.org.Org;
import io.clientele.users.NewUser;
import io.clientele.users.Users;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele user}: the users of an org, and their passwords. */
@Command(
    name = "user",
    description = "Add, invite and list users, set passwords.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UserCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      description = "Add a user to an org; prints a password when the address is new here.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Option(names = "--email", required = true, description = "The address to sign in with.")
          String email,
      @Option(names = "--last-name", required = true, description = "The last name.")
          String lastName,
      @Option(names = "--first-name", description = "The first name.") @Nullable String firstName,
      @Option(names = "--profile", defaultValue = "Standard", description = "Default: Standard.")
          String profile,
      @Option(names = "--role", defaultValue = "", description = "Default: the lowest role.")
          String role,
      @Option(names = "--org", description = "Default: the first org.") @Nullable Long orgId,
      @Option(names = "--invite", description = "Print a link to join by, and no password.")
          boolean invite) {
    try (var opened = options.open()) {
      var installation = opened.installation();
      Org org = org(installation, orgId);
      Metadata metadata = installation.metadata().of(org.id());
      UserName admin = metadata.userNames().iterator().next();
      boolean known = installation.oauth().accounts().find(email).isPresent();
      installation
          .database()
          .change(
              tx -> {
                var user =
                    new NewUser(
                        email,
                        firstName,
                        lastName,
                        RoleNames.find(tx, org, role),
                        profileId(metadata, profile),
                        "active",
                        !invite,
                        admin.zone().getId(),
                        admin.id(),
                        Json.MAPPER.createObjectNode());
                long id = Users.create(tx, org, user);
                Accounts.link(tx, Accounts.create(tx, email), org.id(), id);
                Accounts.setActive(tx, org.id(), id, !invite);
              });
      if (invite) {
        printInvitation(installation, options, org, email, null);
      } else if (!known) {
        printNewPassword(installation, email, FirstOrg.randomPassword());
      }
      return 0;
    }
  }

  @Command(
      name = "invite",
      description = "Print a new link for a user who has not joined yet; the old one is void.",
      mixinStandardHelpOptions = true)
  int invite(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "EMAIL") String email,
      @Option(names = "--org", description = "Default: the first org.") @Nullable Long orgId,
      @Option(names = "--base-url", description = "Default: that of the last start.")
          @Nullable String baseUrl) {
    try (var opened = options.open()) {
      var installation = opened.installation();
      Org org = org(installation, orgId);
      printInvitation(installation, options, org, email, baseUrl);
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "List the users of an org.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--org", description = "Default: the first org.") @Nullable Long orgId,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    try (var opened = options.open()) {
      Org org = org(opened.installation(), orgId);
      var table = new Table("id", "email", "name", "active");
      for (UserName user : opened.installation().metadata().of(org.id()).userNames()) {
        table.add(
            Long.toString(user.id()), user.email(), user.name(), Boolean.toString(user.active()));
      }
      table.print(spec.commandLine().getOut(), json);
      return 0;
    }
  }

  @Command(
      name = "password",
      description = "Set a user's password; prints a random one when none is given.",
      mixinStandardHelpOptions = true)
  int password(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "EMAIL") String email,
      @Option(names = "--password", description = "At least 8 characters.")
          @Nullable String password) {
    try (var opened = options.open()) {
      String chosen = password == null ? FirstOrg.randomPassword() : password;
      printNewPassword(opened.installation(), email, chosen);
      Credentials.rememberPassword(options.dataDirectory(), email, chosen);
      return 0;
    }
  }

  private void printNewPassword(Installation installation, String email, String password) {
    Account account =
        installation
            .oauth()
            .accounts()
            .find(email)
            .orElseThrow(() -> new Failure("There is no user " + email + "."));
    installation.oauth().accounts().setPassword(account, password);
    spec.commandLine().getOut().println("password: " + password);
  }

  private void printInvitation(
      Installation installation,
      DatabaseOptions options,
      Org org,
      String email,
      @Nullable String baseUrl) {
    String path =
        installation
            .database()
            .write(tx -> Users.invite(tx, org, email, installation.clock().instant()))
            .orElseThrow(() -> new Failure("Nobody of " + email + " waits for an invitation."));
    String base =
        Optional.ofNullable(baseUrl)
            .or(() -> Credentials.read(options.dataDirectory()).map(Credentials::apiDomain))
            .orElse("");
    spec.commandLine().getOut().println("invitation: " + base + path);
  }

  private static Org org(Installation installation, @Nullable Long id) {
    return installation.orgs().list().stream()
        .filter(org -> id == null || org.id() == id)
        .findFirst()
        .orElseThrow(() -> new Failure("There is no such org."));
  }

  private static long profileId(Metadata metadata, String name) {
    return metadata.settings("profile").stream()
        .filter(profile -> profile.apiName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new Failure("There is no profile " + name + "."))
        .id();
  }
}
