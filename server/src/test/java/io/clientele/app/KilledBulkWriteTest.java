package io.clientele.app;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.db.Database;
import io.clientele.db.RunningPostgres;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is killed in the middle of a bulk write: no row is done twice or left out. */
@Proves({"POST /crm/bulk/{version}/write", "GET /crm/bulk/{version}/write/{job_id}"})
class KilledBulkWriteTest {
  private static final int ROWS = 25_000;

  @TempDir Path directory;

  @Test
  void theNextStartGoesOn() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    String id;
    try (var server = ServerProcess.serve(data)) {
      Api api = server.api();
      id = create(api);
      server.until("begun", () -> added(api, id) > 0);
      server.kill();
    }
    try (var server = ServerProcess.serve(data)) {
      Api api = server.api();
      assertThat(added(api, id)).isPositive().isLessThan(ROWS).isEqualTo(added(data));
      server.until("done", () -> status(api, id).equals("COMPLETED"));
      assertThat(added(api, id)).isEqualTo(ROWS);
      assertThat(added(data)).isEqualTo(ROWS);
      assertThat(api.get("/crm/v8/Leads/actions/count").at("/count").asInt()).isEqualTo(ROWS);
      List<String> lines = lines(api, id);
      assertThat(lines.stream().map(line -> line.split(",")[0]).toList())
          .isEqualTo(IntStream.range(0, ROWS).mapToObj(i -> "Lead " + i).toList());
      assertThat(lines.stream().map(line -> line.split(",")[3]).distinct()).hasSize(ROWS);
      server.stop();
    }
  }

  private static String create(Api api) throws Exception {
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "Lead " + i + ",Company " + i)
            .collect(Collectors.joining("\n", "Last_Name,Company\n", "\n"));
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("rows.csv"));
      zip.write(rows.getBytes(StandardCharsets.UTF_8));
    }
    String zgid = api.get("/crm/v8/org").at("/org/0/zgid").asString();
    String file =
        api.upload(
                "/crm/v8/upload",
                Form.file("rows.zip", out.toByteArray()),
                "feature",
                "bulk-write",
                "X-CRM-ORG",
                zgid)
            .hasStatus(200)
            .at("/details/file_id")
            .asString();
    return api.post(
            "/crm/bulk/v8/write",
            """
            {"operation":"insert","resource":[{"type":"data","file_id":"%s",
             "module":{"api_name":"Leads"}}]}"""
                .formatted(file))
        .hasStatus(201)
        .at("/details/id")
        .asString();
  }

  private static JsonNode details(Api api, String id) {
    return api.get("/crm/bulk/v8/write/" + id).hasStatus(200).json();
  }

  private static String status(Api api, String id) {
    return details(api, id).path("status").asString();
  }

  private static long added(Api api, String id) {
    return details(api, id).at("/resource/0/file/added_count").asLong();
  }

  /** How many rows the ledger has of it. */
  private static long added(Path data) throws Exception {
    RunningPostgres running = RunningPostgres.find(data.resolve("postgres")).orElseThrow();
    try (var database = new Database(running.jdbcUrl(), running.user(), running.password(), 1)) {
      return database
          .read(
              tx ->
                  tx.list(
                      sql(
                          "select count(distinct c.record_id) from org_1000001.record_change c"
                              + " join org_1000001.leads l on l.id = c.record_id"
                              + " where c.source = 'bulkapi' and c.action = 'added'"),
                      row -> row.getLong(1)))
          .getFirst();
    }
  }

  private static List<String> lines(Api api, String id) throws Exception {
    String url = details(api, id).at("/result/download_url").asString();
    try (var zip =
        new ZipInputStream(
            new ByteArrayInputStream(api.download(URI.create(url).getPath()).body()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("Leads-rows.csv");
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }
}
