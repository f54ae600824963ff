package io.clientele.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs with nothing of our environment but the search path. */
final class ProgramRun {

  private ProgramRun() {}

  static ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    environment.clear(); // PGDATA, PGPORT, LC_ALL and the like would change what PostgreSQL does
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder;
  }

  /** Runs a program to its end, gives it {@code input} to read, and answers its exit code. */
  static int run(List<String> command, String input, PostgresLog log) throws IOException {
    return run(builder(command).redirectOutput(log.redirect()), input);
  }

  /** Whether a program can be run here and ends well; what it writes is dropped. */
  static boolean succeeds(List<String> command) {
    try {
      return run(builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD), "") == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  /** The first line a program writes; an error when it fails. */
  static String firstLine(List<String> command) throws IOException {
    var process = builder(command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (waitFor(process) != 0) {
      throw new IOException(String.join(" ", command) + ": " + output.strip());
    }
    return output.lines().findFirst().orElse("").strip();
  }

  private static int run(ProcessBuilder builder, String input) throws IOException {
    var process = builder.start();
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended before it read everything: its exit code tells more than a broken pipe
    }
    return waitFor(process);
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while PostgreSQL was being prepared.", e);
    }
  }
}
