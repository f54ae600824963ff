package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory that a server was started on once: copying it is quicker than a first start. */
final class PreparedData {
  private static final Path ORIGINAL = startOnce();

  private PreparedData() {}

  static Path copyTo(Path directory, String name) throws IOException {
    Path copy = directory.resolve(name);
    run("cp", "-a", ORIGINAL.toString(), copy.toString());
    return copy;
  }

  private static Path startOnce() {
    try {
      Path directory = Files.createTempDirectory("clientele-prepared");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      Path data = directory.resolve("data");
      try (var server = ServerProcess.serve(data)) {
        assertThat(server.output())
            .contains("Creating the database in", "Creating the org", "curl -H");
        server.stop();
      }
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try {
      run("rm", "-rf", directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    assertThat(new ProcessBuilder(command).start().onExit().join().exitValue()).isZero();
  }
}
