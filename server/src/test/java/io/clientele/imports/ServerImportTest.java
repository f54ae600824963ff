package io.clientele.imports;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.IssuedTokens;
import io.clientele.oauth.NewClient;
import io.clientele.oauth.RegisteredClient;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An org of one installation is moved into another one through the API. */
class ServerImportTest {
  @TempDir static Path directory;
  private static TestServer one;
  private static TestServer other;
  private static SourceOrg source;

  @BeforeAll
  static void fill() {
    one = TestServer.separate();
    other = TestServer.separate();
    source = SourceOrg.on(TestOrg.createOn(one));
  }

  @AfterAll
  static void close() {
    one.close();
    other.close();
  }

  /** A record as both orgs must have it: without the ids of what is no record. */
  private static JsonNode comparable(JsonNode record) {
    switch (record) {
      case ObjectNode object -> {
        boolean user = object.has("email") && object.has("name");
        boolean named = object.has("color_code") || object.has("display_label");
        if (user || named || object.has("api_name") && object.has("id")) {
          object.remove("id");
        }
        object.remove("Record_Image");
        if (object.path("type").asString("").equals("user")) {
          object.remove("participant");
        }
        if (object.has("File_Name__s")) {
          object.retain("File_Name__s", "Size__s");
        }
        object.properties().forEach(property -> comparable(property.getValue()));
      }
      case ArrayNode array -> array.forEach(ServerImportTest::comparable);
      default -> {}
    }
    return record;
  }

  /** Where two records differ. */
  private static void compare(String at, JsonNode expected, JsonNode actual, List<String> found) {
    if (expected.isObject() && actual.isObject()) {
      var names = new TreeSet<>(expected.propertyNames());
      names.addAll(actual.propertyNames());
      names.forEach(
          name -> compare(at + "/" + name, expected.path(name), actual.path(name), found));
    } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(at + "/" + i, expected.get(i), actual.get(i), found);
      }
    } else if (!expected.equals(actual)) {
      found.add(at + ": " + expected + " is " + actual);
    }
  }

  static void compare(Api there, Api here, String path, List<String> found) {
    Answer before = there.get(path);
    Answer after = here.get(path);
    assertThat(after.status()).as(path).isEqualTo(before.status());
    if (before.status() == 200) {
      compare(path, comparable(before.json()), comparable(after.json()), found);
    }
  }

  private static List<String> differences(Api api) {
    var differences = new ArrayList<String>();
    for (Map.Entry<String, List<String>> module : source.records.entrySet()) {
      for (String id : module.getValue()) {
        compare(source.api, api, "/crm/v8/" + module.getKey() + "/" + id, differences);
      }
    }
    for (String module : List.of("Leads", "Boats")) {
      String path = "/crm/v8/" + module + "/" + source.first(module);
      compare(
          source.api,
          api,
          path + "/Attachments?fields=File_Name,Owner,Created_By,Created_Time,Size,$link_url",
          differences);
      for (String id : source.api.get(path + "/Attachments?fields=id").ids()) {
        assertThat(api.download(path + "/Attachments/" + id).body())
            .isEqualTo(source.api.download(path + "/Attachments/" + id).body());
      }
      compare(source.api, api, path + "/Notes?fields=Note_Content,Owner", differences);
      compare(source.api, api, "/crm/v8/" + module + "/actions/count", differences);
    }
    String photo = "/crm/v8/Leads/" + source.first("Leads") + "/photo";
    assertThat(api.download(photo).body()).isEqualTo(source.api.download(photo).body());
    return differences;
  }

  @Test
  void everythingIsThereAsItWas() throws Exception {
    TestOrg target = TestOrg.createOn(other);
    var imports = Imports.into(target);
    ImportReport report;
    try (var server = Imports.server(source.org, directory.resolve("a"))) {
      assertThat(imports.of(server).plan())
          .contains("+ modules Boats", "+ Leads, 26 records")
          .anyMatch(line -> line.endsWith("-mate@example.com, inactive"));
      assertThat(target.metadata().find("Boats")).isEmpty();
      report = imports.of(server).run();
    }
    Path file = directory.resolve("report.csv");
    assertThat(report.write(file)).as(() -> text(file)).isZero();
    assertThat(text(file)).contains("26 read, 26 imported, 0 there already, 0 not taken");
    Api api = target.api();
    assertThat(differences(api)).isEmpty();
    assertPeople(target);
    assertGoesOn(api);
    Imports again = Imports.into(target);
    try (var server = Imports.server(source.org, directory.resolve("b"))) {
      assertThat(again.of(server).run().lines()).isEqualTo(report.lines());
    }
    assertThat(differences(api)).isEmpty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertPeople(TestOrg target) {
    JsonNode mate =
        target
            .api()
            .get("/crm/v8/users?type=AllUsers")
            .at("/users")
            .valueStream()
            .filter(user -> user.path("email").asString().endsWith("-mate@example.com"))
            .findFirst()
            .orElseThrow();
    assertThat(mate.path("status").asString()).isEqualTo("inactive");
    assertThat(mate.path("confirm").asBoolean()).isFalse();
    assertThat(mate.path("role").path("name").asString()).isEqualTo("Manager");
    assertThat(target.api().get("/crm/v8/settings/roles").text()).contains("Skipper");
    assertThat(target.api().get("/crm/v8/settings/profiles").text()).contains("Deckhand");
  }

  /** Records that are made now come after, with ids and numbers that nobody has. */
  private static void assertGoesOn(Api api) {
    String id = api.post("/crm/v8/Boats", "{\"data\":[{\"Name\":\"New\"}]}").savedId(0);
    assertThat(Long.parseLong(id))
        .isGreaterThan(
            source.records.values().stream()
                .flatMap(List::stream)
                .mapToLong(Long::parseLong)
                .max()
                .orElseThrow());
    assertThat(api.get("/crm/v8/Boats/" + id).at("/data/0/Number").asString()).isEqualTo("B-9");
    api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"X\",\"Badge\":\"p-1\"}]}")
        .hasCode("/data/0", "DUPLICATE_DATA");
    assertThat(api.get("/crm/v8/Leads/search?word=Never").ids())
        .containsExactly(source.first("Leads"));
    api.delete("/crm/v8/Boats/" + id).hasStatus(200);
  }

  /** With a token that ends on the way. */
  private static Credentials credentials(String url) {
    var oauth = one.installation().oauth();
    RegisteredClient client =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Import", "", List.of(), Optional.empty()));
    IssuedTokens tokens =
        oauth
            .tokens()
            .issue(
                client.client(),
                source.org.orgId(),
                source.org.adminId(),
                ScopeSet.parse(TestOrg.ALL_SCOPES),
                true);
    var refresh =
        new Credentials.RefreshToken(
            URI.create(url),
            tokens.refreshToken().orElseThrow(),
            client.client().id(),
            client.secret());
    return new Credentials(
        URI.create(url), Optional.of(tokens.accessToken()), Optional.of(refresh));
  }

  @Test
  void aServerThatMakesItHardIsReadAllTheSame() {
    TestOrg target = TestOrg.createOn(other);
    List<Duration> pauses = new ArrayList<>();
    Consumer<Duration> pause =
        time -> {
          pauses.add(time);
          one.installation().jobs().runDue(source.org.orgId());
        };
    try (var between = new Between(one.url());
        var server =
            new ServerSource(
                new ApiClient(credentials(between.address()), pause),
                directory.resolve("h"),
                pause)) {
      ImportReport report = Imports.into(target).of(server).run();
      assertThat(report.lines())
          .contains(
              new ImportReport.Line("Leads", 26, 26, 0, 0, 0),
              new ImportReport.Line("Attachments", 3, 3, 0, 0, 0),
              new ImportReport.Line("Leads.Record_Image", 1, 1, 0, 0, 0));
      assertThat(between.limited.get()).isPositive();
      assertThat(between.troubled.get()).isPositive();
      assertThat(between.expired.get()).isPositive();
      assertThat(pauses).contains(Duration.ofSeconds(7));
    }
    assertThat(differences(target.api())).isEmpty();
  }

  /** What was fetched is not there any more whenever it goes on. */
  @Test
  void attachmentsAreFoundByTheRecordsThatAreThere() {
    TestOrg target = TestOrg.createOn(other);
    var imports = Imports.into(target);
    Consumer<Duration> pause = time -> one.installation().jobs().runDue(source.org.orgId());
    try (var between = new Between(one.url())) {
      int kills = 0;
      for (boolean done = false; !done; kills++) {
        imports.killAfter(12);
        try (var server =
            new ServerSource(
                new ApiClient(credentials(between.address()), pause),
                directory.resolve("a" + kills),
                pause)) {
          imports.of(server).run();
          done = true;
        } catch (Imports.Killed e) {
          assertThat(kills).isLessThan(20);
        }
      }
      assertThat(kills).isPositive();
    }
    assertThat(differences(target.api())).isEmpty();
  }

  @Test
  void whatWasKilledGoesOnWhereItWas() {
    TestOrg target = TestOrg.createOn(other);
    var imports = Imports.into(target);
    int kills = 0;
    for (boolean done = false; !done; kills++) {
      imports.killAfter(2);
      try (var server = Imports.server(source.org, directory.resolve("k"))) {
        imports.of(server).run();
        done = true;
      } catch (Imports.Killed e) {
        assertThat(kills).isLessThan(100);
      }
    }
    assertThat(kills).isGreaterThan(5);
    assertThat(differences(target.api())).isEmpty();
    long changes =
        target
            .server()
            .installation()
            .database()
            .read(
                tx ->
                    tx.list(
                            sql(
                                "select count(*) from (select record_id from "
                                    + target.org().table("record_change")
                                    + " where action = 'added' group by record_id having count(*) > 1) x"),
                            row -> row.getLong(1))
                        .getFirst());
    assertThat(changes).isZero();
  }
}
