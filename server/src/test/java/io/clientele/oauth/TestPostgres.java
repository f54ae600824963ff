package io.clientele.oauth;

import io.clientele.db.Database;
import io.clientele.db.Migrations;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A throw-away PostgreSQL of the machine's own packages, started once for the tests' JVM. */
final class TestPostgres {
  private static final Path PROGRAMS = programs();
  private static final int PORT = start();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestPostgres() {}

  /** A new database with the shared schema, so that tests cannot meet. */
  static Database newDatabase() {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Database server = connect("postgres")) {
      server.read(tx -> update(tx, "create database " + name));
    }
    Database database = connect(name);
    new Migrations(database).migrateShared();
    return database;
  }

  private static int update(Transaction tx, String statement) {
    return tx.update(Sql.sql(statement));
  }

  private static Database connect(String name) {
    return new Database("jdbc:postgresql://127.0.0.1:" + PORT + "/" + name, "postgres", "", 4);
  }

  private static int start() {
    try (var socket = new ServerSocket(0)) {
      int port = socket.getLocalPort();
      socket.close();
      Path directory = Files.createTempDirectory("clientele-oauth-test");
      if (isRoot()) {
        run(List.of("chown", "postgres", directory.toString()));
      }
      String data = directory.resolve("data").toString();
      postgres("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
      String options = "-p %d -h 127.0.0.1 -k %s -F".formatted(port, directory);
      postgres("pg_ctl", "-D", data, "-w", "-o", options, "-l", data + "/log", "start");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory, data)));
      return port;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(Path directory, String data) {
    postgres("pg_ctl", "-D", data, "-m", "immediate", "stop");
    run(List.of("rm", "-rf", directory.toString()));
  }

  private static void postgres(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("failed: " + command);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path programs() {
    try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.sorted().reduce((a, b) -> b).orElseThrow().resolve("bin");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
