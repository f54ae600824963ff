package io.clientele.db;

import static io.clientele.db.PostgresDirectories.query;
import static io.clientele.db.PostgresDirectories.start;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code kill -9} of one process or another leaves, and that no committed row is lost. */
class KilledServerTest {

  private static final int ROWS = 50;
  private final PostgresDirectories directories = PostgresDirectories.shared();

  @Test
  void killingTheServerEndsPostgresAndKeepsCommittedRows() throws Exception {
    Path directory = directories.copy();
    try (var child = ChildServer.start(directory)) {
      child.awaitAcknowledged(ROWS);
      var descendants = child.descendants();
      assertThat(descendants).isNotEmpty();
      long acknowledged = child.kill();
      ChildServer.awaitGone(descendants);
      assertThat(RunningPostgres.find(directory)).isEmpty();
      assertHolds(directory, acknowledged);
    }
  }

  @Test
  void aServerStartedAtOnceWaitsForThePostgresOfTheKilledOne() throws Exception {
    Path directory = directories.copy();
    try (var child = ChildServer.start(directory)) {
      child.awaitAcknowledged(ROWS);
      assertHolds(directory, child.kill());
    }
  }

  @Test
  void killingServerAndPostgresKeepsCommittedRows() throws Exception {
    Path directory = directories.copy();
    try (var child = ChildServer.start(directory)) {
      child.awaitAcknowledged(ROWS);
      long postmaster = PostmasterPid.read(directory.resolve("data")).orElseThrow().pid();
      var descendants = child.descendants();
      ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
      long acknowledged = child.kill();
      assertHolds(directory, acknowledged);
      ChildServer.awaitGone(descendants);
    }
  }

  @Test
  void aPostgresLeftRunningIsStoppedByTheNextStart() throws Exception {
    Path directory = directories.copy();
    try (var child = ChildServer.start(directory)) {
      child.awaitAcknowledged(ROWS);
      var descendants = child.descendants();
      // the watchers first, the inner one before the outer, so that nobody tells PostgreSQL
      var watchers = descendants.stream().filter(KilledServerTest::isShell).toList().reversed();
      assertThat(watchers).hasSize(2);
      watchers.forEach(ProcessHandle::destroyForcibly);
      ChildServer.awaitGone(watchers);
      long acknowledged = child.kill();
      long postmaster = PostmasterPid.read(directory.resolve("data")).orElseThrow().pid();
      assertThat(ProcessHandle.of(postmaster)).get().matches(ProcessHandle::isAlive);
      assertHolds(directory, acknowledged);
      ChildServer.awaitGone(descendants);
    }
  }

  @Test
  void aReusedPidInAStaleFileIsNotSignalled() throws Exception {
    Path directory = directories.copy();
    var innocent = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          directory.resolve("data/postmaster.pid"),
          innocent.pid()
              + "\n"
              + directory.resolve("data")
              + "\n0\n5432\n\n127.0.0.1\n0 0\nready\n");
      try (var postgres = start(directory)) {
        assertThat(query(postgres, "select name from kept")).isEqualTo("Ada");
      }
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void logsAreBounded() throws Exception {
    Path directory = Files.createDirectory(directories.root().resolve("logs"));
    for (int start = 1; start <= 9; start++) {
      PostgresLog.begin(directory);
      Files.writeString(directory.resolve("postgres.log"), "start " + start);
    }
    assertThat(PrivateFiles.childrenNamed(directory, "postgres.log", "")).hasSize(6);
    assertThat(directory.resolve("postgres.log.5")).hasContent("start 4");
  }

  @Test
  void theArchiveIsChosenByPlatform() {
    assertThat(
            List.of(
                PostgresBinaries.archiveName("Linux", "amd64"),
                PostgresBinaries.archiveName("Linux", "aarch64"),
                PostgresBinaries.archiveName("Mac OS X", "x86_64"),
                PostgresBinaries.archiveName("Mac OS X", "aarch64")))
        .containsExactly(
            "postgres-linux-x86_64.txz",
            "postgres-linux-arm_64.txz",
            "postgres-darwin-x86_64.txz",
            "postgres-darwin-arm_64.txz");
  }

  private static boolean isShell(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("clientele-postgres");
  }

  private static void assertHolds(Path directory, long acknowledged) throws Exception {
    assertThat(acknowledged).isGreaterThanOrEqualTo(ROWS);
    try (var postgres = start(directory)) {
      assertThat(query(postgres, "select count(*) from acknowledged where id <= " + acknowledged))
          .isEqualTo(Long.toString(acknowledged));
    }
  }
}
