package io.clientele.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link EmbeddedPostgresChild}. */
final class ChildServer implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private long acknowledged;

  private ChildServer(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildServer start(Path directory) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), directory);
  }

  static ChildServer start(List<String> prefix, String classPath, Path directory)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(EmbeddedPostgresChild.class.getName(), directory.toString()));
    var builder =
        new ProcessBuilder(command).directory(directory.resolve("..").normalize().toFile());
    return new ChildServer(builder.redirectErrorStream(true).start());
  }

  long pid() {
    return process.pid();
  }

  /** The rest of the first line that begins so. */
  String lineAfter(String beginning) throws IOException {
    var seen = new ArrayList<String>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length()).strip();
      }
      seen.add(line);
    }
    throw new AssertionError("No line " + beginning + " in:\n" + String.join("\n", seen));
  }

  /** Reads on until so many rows are committed. */
  void awaitAcknowledged(long rows) throws IOException {
    lineAfter("READY");
    while (acknowledged < rows) {
      acknowledged = Long.parseLong(output.readLine());
    }
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** kill -9. Answers the last row it named as committed. */
  long kill() {
    process.toHandle().destroyForcibly(); // the Process itself would close its output
    process.onExit().join();
    output
        .lines()
        .filter(line -> line.matches("\\d+"))
        .forEach(line -> acknowledged = Long.parseLong(line));
    return acknowledged;
  }

  void stop() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    output.lines().forEach(line -> {});
    assertThat(process.onExit().join().exitValue()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  static void awaitGone(List<ProcessHandle> processes) {
    boolean gone =
        Waiting.until(
            Duration.ofSeconds(20), () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(gone).as("processes %s end", processes).isTrue();
  }
}
