package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When something last happened with a record. Reference: Get Records. */
@Proves({"POST /crm/{version}/{module}", "PUT /crm/{version}/{module}/{id}"})
class LastActivityTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = TestServer.withClock(CLOCK);
  private static final TestOrg ORG = TestOrg.createOn(SERVER);

  private final Api api = ORG.api();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void activitiesNotesAndChangesCount() {
    String lead = create("Leads", "\"Last_Name\":\"L\"");
    String contact = create("Contacts", "\"Last_Name\":\"C\"");
    OffsetDateTime made = time("Leads", lead, "Last_Activity_Time");
    assertThat(made).isEqualTo(time("Leads", lead, "Created_Time"));
    String about = "\"What_Id\":{\"id\":\"" + lead + "\"},\"$se_module\":\"Leads\"";
    String who = "\"Who_Id\":{\"id\":\"" + contact + "\"}";

    CLOCK.advance(Duration.ofMinutes(1));
    String task = create("Tasks", "\"Subject\":\"T\"," + about + "," + who);
    for (String[] of : new String[][] {{"Leads", lead}, {"Contacts", contact}}) {
      assertThat(time(of[0], of[1], "Last_Activity_Time")).isEqualTo(now());
      assertThat(time(of[0], of[1], "Modified_Time")).isEqualTo(made);
    }

    CLOCK.advance(Duration.ofMinutes(1));
    api.put("/crm/v8/Tasks/" + task, "{\"data\":[{\"Status\":\"Completed\"}]}").hasStatus(200);
    assertThat(time("Leads", lead, "Last_Activity_Time")).isEqualTo(now());

    CLOCK.advance(Duration.ofMinutes(1));
    note(lead);
    assertThat(time("Leads", lead, "Last_Activity_Time")).isEqualTo(now());
    assertThat(time("Contacts", contact, "Last_Activity_Time")).isBefore(now());

    CLOCK.advance(Duration.ofMinutes(1));
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"City\":\"X\"}]}").hasStatus(200);
    assertThat(time("Leads", lead, "Last_Activity_Time")).isEqualTo(now());
    assertThat(time("Leads", lead, "Modified_Time")).isEqualTo(now());
  }

  @Test
  void manyAtOnceDoNotLoseAnything() throws ExecutionException, InterruptedException {
    List<String> leads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leads.add(create("Leads", "\"Last_Name\":\"L" + i + "\""));
    }
    CLOCK.advance(Duration.ofMinutes(1));
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        List<String> order = i % 2 == 0 ? leads : leads.reversed();
        boolean tasks = i % 3 > 0;
        calls.add(
            threads.submit(
                () -> (tasks ? tasks(order) : update(order)).hasStatus(tasks ? 201 : 200)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    for (String lead : leads) {
      assertThat(time("Leads", lead, "Last_Activity_Time")).isEqualTo(now());
    }
  }

  /** The operations of notes are not part of this. */
  private static void note(String lead) {
    String row =
        "[{\"Note_Content\":\"N\",\"Parent_Id\":{\"id\":\""
            + lead
            + "\"},\"$se_module\":\"Leads\"}]";
    var outcomes =
        SERVER
            .installation()
            .records()
            .create(
                ORG.metadata(),
                ORG.metadata().require("Notes"),
                ORG.adminId(),
                io.clientele.http.Json.MAPPER.readTree(row));
    assertThat(outcomes.getFirst().requireId()).isPositive();
  }

  private io.clientele.testing.Answer tasks(List<String> leads) {
    List<String> rows =
        leads.stream()
            .map(
                id ->
                    "{\"Subject\":\"T\",\"What_Id\":{\"id\":\""
                        + id
                        + "\"},\"$se_module\":\"Leads\"}")
            .toList();
    return api.post("/crm/v8/Tasks", "{\"data\":[" + String.join(",", rows) + "]}");
  }

  private io.clientele.testing.Answer update(List<String> leads) {
    List<String> rows = leads.stream().map(id -> "{\"id\":\"" + id + "\",\"City\":\"Y\"}").toList();
    return api.put("/crm/v8/Leads", "{\"data\":[" + String.join(",", rows) + "]}");
  }

  private static OffsetDateTime now() {
    return CLOCK.instant().atOffset(java.time.ZoneOffset.ofHoursMinutes(5, 30));
  }

  private OffsetDateTime time(String module, String id, String field) {
    JsonNode record = api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
    return OffsetDateTime.parse(record.path(field).asString());
  }

  private String create(String module, String properties) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + properties + "}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
