package io.clientele.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        object.remove(List.of("File_Id__s", "Record_Image", "$currency_symbol"));
        object.properties().forEach(property -> comparable(property.getValue()));
      }
      case ArrayNode array -> array.forEach(ServerImportTest::comparable);
      default -> {}
    }
    return record;
  }

  private static void assertSame(Api there, Api here, String path) {
    Answer before = there.get(path).hasStatus(200);
    Answer after = here.get(path).hasStatus(200);
    JsonNode expected = comparable(before.json());
    JsonNode actual = comparable(after.json());
    assertThat(actual.toPrettyString()).as(path).isEqualTo(expected.toPrettyString());
  }

  @Test
  void everythingIsThereAsItWas() throws Exception {
    TestOrg target = TestOrg.createOn(other);
    var imports = Imports.into(target);
    ImportReport report;
    try (var server = Imports.server(source.org, directory.resolve("a"))) {
      report = imports.of(server).run();
    }
    Path file = directory.resolve("report.csv");
    report.write(file);
    String told = Files.readString(file, StandardCharsets.UTF_8);
    System.err.println(String.join("\n", imports.lines()) + "\n" + told);
    Api api = target.api();
    for (Map.Entry<String, List<String>> module : source.records.entrySet()) {
      for (String id : module.getValue()) {
        assertSame(source.api, api, "/crm/v8/" + module.getKey() + "/" + id);
      }
    }
  }
}
