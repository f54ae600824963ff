package io.clientele.bulk.read;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.Jobs;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is told when a read ends, and what a killed server leaves. */
@Proves("POST /crm/bulk/{version}/read")
class BulkReadCallbackTest {
  private static final long SECONDS = 60;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  private HttpServer listener;

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/told",
        exchange -> {
          told.add(
              exchange.getRequestMethod() + new String(exchange.getRequestBody().readAllBytes()));
          Integer answer = answers.poll();
          exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
          exchange.close();
        });
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop(0);
  }

  @Test
  void whatEndedIsTold() {
    TestOrg org = TestOrg.create();
    var reads = new Reads(org, org.api());
    String id = reads.create(body());
    org.server().installation().jobs().runDue(org.orgId());
    org.server().installation().jobs().runDue(org.orgId());
    String sent = told.poll();
    assertThat(sent).startsWith("POST");
    JsonNode item = Json.MAPPER.readTree(sent.substring(4)).at("/data/0");
    assertThat(item).isEqualTo(reads.details(id));
    assertThat(item.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(told).isEmpty();
  }

  @Test
  void whatFailedIsTold() {
    TestOrg org = TestOrg.create();
    Api user = org.api(TestUsers.standard(org, "f@example.com"), TestOrg.ALL_SCOPES);
    TestUsers.allow(org, "Standard", "Crm_Implied_Export_Leads");
    var reads = new Reads(org, user);
    String id = reads.create(body());
    TestUsers.refuse(org, "Standard", "Crm_Implied_Export_Leads");
    org.server().installation().jobs().runDue(org.orgId());
    org.server().installation().jobs().runDue(org.orgId());
    JsonNode item = Json.MAPPER.readTree(told.poll().substring(4)).at("/data/0");
    assertThat(item).isEqualTo(reads.details(id));
    assertThat(item.path("state").asString()).isEqualTo("FAILURE");
    assertThat(item.at("/result/error_message/code").asString()).isEqualTo("NO_PERMISSION");
  }

  /** A server that runs jobs, one whose end was not told at first, and one that was killed. */
  @Test
  void aListenerThatFailsIsToldAgainAndAKilledReadBeginsAnew() throws InterruptedException {
    try (var server = TestServer.separate()) {
      TestOrg org = TestOrg.createOn(server);
      Api api = org.api();
      api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Doe\",\"Company\":\"C\"}]}")
          .hasStatus(201);
      var reads = new Reads(org, api);
      String id = reads.create(body());
      killed(org, Long.parseLong(id));
      reads.run();
      assertThat(reads.details(id).path("state").asString()).isEqualTo("IN PROGRESS");
      answers.add(500);
      server.installation().jobs().start();
      String first = told.poll(SECONDS, TimeUnit.SECONDS);
      String second = told.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(second).isEqualTo(first).contains("\"state\":\"COMPLETED\"");
      assertThat(reads.rowsOf(id)).hasSize(1);
      long files =
          server
              .installation()
              .database()
              .read(
                  tx ->
                      tx.list(
                              sql("select count(*) from " + org.org().table("file") + " f"),
                              row -> row.getLong(1))
                          .getFirst());
      assertThat(files).isEqualTo(1);
    }
  }

  /** As if a server had written the file and was killed before it could say so. */
  private static void killed(TestOrg org, long id) {
    var installation = org.server().installation();
    Job job =
        installation
            .database()
            .read(tx -> Jobs.find(tx, org.org(), id, BulkReadJob.KIND))
            .orElseThrow();
    var bytes = new java.io.ByteArrayInputStream(new byte[] {1, 2, 3});
    var content = installation.files().keep(org.org(), bytes, "half.zip", "application/zip");
    installation
        .database()
        .change(
            tx -> {
              io.clientele.exports.JobFiles.put(tx, installation.files(), org.org(), job, content);
              Jobs.report(tx, org.org(), id, Status.RUNNING, Json.MAPPER.createObjectNode());
              tx.update(
                  sql(
                      "update clientele.scheduled_job set picked = true, picked_by = 'killed',"
                          + " last_heartbeat = now() - interval '1 hour' where task_instance = ?",
                      org.orgId() + "-" + id));
            });
  }

  private String body() {
    return "{\"query\":{\"module\":{\"api_name\":\"Leads\"}},\"callback\":{\"url\":"
        + "\"http://127.0.0.1:"
        + listener.getAddress().getPort()
        + "/told\",\"method\":\"post\"}}";
  }
}
