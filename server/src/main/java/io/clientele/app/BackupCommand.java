package io.clientele.app;

import io.clientele.backup.BackupWriter.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele backup}: writes everything of an org into a directory. */
@Command(
    name = "backup",
    description = {
      "Write everything of an org into ZIP files for 'clientele restore': settings,",
      "records, history, recycle bin, the contents of files. A server may run; the",
      "backup is the org at one moment. Passwords, clients and tokens are not in it."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions options;

  @Parameters(paramLabel = "DIR", description = "A directory, new or empty.")
  private Path directory;

  @Option(names = "--org", description = "The org's id; the only one when there is one.")
  private Optional<Long> org = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    makeDirectory();
    try (var opened = options.open()) {
      var installation = opened.installation();
      long orgId = ChosenOrg.of(installation, org).id();
      Written written =
          installation.backupWriter().write(orgId, (name, content) -> keep(out, name, content));
      out.printf("Done: %,d rows.%n", written.rows());
      out.flush();
      return 0;
    }
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(directory, forNobodyElse());
      try (var files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new Failure("The directory " + directory + " is not empty.");
        }
      }
    } catch (IOException e) {
      throw new Failure("The directory " + directory + " cannot be made: " + e + ".");
    }
  }

  private FileAttribute<?>[] forNobodyElse() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** The file has its name when it is whole and on disk. */
  private void keep(PrintWriter out, String name, InputStream content) throws IOException {
    Path part = directory.resolve(name + ".part");
    Files.copy(content, part);
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path file = Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    out.printf("%s %,d bytes%n", file, Files.size(file));
    out.flush();
  }
}
