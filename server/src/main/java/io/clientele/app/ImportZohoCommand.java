package io.clientele.app;

import io.clientele.configuration.Configuration;
import io.clientele.imports.ApiClient;
import io.clientele.imports.BackupSource;
import io.clientele.imports.Credentials;
import io.clientele.imports.Import;
import io.clientele.imports.ImportException;
import io.clientele.imports.ImportOptions;
import io.clientele.imports.ImportReport;
import io.clientele.imports.ServerSource;
import io.clientele.imports.Source;
import io.clientele.imports.UserMap;
import io.clientele.imports.Work;
import io.clientele.metadata.Metadata;
import io.clientele.org.Org;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele import-zoho}: moves an org in. */
@Command(
    name = "import-zoho",
    description = {
      "Move an org in: from a Zoho CRM backup (ZIP files, or a folder of them or of",
      "their CSV files), or with --url from another server of the same API, be it",
      "Zoho CRM or another Clientele. Records keep their ids, their owners and their",
      "times; modules and fields are made first where the source tells of them.",
      "Whenever it ends, the same command goes on from there."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportZohoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions options;

  @Parameters(paramLabel = "BACKUP", description = "Zips, folders or CSV files of a backup.")
  private List<Path> backup = new ArrayList<>();

  @Option(names = "--org", description = "The org's id; the only one when there is one.")
  private Optional<Long> org = Optional.empty();

  @Option(names = "--url", description = "The server, such as https://www.zohoapis.com.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--token",
      defaultValue = "${env:CLIENTELE_IMPORT_TOKEN:-}",
      description =
          "An access token of an administrator there; better in $CLIENTELE_IMPORT_TOKEN, where"
              + " other users of this machine do not see it.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--refresh-token",
      defaultValue = "${env:CLIENTELE_IMPORT_REFRESH_TOKEN:-}",
      description =
          "Gets access tokens, with --client-id and --client-secret; better in"
              + " $CLIENTELE_IMPORT_REFRESH_TOKEN.")
  private Optional<String> refreshToken = Optional.empty();

  @Option(names = "--client-id", description = "The client of the refresh token.")
  private Optional<String> clientId = Optional.empty();

  @Option(
      names = "--client-secret",
      defaultValue = "${env:CLIENTELE_IMPORT_CLIENT_SECRET:-}",
      description = "Its secret; better in $CLIENTELE_IMPORT_CLIENT_SECRET.")
  private Optional<String> clientSecret = Optional.empty();

  @Option(
      names = "--accounts-url",
      description = "Who gives tokens, such as https://accounts.zoho.eu (default: by --url).")
  private Optional<URI> accountsUrl = Optional.empty();

  @Option(names = "--plan", description = "Show what would be done, and change nothing.")
  private boolean plan;

  @Option(
      names = "--modules",
      split = ",",
      paramLabel = "NAME",
      description = "Only these modules, with their subforms and links.")
  private Set<String> modules = Set.of();

  @Option(
      names = "--owner-for-unknown",
      paramLabel = "EMAIL",
      description = "Who stands for users the org does not have; else they are added, inactive.")
  private Optional<String> ownerForUnknown = Optional.empty();

  @Option(
      names = "--time-zone",
      description = "Of times in a backup (default: that of the org's administrator).")
  private Optional<ZoneId> zone = Optional.empty();

  @Option(
      names = "--make-fields",
      description = "Make modules and fields that a backup has columns for, by what is in them.")
  private boolean makeFields;

  @Option(names = "--skip-unknown", description = "Leave out what has no module or field here.")
  private boolean skipUnknown;

  @Option(names = "--add", description = "Also into an org that has records already.")
  private boolean add;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to tell what could not be taken (default: import-report.csv).")
  private Path report = Path.of("import-report.csv");

  @Override
  public Integer call() {
    if (backup.isEmpty() == url.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name a backup, or a server with --url.");
    }
    try (var opened = options.open()) {
      var installation = opened.installation();
      Org target = ChosenOrg.of(installation, org);
      try (Source source = source()) {
        return run(installation, target, source);
      }
    }
  }

  private Source source() {
    if (url.isEmpty()) {
      return new BackupSource(backup, makeFields);
    }
    Consumer<Duration> pause = ImportZohoCommand::pause;
    var api = new ApiClient(credentials(url.get()), pause);
    return new ServerSource(api, options.dataDirectory().resolve("import"), pause);
  }

  private Credentials credentials(URI server) {
    if (server.getHost() == null || !String.valueOf(server.getScheme()).startsWith("http")) {
      throw new ParameterException(
          spec.commandLine(), "--url is no address such as https://www.zohoapis.com.");
    }
    token = token.filter(text -> !text.isBlank());
    refreshToken = refreshToken.filter(text -> !text.isBlank());
    clientSecret = clientSecret.filter(text -> !text.isBlank());
    if (token.isEmpty()
        && (refreshToken.isEmpty() || clientId.isEmpty() || clientSecret.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "Give $CLIENTELE_IMPORT_TOKEN or --token, or a refresh token"
              + " ($CLIENTELE_IMPORT_REFRESH_TOKEN or --refresh-token) with --client-id and its"
              + " secret ($CLIENTELE_IMPORT_CLIENT_SECRET or --client-secret).");
    }
    Optional<Credentials.RefreshToken> refresh =
        refreshToken
            .filter(one -> clientId.isPresent() && clientSecret.isPresent())
            .map(
                one ->
                    new Credentials.RefreshToken(
                        accountsUrl.orElseGet(() -> accounts(server)),
                        one,
                        clientId.orElseThrow(),
                        clientSecret.orElseThrow()));
    return new Credentials(server, token, refresh);
  }

  /** Zoho has an accounts server in each data centre; Clientele gives tokens itself. */
  private static URI accounts(URI server) {
    String host = server.getHost();
    return host.startsWith("www.zohoapis.")
        ? URI.create("https://accounts.zoho." + host.substring("www.zohoapis.".length()))
        : server;
  }

  private int run(Installation installation, Org target, Source source) {
    long userId = ChosenOrg.administrator(installation, target.id());
    Metadata metadata = installation.metadata().of(target.id());
    var work =
        new Work(
            installation.database(),
            installation.metadata(),
            installation.tables(),
            installation.records(),
            installation.files(),
            new Configuration(installation.changes(), installation.jobs()),
            target,
            userId);
    var how =
        new ImportOptions(
            modules,
            ownerForUnknown.map(email -> user(metadata, email)),
            zone.orElseGet(() -> metadata.zoneOf(userId)),
            skipUnknown,
            add,
            ImportOptions.BATCH);
    PrintWriter out = spec.commandLine().getOut();
    var progress = new ProgressLines(out, installation.clock());
    var moving = new Import(work, source, how, progress);
    if (plan) {
      moving.plan().forEach(out::println);
      out.println("Nothing was changed.");
      return 0;
    }
    ImportReport done = moving.run();
    progress.end();
    print(out, target, done);
    if (source instanceof ServerSource server) {
      server.finish();
    }
    return 0;
  }

  private void print(PrintWriter out, Org target, ImportReport done) {
    var table = new Table("what", "read", "imported", "there", "not taken", "values not taken");
    for (ImportReport.Line line : done.lines()) {
      table.add(
          line.what(),
          Long.toString(line.read()),
          Long.toString(line.added()),
          Long.toString(line.there()),
          Long.toString(line.refused()),
          Long.toString(line.lost()));
    }
    table.print(out, false);
    out.println(done.users() + " users added; they cannot sign in until they are made active.");
    long problems = done.write(report);
    out.println(
        problems == 0
            ? "All of it was taken; the numbers are in " + report + "."
            : problems + " things could not be taken; see " + report + ".");
    if (!add) {
      out.println(
          "To undo it, delete the org: clientele org delete %d --name '%s'"
              .formatted(target.id(), target.name().replace("'", "'\\''")));
    }
  }

  private static long user(Metadata metadata, String email) {
    return UserMap.find(metadata, email)
        .orElseThrow(() -> new Failure("There is no user " + email + " in the org."));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("Interrupted.");
    }
  }
}
