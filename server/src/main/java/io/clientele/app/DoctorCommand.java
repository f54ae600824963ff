package io.clientele.app;

import io.clientele.db.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele doctor}: what the server needs, and whether it is there. */
@Command(
    name = "doctor",
    description = "Check JDK, data directory, database, port and credentials; say what to do.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DoctorCommand implements Callable<Integer> {
  private static final int JDK = 25;
  private static final long FREE_BYTES = 1L << 30;

  @Mixin private DatabaseOptions options = new DatabaseOptions();
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port to look at (default: 8080).")
  private int port;

  private boolean healthy = true;

  @Override
  public Integer call() throws IOException {
    check(
        "JDK",
        Runtime.version().feature() >= JDK,
        "Java " + Runtime.version(),
        "install a JDK 25 or newer, or set JAVA_HOME to one");
    Path data = options.dataDirectory();
    Path existing = data;
    for (Path parent = data; parent != null && !Files.exists(existing); ) {
      parent = parent.getParent();
      existing = parent == null ? existing : parent;
    }
    check(
        "data directory",
        Files.isWritable(existing),
        data + (Files.exists(data) ? "" : " (will be made)"),
        "make " + existing + " writable, or name another with --data-dir");
    long free = Files.getFileStore(existing).getUsableSpace();
    check(
        "disk",
        free > FREE_BYTES,
        (free >> 20) + " MiB free",
        "free at least 1 GiB for " + existing);
    boolean running = database();
    check(
        "port " + port,
        running || isFree(port),
        isFree(port) ? "free" : "in use" + (running ? ", probably by the running server" : ""),
        "stop what listens there, or name another with --port");
    credentials(data);
    return healthy ? 0 : 1;
  }

  /** Answers whether a server runs on the data. */
  private boolean database() {
    Optional<DatabaseAddress> running = options.running();
    Optional<DatabaseAddress> address = options.outside().or(() -> running);
    if (address.isEmpty()) {
      check(
          "binaries",
          EmbeddedPostgres.isAvailable(),
          "PostgreSQL for " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          "build Clientele on this kind of machine, or use --database-url");
      boolean there = Files.exists(options.postgresDirectory());
      check(
          "database",
          true,
          there ? "embedded, not running" : "embedded, made at the first start",
          "");
      return false;
    }
    try {
      String version = DatabaseCheck.version(address.get());
      check("database", true, "PostgreSQL " + version + " at " + address.get(), "");
    } catch (Failure e) {
      check("database", false, Failure.message(e), "see that it runs and that the URL is right");
    }
    return running.isPresent();
  }

  private void credentials(Path data) throws IOException {
    Path file = Credentials.file(data);
    if (!Files.exists(file)) {
      check("credentials", true, "made at the first start", "");
      return;
    }
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    check("credentials", mode.equals("rw-------"), file + " " + mode, "chmod 600 " + file);
    check(
        "credentials content",
        Credentials.read(data).isPresent(),
        "readable",
        "remove " + file + "; the next start writes a new one");
  }

  private void check(String what, boolean good, String found, String remedy) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-8s %-20s %s%n", good ? "ok" : "PROBLEM", what, found);
    if (!good) {
      healthy = false;
      out.printf("%-8s %-20s → %s%n", "", "", remedy);
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
