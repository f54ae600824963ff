package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The data directory: made whole or not at all, and never made anew over an existing one. */
final class PostgresCluster {

  static final String DATABASE = "clientele";
  static final String USER = "clientele";
  private static final String SUPERUSER = "postgres";
  private static final String UNFINISHED = "data.unfinished-";

  private PostgresCluster() {}

  /** Makes the data directory when there is none; refuses one that is not ours to open. */
  static void ensure(
      Path data,
      PostgresBinaries binaries,
      PostgresAccount account,
      PostgresCredentials credentials,
      EmbeddedPostgres.Options options,
      PostgresLog log)
      throws IOException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      checkVersion(data, binaries.majorVersion());
      account.give(data);
      return;
    }
    if (Files.exists(data) && !PrivateFiles.childrenNamed(data, "", "").isEmpty()) {
      throw new EmbeddedPostgresException(
          data + " holds files but no PostgreSQL database. Move it away and start again.");
    }
    Path unfinished = Files.createTempDirectory(data.resolveSibling(""), UNFINISHED);
    account.give(unfinished);
    run(initialise(unfinished, binaries, options), credentials.superuser() + "\n", account, log);
    run(singleUser(unfinished, binaries), firstStatements(credentials.user()), account, log);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.synchronise(data.resolveSibling(""));
  }

  /** Removes what an initialisation left that did not come to its end. */
  static void deleteUnfinished(Path directory) throws IOException {
    for (Path unfinished : PrivateFiles.childrenNamed(directory, UNFINISHED, "")) {
      PrivateFiles.deleteTree(unfinished);
    }
  }

  private static void checkVersion(Path data, String ours) throws IOException {
    String theirs = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!theirs.equals(ours)) {
      throw new EmbeddedPostgresException(
          "The data in %s was written by PostgreSQL %s, and this Clientele brings PostgreSQL %s. "
                  .formatted(data, theirs, ours)
              + "Nothing was changed. Start the Clientele version that wrote it, make a backup, and"
              + " restore that here into a new data directory.");
    }
  }

  /**
   * The password goes through a pipe that {@code sh} makes, and so owned by the account that runs
   * initdb: no file holds it, and another account could not open the pipe of ours by name.
   */
  private static List<String> initialise(
      Path data, PostgresBinaries binaries, EmbeddedPostgres.Options options) {
    var command = new ArrayList<String>();
    command.addAll(List.of("/bin/sh", "-c", "cat | \"$@\"", "initdb"));
    command.add(binaries.program("initdb").toString());
    command.addAll(List.of("--pgdata=" + data, "--username=" + SUPERUSER));
    command.addAll(List.of("--pwfile=/dev/stdin", "--auth=scram-sha-256", "--encoding=UTF8"));
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    if (!options.durable()) {
      command.add("--no-sync");
    }
    return command;
  }

  private static List<String> singleUser(Path data, PostgresBinaries binaries) {
    String postgres = binaries.program("postgres").toString();
    return List.of(postgres, "--single", "-D", data.toString(), "template1");
  }

  /** The server's own user owns its database and is no superuser. */
  private static String firstStatements(String password) {
    return """
        create role %s login password '%s'
        grant pg_monitor to %s
        create database %s owner %s
        """
        .formatted(USER, password, USER, DATABASE, USER);
  }

  private static void run(
      List<String> command, String input, PostgresAccount account, PostgresLog log)
      throws IOException {
    long before = log.size();
    int exitCode = ProgramRun.run(account.command(command), input, log);
    if (exitCode != 0 || log.since(before).contains("ERROR:")) {
      throw new EmbeddedPostgresException(
          "The PostgreSQL data directory could not be made (exit code %d). %s"
              .formatted(exitCode, log.tail()));
    }
  }
}
