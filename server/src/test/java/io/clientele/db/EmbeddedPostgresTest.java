package io.clientele.db;

import static io.clientele.db.PostgresDirectories.connect;
import static io.clientele.db.PostgresDirectories.execute;
import static io.clientele.db.PostgresDirectories.query;
import static io.clientele.db.PostgresDirectories.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

  private final PostgresDirectories directories = PostgresDirectories.shared();

  @Test
  void noFileIsReadableByOthersAtAnyInstantOfTheFirstStart() {
    assertThat(directories.seenByOthers()).isEmpty();
  }

  @Test
  void anUnfinishedInitialisationIsRemoved() {
    assertThat(PrivateFiles.childrenNamed(directories.template(), "data.unfinished", "")).isEmpty();
  }

  @Test
  void itIsSetUpForUsersData() throws Exception {
    try (var postgres = start(directories.copy())) {
      assertThat(query(postgres, "show server_version")).startsWith("18");
      assertThat(query(postgres, "select value from first_fsync")).isEqualTo("on");
      assertThat(query(postgres, "show log_timezone")).isEqualTo("UTC");
      assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(query(postgres, "show is_superuser")).isEqualTo("off");
      String locale = "select concat(datlocprovider, datlocale) from pg_database where datname = ";
      assertThat(query(postgres, locale + "current_database()")).isEqualTo("bC.UTF-8");
      execute(postgres, "create extension pg_trgm; create schema org_1");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void dataIsKeptAndAnotherCommandFindsTheRunningDatabase() throws Exception {
    Path directory = directories.copy();
    try (var postgres = start(directory)) {
      assertThat(query(postgres, "select name from kept")).isEqualTo("Ada");
      var found = RunningPostgres.find(directory).orElseThrow();
      assertThat(found.jdbcUrl()).isEqualTo(postgres.jdbcUrl());
      assertThat(found.password()).isEqualTo(postgres.password());
      assertThat(found.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(PostgresDirectories.readableByOthers(directory.resolve("connection.json")))
          .isFalse();
    }
    assertThat(directory.resolve("connection.json")).doesNotExist();
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
    Path directory = directories.copy();
    try (var postgres = start(directory)) {
      String pid = "pid " + ProcessHandle.current().pid();
      assertThatThrownBy(() -> start(directory))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("in use by this same process, " + pid);
      try (var child = ChildServer.start(directory)) {
        assertThat(child.lineAfter("REFUSED")).contains("in use by the process with " + pid);
      }
      assertThat(query(postgres, "select name from kept")).isEqualTo("Ada");
    }
    start(directory).close();
  }

  @Test
  void otherFilesInPlaceOfTheDataAreLeftAlone() throws Exception {
    Path directory = directories.copy();
    Files.delete(directory.resolve("data/PG_VERSION"));
    assertThatThrownBy(() -> start(directory)).hasMessageContaining("Move it away");
    assertThat(directory.resolve("data/base")).exists();
  }

  @Test
  void dataOfAnotherMajorVersionIsRefused() throws Exception {
    Path directory = directories.copy();
    Files.writeString(directory.resolve("data/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("written by PostgreSQL 17, and this Clientele brings PostgreSQL 18");
  }

  @Test
  void runsForAnOrdinaryUser() throws Exception {
    assumeThat(System.getProperty("user.name")).as("only root can become nobody").isEqualTo("root");
    assumeThat(ProgramRun.succeeds(List.of("setpriv", "--reuid=nobody", "--clear-groups", "true")))
        .as("setpriv works here")
        .isTrue();
    Path home = Files.createDirectory(directories.root().resolve("nobody"));
    Path directory = Files.createDirectory(home.resolve("postgres"));
    directories.copyBinaries(directory);
    String classPath = readableClassPath(Files.createDirectory(home.resolve("lib")));
    assertThat(ProgramRun.succeeds(List.of("chown", "-R", "-h", "nobody", home.toString())))
        .isTrue();
    var asNobody = List.of("setpriv", "--reuid=nobody", "--clear-groups", "--");
    try (var child = ChildServer.start(asNobody, classPath, directory)) {
      child.awaitAcknowledged(10);
      child.stop();
    }
    assertThat(Files.getOwner(directory.resolve("data")).getName()).isEqualTo("nobody");
    // and root, coming after, leaves the data to its owner
    try (var postgres = start(directory);
        var connection = connect(postgres)) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(query(postgres, "select count(*) >= 10 from acknowledged")).isEqualTo("t");
    }
  }

  @Test
  void asRootWithoutNamespacesTheDataGoesToAnotherUser() throws Exception {
    assumeThat(System.getProperty("user.name")).as("for root only").isEqualTo("root");
    Path directory = Files.createDirectory(directories.root().resolve("given"));
    var account = PostgresAccount.through(PostgresAccount.unprivileged());
    Files.setPosixFilePermissions(
        directory, PosixFilePermissions.fromString(account.directoryPermissions()));
    Path binaries = directory.resolve("binaries");
    directories.copyBinaries(directory);
    var credentials = PostgresCredentials.ensure(directory, directory.resolve("data"));
    PostgresCluster.ensure(
        directory.resolve("data"),
        PostgresBinaries.unpack(binaries),
        account,
        credentials,
        EmbeddedPostgres.Options.unsafeForTests(),
        PostgresLog.begin(directory));
    assertThat(Files.getAttribute(directory.resolve("data"), "unix:uid")).isNotEqualTo(0);
    try (var postgres = start(directory)) {
      assertThat(query(postgres, "select 1")).isEqualTo("1");
    }
  }

  /** Copies what a child needs to where another user can read it. */
  private static String readableClassPath(Path folder) throws IOException {
    var copied = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.exists(Path.of(entry))) {
        Path copy = folder.resolve(Integer.toString(copied.size()));
        copied.add(PostgresDirectories.copy(Path.of(entry), copy).toString());
      }
    }
    assertThat(ProgramRun.succeeds(List.of("chmod", "-R", "a+rX", folder.toString()))).isTrue();
    return String.join(File.pathSeparator, copied);
  }
}
