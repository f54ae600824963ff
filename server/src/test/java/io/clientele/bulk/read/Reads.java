package io.clientele.bulk.read;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;

/** Bulk reads as tests ask for them: made, run, and downloaded. */
record Reads(TestOrg org, Api api) {
  static final String READ = "/crm/bulk/v8/read";

  /** The id of a new read. */
  String create(String body) {
    return api.post(READ, body).hasStatus(201).at("/data/0/details/id").asString();
  }

  void run() {
    org.server().installation().jobs().runDue(org.orgId());
  }

  JsonNode details(String id) {
    return api.get(READ + "/" + id).hasStatus(200).at("/data/0");
  }

  /** The lines of the file that a query makes. */
  List<NamedCsvRecord> rows(String query) {
    String id = create("{\"query\":" + query + "}");
    run();
    assertThat(details(id).path("state").asString()).isEqualTo("COMPLETED");
    return rowsOf(id);
  }

  List<NamedCsvRecord> rowsOf(String id) {
    return CsvReader.builder().ofNamedCsvRecord(file(id, id + ".csv")).stream().toList();
  }

  /** What is in the ZIP, which has but one file. */
  String file(String id, String name) {
    var answer = api.download(READ + "/" + id + "/result");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .endsWith("''" + id + ".zip");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
    try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo(name);
      String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(zip.getNextEntry()).isNull();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
