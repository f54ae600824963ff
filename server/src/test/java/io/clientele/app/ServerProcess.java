package io.clientele.app;

import io.clientele.http.Json;
import io.clientele.testing.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** {@code clientele} in a process of its own, as a user starts it. */
final class ServerProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(400);

  private static final Duration POLL = Duration.ofMillis(20);

  private final Process process;
  private final Path dataDirectory;
  private final Path output;

  private ServerProcess(Process process, Path dataDirectory, Path output) {
    this.process = process;
    this.dataDirectory = dataDirectory;
    this.output = output;
  }

  /** Starts {@code serve} on a free port and waits until it is ready. */
  static ServerProcess serve(Path dataDirectory, String... options) {
    return serve(Map.of(), dataDirectory, options);
  }

  /** The same, with more in its environment. */
  static ServerProcess serve(
      Map<String, String> environment, Path dataDirectory, String... options) {
    var arguments =
        new ArrayList<>(List.of("serve", "--port", "0", "--data-dir", dataDirectory.toString()));
    arguments.addAll(List.of(options));
    Path output = dataDirectory.resolveSibling("output-" + System.nanoTime());
    var server = new ServerProcess(start(environment, output, arguments), dataDirectory, output);
    server.awaitReady();
    return server;
  }

  /** What a command that ends by itself said, and how it ended. */
  record Ended(int code, String output) {}

  static Ended run(Path directory, String... arguments) {
    Path output = directory.resolve("output-" + System.nanoTime());
    try {
      Process process = start(Map.of(), output, List.of(arguments));
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end: " + Files.readString(output));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A command that is killed after some time, if it has not ended by then. */
  static void kill(Path directory, Duration after, String... arguments) {
    Path output = directory.resolve("output-" + System.nanoTime());
    Process process = start(Map.of(), output, List.of(arguments));
    try {
      process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(
      Map<String, String> environment, Path output, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=logback.xml", // not that of the tests
                "-cp",
                System.getProperty("java.class.path"),
                "io.clientele.app.Main"));
    command.addAll(arguments);
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    until("ready", () -> output().contains("/accounts as ") || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("not ready: " + output());
    }
  }

  /** Asks every 20 ms, up to the deadline. */
  void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        process.destroyForcibly();
        throw new IllegalStateException("not " + what + ": " + output());
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  String output() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode credentials() {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(dataDirectory.resolve("credentials.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client with the token of the credentials. */
  Api api() {
    return new Api(
        credentials().path("api_domain").asString(), credentials().path("access_token").asString());
  }

  long pid() {
    return process.pid();
  }

  /** The PostgreSQL processes under the server. */
  List<ProcessHandle> database() {
    return process.descendants().toList();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, without waiting for what comes of it. */
  void signal() {
    process.destroy();
  }

  /** SIGTERM; answers the exit code. */
  int stop() {
    process.destroy();
    return await();
  }

  /** Waits for its end; answers the exit code. */
  int await() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("did not end: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database of a server that was not stopped ends a little after it. */
  void awaitEndOfDatabase() {
    Path pid = dataDirectory.resolve("postgres/data/postmaster.pid");
    until("without its database", () -> !Files.exists(pid));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
      awaitEndOfDatabase(); // or it writes into a directory that is being deleted
    }
  }
}
