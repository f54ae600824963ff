package io.clientele.app;

import io.clientele.files.FileStorage;
import io.clientele.oauth.Account;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele org}: the orgs of this installation. */
@Command(
    name = "org",
    description = "Create, list and delete orgs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OrgCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "create",
      description = "Create an org with an administrator, whose password is printed if it is new.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--admin-email", required = true, description = "The administrator.")
          String email) {
    try (var opened = options.open()) {
      var installation = opened.installation();
      boolean known = installation.oauth().accounts().find(email).isPresent();
      Org org = new FirstOrg(installation, options.dataDirectory()).create(name, email, "Admin");
      spec.commandLine().getOut().println("org_id: " + org.id());
      if (!known) {
        Account account = installation.oauth().accounts().find(email).orElseThrow();
        String password = FirstOrg.randomPassword();
        installation.oauth().accounts().setPassword(account, password);
        spec.commandLine().getOut().println("admin_password: " + password);
      }
      return 0;
    }
  }

  @Command(
      name = "delete",
      description = "Delete an org with all that is in it, for good.",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "ID") long id,
      @Option(names = "--name", required = true, description = "Its name, to be sure.")
          String name) {
    try (var opened = options.open()) {
      var installation = opened.installation();
      Org org = ChosenOrg.of(installation, Optional.of(id));
      if (!org.name().equals(name)) {
        throw new Failure("The org " + id + " is called '" + org.name() + "', not '" + name + "'.");
      }
      List<String> contents = installation.database().read(tx -> FileStorage.contents(tx, org));
      // first, so that who is stopped meanwhile finds by the org what is left
      contents.forEach(sha256 -> installation.files().forget(org, sha256));
      installation.orgs().drop(id);
      spec.commandLine().getOut().println("deleted: " + id);
      return 0;
    }
  }

  @Command(name = "list", description = "List the orgs.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    try (var opened = options.open()) {
      var table = new Table("org_id", "name", "created_time");
      for (Org org : opened.installation().orgs().list()) {
        table.add(Long.toString(org.id()), org.name(), org.createdTime().toString());
      }
      table.print(spec.commandLine().getOut(), json);
      return 0;
    }
  }
}
