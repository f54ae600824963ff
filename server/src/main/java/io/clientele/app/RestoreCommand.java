package io.clientele.app;

import io.clientele.backup.BackupFiles;
import io.clientele.backup.Restore;
import io.clientele.backup.Restore.Restored;
import io.clientele.backup.RestoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele restore}: makes an org of a backup. */
@Command(
    name = "restore",
    description = {
      "Make an org of a backup: of 'clientele backup', or of the files",
      "Clientele_….zip and Attachments_….zip that the API gives. The org is new,",
      "unless --org names one without records, whose settings and users then give",
      "way. All of it is restored or nothing. A server may run. Users whose address",
      "has an account here sign in with it; the others need 'clientele user password'",
      "or 'clientele user invite'. Clients and tokens are made anew."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions options;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The directory with the ZIP files, or the files.")
  private List<Path> paths;

  @Option(names = "--org", paramLabel = "ID", description = "An org without records, to be it.")
  private Optional<Long> org = Optional.empty();

  @Option(names = "--name", description = "Another name for the org than it had.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (var files = new BackupFiles(paths);
        var opened = options.open()) {
      var installation = opened.installation();
      var restore =
          new Restore(
              installation.database(),
              installation.orgs(),
              installation.metadata(),
              installation.files(),
              installation.jobs(),
              installation.clock(),
              line -> tell(out, line));
      Restored restored = restore.run(files, org, name);
      tell(out, "org_id: " + restored.org().id());
      restored.withoutPassword().forEach(email -> tell(out, "without_password: " + email));
      tell(
          out,
          "Done: %,d rows, %,d contents of files.".formatted(restored.rows(), restored.files()));
      return 0;
    } catch (RestoreException e) {
      throw new Failure(e.getMessage() + " Nothing was restored.");
    }
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
