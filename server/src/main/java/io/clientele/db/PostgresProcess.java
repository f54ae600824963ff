package io.clientele.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running PostgreSQL that ends when this process ends, in whatever way that comes about. */
final class PostgresProcess {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
  private static final int ATTEMPTS = 5;
  private static final Duration RECOVERY = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofMinutes(2);

  /**
   * Runs PostgreSQL and reads a pipe whose other end only our process holds: when that end closes,
   * PostgreSQL gets SIGINT, its fast shutdown. The pid is not reaped, and so cannot be reused,
   * before the reader is ended. Without setsid, {@code set -m} keeps the terminal's Ctrl-C away.
   */
  private static final String WATCH =
      """
      trap '' HUP INT TERM
      command -v setsid >/dev/null 2>&1 || set -m
      exec 3<&0
      "$@" </dev/null 3<&- &
      postgres=$!
      { while read -r line <&3; do :; done; kill -INT "$postgres" 2>/dev/null; } &
      reader=$!
      exec 3<&- </dev/null
      wait "$postgres"
      code=$?
      kill -KILL "$reader" 2>/dev/null
      exit "$code"
      """;

  private final Process process;
  private final int port;
  private volatile boolean stopping;

  private PostgresProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Starts on a free port and returns when PostgreSQL takes connections. */
  static PostgresProcess start(
      Path data,
      PostgresBinaries binaries,
      PostgresAccount account,
      EmbeddedPostgres.Options options,
      PostgresLog log)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      long before = log.size();
      var command = new ArrayList<String>();
      command.addAll(List.of("/bin/sh", "-c", WATCH, "clientele-postgres"));
      command.add(binaries.program("postgres").toString());
      int port = freePort();
      command.addAll(PostgresSettings.arguments(data, port, options));
      var process = launch(account.command(command), log);
      var postgres = new PostgresProcess(process, port);
      if (postgres.awaitReady(data)) {
        process.onExit().thenRun(() -> postgres.reportEnd(log));
        return postgres;
      }
      postgres.stop();
      if (attempt == ATTEMPTS || !log.since(before).contains("could not bind")) {
        throw new EmbeddedPostgresException("PostgreSQL did not start. " + log.tail());
      }
    }
  }

  /** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
  void stop() {
    stopping = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("The pipe to PostgreSQL was closed already", e);
    }
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("PostgreSQL did not stop within {} s and is killed", STOP.toSeconds());
        process.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it goes on stopping by itself
    }
  }

  private static Process launch(List<String> command, PostgresLog log) throws IOException {
    var own = new ArrayList<String>();
    if (ProgramRun.succeeds(List.of("setsid", "true"))) {
      own.add("setsid"); // a Ctrl-C in the terminal is for us, who stop PostgreSQL last
    }
    own.addAll(command);
    return ProgramRun.builder(own).redirectOutput(log.redirect()).start();
  }

  private boolean awaitReady(Path data) {
    boolean answered = Waiting.until(RECOVERY, () -> !process.isAlive() || ready(data));
    return answered && process.isAlive();
  }

  private boolean ready(Path data) {
    return PostmasterPid.read(data)
        .filter(PostmasterPid::ready)
        .filter(written -> process.descendants().anyMatch(child -> child.pid() == written.pid()))
        .isPresent();
  }

  private void reportEnd(PostgresLog log) {
    if (!stopping) {
      LOG.error("PostgreSQL ended (exit code {}). {}", process.exitValue(), log.tail());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
