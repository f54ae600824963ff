package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /{module}/upsert. Reference: Upsert Records. */
@Proves("POST /crm/{version}/{module}/upsert")
@Proves(
    value = "POST /crm/{version}/{module}/upsert",
    area = "Core APIs/External ID/Records APIs using External ID")
class UpsertTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private final Api api = ORG.api();

  @BeforeAll
  static void addFields() {
    addField("Leads", "Badge", "\"unique\":{\"casesensitive\":false}");
    addField("Leads", "Plate", "\"unique\":{\"casesensitive\":false}");
    addField("Contacts", "Ext", "\"external\":{\"type\":\"user\",\"show\":true}");
    addField("Contacts", "Badge", "\"unique\":{\"casesensitive\":false}");
  }

  private static void addField(String module, String label, String extra) {
    ORG.api()
        .post(
            "/crm/v8/settings/fields?module=" + module,
            "{\"fields\":[{\"field_label\":\"%s\",\"data_type\":\"text\",%s}]}"
                .formatted(label, extra))
        .hasStatus(201);
  }

  private static String unique(String text) {
    return text + NUMBER.incrementAndGet();
  }

  private static String mail() {
    return unique("mail") + "@example.com";
  }

  private Answer upsert(String module, String rows) {
    return upsert(module, rows, "");
  }

  private Answer upsert(String module, String rows, String more) {
    return api.post("/crm/v8/" + module + "/upsert", "{\"data\":[%s]%s}".formatted(rows, more));
  }

  private static String lead(String values) {
    return "{\"Last_Name\":\"L\"," + values + "}";
  }

  private void acted(Answer answer, int row, String action, String field) {
    assertThat(answer.at("/data/" + row + "/action").asString("")).isEqualTo(action);
    assertThat(answer.at("/data/" + row + "/duplicate_field").asString(null)).isEqualTo(field);
    assertThat(answer.at("/data/" + row + "/message").asString())
        .isEqualTo(action.equals("insert") ? "record added" : "record updated");
  }

  private String read(String module, String id, String field) {
    return api.get("/crm/v8/" + module + "/" + id).at("/data/0/" + field).asString();
  }

  @Test
  void aKnownEmailChangesItsLeadAndAnUnknownOneAddsOne() {
    String mail = mail();
    Answer first = upsert("Leads", lead("\"Email\":\"%s\"".formatted(mail))).hasStatus(200);
    acted(first, 0, "insert", null);
    Answer second =
        upsert(
                "Leads",
                "{\"Email\":\"%s\",\"Company\":\"Acme\"},%s,%s"
                    .formatted(
                        mail.toUpperCase(),
                        lead("\"Email\":\"%s\"".formatted(mail())),
                        "{\"Company\":\"Nobody\"}"))
            .hasStatus(207)
            .rowIsError(
                2,
                "MANDATORY_NOT_FOUND",
                "required field not found",
                "{\"api_name\":\"Last_Name\",\"json_path\":\"$.data[2].Last_Name\"}");
    acted(second, 0, "update", "Email");
    acted(second, 1, "insert", null);
    assertThat(second.savedId(0)).isEqualTo(first.savedId(0));
    assertThat(read("Leads", first.savedId(0), "Company")).isEqualTo("Acme");
    assertThat(read("Leads", first.savedId(0), "Last_Name")).isEqualTo("L");
  }

  @Test
  void theOrderOfChecksIsTheClients() {
    String mail = mail();
    String badge = unique("badge");
    String plate = unique("plate");
    String byMail =
        upsert("Leads", lead("\"Email\":\"%s\"".formatted(mail))).hasStatus(200).savedId(0);
    String byBadge =
        upsert("Leads", lead("\"Badge\":\"%s\"".formatted(badge))).hasStatus(200).savedId(0);
    String byPlate =
        upsert("Leads", lead("\"Plate\":\"%s\"".formatted(plate))).hasStatus(200).savedId(0);

    String both = "{\"Email\":\"%s\",\"Badge\":\"%s\"}".formatted(mail, badge.toUpperCase());
    Answer byDefault = upsert("Leads", both).hasStatus(400).hasCode("/data/0", "DUPLICATE_DATA");
    assertThat(byDefault.at("/data/0/details/duplicate_record/id").asString()).isEqualTo(byBadge);
    Answer named = upsert("Leads", both, ",\"duplicate_check_fields\":[\"Badge\"]").hasStatus(200);
    acted(named, 0, "update", "Badge");
    assertThat(named.savedId(0)).isEqualTo(byBadge);
    assertThat(read("Leads", byBadge, "Email")).isEqualTo(mail);

    String unnamed = lead("\"Email\":\"%s\",\"Plate\":\"%s\"".formatted(mail, plate));
    Answer others =
        upsert("Leads", unnamed, ",\"duplicate_check_fields\":[\"Badge\"]").hasStatus(200);
    acted(others, 0, "update", "Plate");
    assertThat(others.savedId(0)).isEqualTo(byPlate);
    Answer oldest = upsert("Leads", "{\"Email\":\"%s\"}".formatted(mail)).hasStatus(200);
    acted(oldest, 0, "update", "Email");
    assertThat(oldest.savedId(0)).isEqualTo(byMail);
  }

  @Test
  void aRowMayNameItsRecord() {
    String id = upsert("Leads", lead("\"Email\":\"%s\"".formatted(mail()))).savedId(0);
    Answer changed =
        upsert("Leads", "{\"id\":\"%s\",\"Email\":\"%s\"}".formatted(id, mail())).hasStatus(200);
    acted(changed, 0, "update", null);
    assertThat(changed.savedId(0)).isEqualTo(id);
    upsert("Leads", "{\"id\":\"1\",\"Company\":\"X\"}")
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
  }

  @Test
  void rowsOfOneBodyWithTheSameKeyAreOneRecord() {
    String mail = mail();
    String rows =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    "{\"Last_Name\":\"L%d\",\"Email\":\"%s\"}".formatted(i, i == 2 ? mail() : mail))
            .collect(Collectors.joining(","));
    Answer answer = upsert("Leads", rows).hasStatus(200);
    acted(answer, 0, "insert", null);
    acted(answer, 1, "update", "Email");
    acted(answer, 2, "insert", null);
    acted(answer, 3, "update", "Email");
    assertThat(answer.savedId(1)).isEqualTo(answer.savedId(0));
    assertThat(answer.savedId(3)).isEqualTo(answer.savedId(0));
    assertThat(read("Leads", answer.savedId(0), "Last_Name")).isEqualTo("L3");
  }

  @Test
  void externalIdsAreUniqueFieldsToo() {
    String ext = unique("ext");
    String mail = mail();
    String id =
        upsert("Contacts", lead("\"Ext\":\"%s\",\"Email\":\"%s\"".formatted(ext, mail)))
            .hasStatus(200)
            .savedId(0);
    Answer byExt = upsert("Contacts", lead("\"Ext\":\"%s\"".formatted(ext))).hasStatus(200);
    acted(byExt, 0, "update", "Ext");
    assertThat(byExt.savedId(0)).isEqualTo(id);
    String other = unique("ext");
    Answer byMail =
        upsert("Contacts", lead("\"Ext\":\"%s\",\"Email\":\"%s\"".formatted(other, mail)))
            .hasStatus(200);
    acted(byMail, 0, "update", "Email");
    assertThat(read("Contacts", id, "Ext")).isEqualTo(other);
  }

  @Test
  void otherModulesHaveFieldsOfTheirOwn() {
    String name = unique("Deal");
    String deal = "{\"Deal_Name\":\"%s\",\"Stage\":\"Qualification\"}".formatted(name);
    String id = upsert("Deals", deal).hasStatus(200).savedId(0);
    Answer again = upsert("Deals", deal).hasStatus(200);
    acted(again, 0, "update", "Deal_Name");
    assertThat(again.savedId(0)).isEqualTo(id);
  }

  @Test
  void aLeadThatIsAContactIsRefusedWhereTheOrgSaysSo() {
    String badge = unique("badge");
    api.post(
            "/crm/v8/Contacts",
            "{\"data\":[{\"Last_Name\":\"C\",\"Badge\":\"%s\"}]}".formatted(badge))
        .hasStatus(201);
    String path = "/crm/v8/settings/duplicate_check_preference?module=Leads";
    api.post(
            path,
            """
            {"duplicate_check_preference":{"type":"mapped_module_records","type_configurations":[
             {"field_mappings":[{"current_field":%s,"mapped_field":%s}],"mapped_module":%s}]}}"""
                .formatted(
                    field("Leads", "Badge"),
                    field("Contacts", "Badge"),
                    "{\"api_name\":\"Contacts\",\"id\":\"%d\"}"
                        .formatted(ORG.metadata().get("Contacts").id())))
        .hasStatus(200);
    try {
      Answer refused =
          upsert("Leads", lead("\"Badge\":\"%s\"".formatted(badge.toUpperCase())))
              .hasStatus(400)
              .hasCode("/data/0", "DUPLICATE_DATA");
      assertThat(refused.at("/data/0/details/duplicate_record/module/api_name").asString())
          .isEqualTo("Contacts");
    } finally {
      api.delete(path).hasStatus(200);
    }
    upsert("Leads", lead("\"Badge\":\"%s\"".formatted(badge))).hasStatus(200);
  }

  private static String field(String module, String name) {
    return "{\"api_name\":\"%s\",\"name\":\"%s\",\"id\":\"%d\"}"
        .formatted(name, module, ORG.metadata().get(module).field(name).orElseThrow().id());
  }

  @Test
  void manyClientsAtOnceMakeOneRecordOfAKey() throws Exception {
    List<String> mails = IntStream.range(0, 12).mapToObj(i -> mail()).toList();
    var calls = new ArrayList<Callable<Answer>>();
    for (int client = 0; client < 8; client++) {
      var order = new ArrayList<>(mails);
      if (client % 2 == 1) {
        java.util.Collections.reverse(order);
      }
      String rows =
          order.stream()
              .map(mail -> lead("\"Email\":\"%s\"".formatted(mail)))
              .collect(Collectors.joining(","));
      calls.add(() -> upsert("Leads", rows).hasStatus(200));
      String one = lead("\"Email\":\"%s\"".formatted(mails.get(client)));
      calls.add(() -> upsert("Leads", one).hasStatus(200));
    }
    List<Answer> answers = together(calls);
    long inserted =
        answers.stream()
            .flatMap(answer -> answer.json().path("data").valueStream())
            .filter(row -> row.path("action").asString().equals("insert"))
            .count();
    assertThat(inserted).isEqualTo(mails.size());
    assertThat(
            answers.stream()
                .flatMap(answer -> answer.json().path("data").valueStream())
                .map(row -> row.path("details").path("id").asString())
                .distinct())
        .hasSize(mails.size());
  }

  @Test
  void manyClientsWithLargeBodiesMakeOneRecordOfAKey() throws Exception {
    List<String> mails = IntStream.range(0, 70).mapToObj(i -> mail()).toList();
    String rows =
        mails.stream()
            .map(mail -> lead("\"Email\":\"%s\",\"Badge\":\"%s\"".formatted(mail, mail)))
            .collect(Collectors.joining(","));
    List<Answer> answers =
        together(
            IntStream.range(0, 4)
                .<Callable<Answer>>mapToObj(i -> () -> upsert("Leads", rows).hasStatus(200))
                .toList());
    assertThat(
            answers.stream()
                .flatMap(answer -> answer.json().path("data").valueStream())
                .map(row -> row.path("details").path("id").asString())
                .distinct())
        .hasSize(mails.size());
  }

  private static List<Answer> together(List<Callable<Answer>> calls) throws Exception {
    var start = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> futures =
          calls.stream()
              .map(
                  call ->
                      executor.submit(
                          () -> {
                            start.await();
                            return call.call();
                          }))
              .toList();
      start.countDown();
      var answers = new ArrayList<Answer>();
      for (Future<Answer> future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  @Test
  void onlyFieldsThatTellRecordsApartAreChecked() {
    Answer refused =
        upsert("Leads", lead("\"Email\":\"a@b.cd\""), ",\"duplicate_check_fields\":[\"Company\"]");
    refused.hasStatus(400).hasCode("", "INVALID_DATA");
    assertThat(refused.at("/details/json_path").asString())
        .isEqualTo("$.duplicate_check_fields[0]");
    assertThat(refused.at("/details/supported_values").toString())
        .isEqualTo("[\"Email\",\"Badge\",\"Plate\"]");
    upsert("Leads", lead("\"Email\":\"a@b.cd\""), ",\"duplicate_check_fields\":\"Email\"")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"expected_data_type":"jsonarray","api_name":"duplicate_check_fields",
             "json_path":"$.duplicate_check_fields"}""");
    upsert("Leads", lead("\"Email\":\"a@b.cd\""), ",\"wf_trigger\":7")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"text\",\"api_name\":\"wf_trigger\",\"json_path\":\"$.wf_trigger\"}");
    upsert("Nowhere", lead("\"Email\":\"a@b.cd\""))
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    upsert("Leads", IntStream.range(0, 101).mapToObj(i -> "{}").collect(Collectors.joining(",")))
        .hasStatus(400)
        .hasCode("/data/0", "LIMIT_EXCEEDED");
  }

  @Test
  void whatWasChangedSinceStaysAsItIs() {
    String mail = mail();
    String row = lead("\"Email\":\"%s\"".formatted(mail));
    String id = upsert("Leads", row).savedId(0);
    Answer refused =
        api.post(
                "/crm/v8/Leads/upsert",
                "{\"data\":[%s]}".formatted(row),
                "If-Unmodified-Since",
                "2020-01-01T00:00:00+05:30")
            .hasStatus(412)
            .hasCode("/data/0", "ALREADY_MODIFIED");
    assertThat(refused.at("/data/0/details/id").asString()).isEqualTo(id);
  }
}
