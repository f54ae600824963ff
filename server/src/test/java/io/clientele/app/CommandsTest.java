package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands for scripts, in this process, on a database named by its URL. */
class CommandsTest {
  @TempDir static Path directory;
  private static EmbeddedPostgres postgres;

  /** How a command ended, and what it printed where. */
  private record Ended(int code, String out, String err) {
    Ended succeeded() {
      assertThat(code).as(this::toString).isZero();
      return this;
    }

    /** Exit code 1, and one line on standard error without a stack trace. */
    void fails(String words) {
      assertThat(code).as(this::toString).isEqualTo(1);
      assertThat(err).contains(words);
      assertThat(err.lines()).as(err).hasSize(1);
    }

    /** The value after {@code name: }. */
    String value(String name) {
      return out.lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElseThrow();
    }
  }

  @BeforeAll
  static void startPostgres() {
    postgres =
        EmbeddedPostgres.start(
            directory.resolve("postgres"), EmbeddedPostgres.Options.unsafeForTests());
    run("org", "create", "First", "--admin-email", "first@example.com").succeeded();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  private static Ended run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", directory.resolve("data").toString(), "--database-url"));
    all.add(
        "jdbc:postgresql://127.0.0.1:%d/clientele?user=%s&password=%s"
            .formatted(postgres.port(), postgres.user(), postgres.password()));
    return runAlone(all.toArray(String[]::new));
  }

  private static Ended runAlone(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), List.of(arguments));
    return new Ended(code, out.toString(), err.toString());
  }

  private static void withInstallation(Consumer<Installation> work) {
    var options = new DatabaseOptions();
    new CommandLine(options)
        .parseArgs(
            "--database-url",
            "postgresql://%s:%s@127.0.0.1:%d/clientele"
                .formatted(postgres.user(), postgres.password(), postgres.port()));
    try (var opened = options.open()) {
      work.accept(opened.installation());
    }
  }

  @Test
  void aTokenIsAllThatIsPrinted() {
    Ended token = run("token", "--user", "FIRST@example.com").succeeded();
    assertThat(token.out()).matches("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}\\R");
    assertThat(token.err()).isEmpty();
  }

  @Test
  void aUserSignsInWithThePasswordPrintedAndThenWithTheOneSet() {
    String password =
        run("user", "add", "--email", "ann@example.com", "--first-name", "Ann", "--last-name", "Li")
            .succeeded()
            .value("password");
    run("user", "password", "bob@example.com").fails("There is no user bob@example.com.");
    withInstallation(
        installation ->
            assertThat(installation.oauth().accounts().verify("ann@example.com", password))
                .isPresent());
    run("user", "password", "ann@example.com", "--password", "correct horse").succeeded();
    withInstallation(
        installation ->
            assertThat(installation.oauth().accounts().verify("ann@example.com", "correct horse"))
                .isPresent());
    run("user", "password", "ann@example.com", "--password", "short").fails("8 characters");
    run("user", "add", "--email", "c@example.com", "--last-name", "C", "--profile", "Nobody")
        .fails("There is no profile Nobody.");
    Ended list = run("user", "list", "--json").succeeded();
    assertThat(Json.MAPPER.readTree(list.out()).get(1).path("name").asString()).isEqualTo("Ann Li");
  }

  @Test
  void aUserIsInvitedWithALinkAndAgainWithAnother() {
    String first =
        run("user", "add", "--email", "eve@example.com", "--last-name", "Eve", "--invite")
            .succeeded()
            .value("invitation");
    assertThat(first).matches(".*/accounts/invitation\\?code=[0-9a-f]{64}");
    String second =
        run("user", "invite", "EVE@example.com", "--base-url", "https://crm.example")
            .succeeded()
            .value("invitation");
    assertThat(second).startsWith("https://crm.example/accounts/invitation?code=");
    run("user", "invite", "first@example.com").fails("Nobody of first@example.com waits");
    run("token", "--user", "eve@example.com").fails("eve@example.com is in no such org.");
  }

  @Test
  void aClientIsAddedListedAndRemoved() {
    run("client", "add", "--name", "Bad", "--redirect-uri", "javascript:x")
        .fails("Enter a valid redirect URI");
    String id =
        run("client", "add", "--name", "My app", "--redirect-uri", "https://app.example/cb")
            .succeeded()
            .value("client_id");
    assertThat(run("client", "list").succeeded().out())
        .containsPattern(id + " +server-based +My app +https://app.example/cb");
    run("client", "remove", id).succeeded();
    run("client", "remove", id).fails("There is no client " + id);
  }

  @Test
  void orgsAreListed() {
    String id =
        run("org", "create", "Second", "--admin-email", "first@example.com")
            .succeeded()
            .value("org_id");
    assertThat(run("org", "list").out()).containsPattern(id + " +Second ");
    run("token", "--user", "first@example.com").fails("is in several orgs; name one with --org");
    run("token", "--user", "first@example.com", "--org", id).succeeded();
  }

  @Test
  void theCredentialsFollowTheAdministratorsPassword() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    new Credentials("1", "u", "u", "c", "s", "r", "t", "a", "pat@example.com", "old").write(data);
    run("user", "add", "--email", "pat@example.com", "--last-name", "Pat").succeeded();
    run("user", "password", "pat@example.com", "--password", "new password").succeeded();
    assertThat(Credentials.read(data).orElseThrow().adminPassword()).isEqualTo("new password");
    Ended doctor = run("doctor", "--port", "0").succeeded();
    assertThat(doctor.out()).contains("PostgreSQL 18").doesNotContain("PROBLEM");
    Files.setPosixFilePermissions(
        Credentials.file(data), PosixFilePermissions.fromString("rw-r--r--"));
    Ended problem = run("doctor", "--port", "0");
    assertThat(problem.code()).isEqualTo(1);
    assertThat(problem.out()).contains("PROBLEM  credentials", "chmod 600");
  }

  @Test
  void failuresAreOneSentenceAndWrongUsageIsTwo() {
    Ended unreachable =
        runAlone("org", "list", "--database-url", "postgresql://me:secret@127.0.0.1:1/none");
    unreachable.fails("postgresql://127.0.0.1:1/none (user me) cannot be reached");
    assertThat(unreachable.err()).doesNotContain("secret");
    assertThat(runAlone("token").code()).isEqualTo(2);
    assertThat(runAlone("serve", "--port", "many").code()).isEqualTo(2);
    assertThat(runAlone("serve", "--base-url", "crm.example.com").code()).isEqualTo(2);
    assertThat(runAlone("--help").out()).contains("serve", "token", "doctor");
    assertThat(runAlone("--version").out()).startsWith("Clientele ");
  }
}
