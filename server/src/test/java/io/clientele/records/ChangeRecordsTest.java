package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PUT and DELETE of records, one and many. Reference: Update Records, Delete Records. */
@Proves({
  "PUT /crm/{version}/{module}",
  "PUT /crm/{version}/{module}/{id}",
  "DELETE /crm/{version}/{module}",
  "DELETE /crm/{version}/{module}/{id}",
  "GET /crm/{version}/{module}/{id}"
})
class ChangeRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String NO_ID = "the id given seems to be invalid";
  private final Api api = ORG.api();

  @Test
  void manyAreUpdatedEachByItsOwnFields() {
    String one = lead("One");
    String two = lead("Two");
    api.put(
            "/crm/v8/Leads",
            "{\"data\":[{\"id\":\"%s\",\"Company\":\"A\"},{\"id\":%s,\"Last_Name\":\"Deux\",\"Phone\":\"1\"}]}"
                .formatted(one, two))
        .hasStatus(200);
    Answer list =
        api.get(
            "/crm/v8/Leads?fields=Last_Name,Company,Phone&sort_order=asc&ids=" + one + "," + two);
    assertThat(list.at("/data/0/Company").asString()).isEqualTo("A");
    assertThat(list.at("/data/0/Last_Name").asString()).isEqualTo("One");
    assertThat(list.at("/data/1/Last_Name").asString()).isEqualTo("Deux");
    assertThat(list.at("/data/1/Phone").asString()).isEqualTo("1");
  }

  @Test
  void laterRowsOfOneRecordWin() {
    String id = lead("One");
    String row = "{\"id\":\"" + id + "\",\"Company\":\"%s\"}";
    api.put("/crm/v8/Leads", "{\"data\":[" + row.formatted("A") + "," + row.formatted("B") + "]}")
        .hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + id).at("/data/0/Company").asString()).isEqualTo("B");
  }

  @Test
  void nullClearsAFieldButNotAMandatoryOne() {
    String id = lead("One");
    api.put("/crm/v8/Leads/" + id, "{\"data\":[{\"Company\":null}]}").hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + id).at("/data/0/Company").isNull()).isTrue();
    api.put("/crm/v8/Leads/" + id, "{\"data\":[{\"Last_Name\":null}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Last_Name\",\"json_path\":\"$.data[0].Last_Name\"}");
  }

  @Test
  void idsMustNameARecord() {
    api.put(
            "/crm/v8/Leads",
            "{\"data\":[{\"id\":\"12\",\"Company\":\"A\"},{\"Company\":\"B\"},{\"id\":\"x\"}]}")
        .hasStatus(400)
        .rowIsError(
            0, "INVALID_DATA", NO_ID, "{\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}")
        .rowIsError(
            1,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[1].id\"}")
        .rowIsError(
            2, "INVALID_DATA", NO_ID, "{\"api_name\":\"id\",\"json_path\":\"$.data[2].id\"}");
    String atPath = "{\"resource_path_index\":1}";
    api.put("/crm/v8/Leads/12", "{\"data\":[{\"Company\":\"A\"}]}")
        .isError(400, "INVALID_DATA", NO_ID, atPath);
    api.put("/crm/v8/Leads/x", "{\"data\":[{\"Company\":\"A\"}]}")
        .isError(400, "INVALID_DATA", NO_ID, atPath);
    api.get("/crm/v8/Leads/x").isError(400, "INVALID_DATA", NO_ID, atPath);
    api.get("/crm/v8/Leads/12").hasStatus(204).hasNoBody();
    api.delete("/crm/v8/Leads/12").isError(400, "INVALID_DATA", "record not deleted", atPath);
    api.delete("/crm/v8/Leads/x")
        .isError(400, "INVALID_DATA", "invalid record id", "{\"resource_path_index\":0}");
  }

  @Test
  void recordsOfAnotherOrgAreNotThere() {
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Other\"}]}")
            .savedId(0);
    api.get("/crm/v8/Leads/" + foreign).hasStatus(204);
    api.put("/crm/v8/Leads/" + foreign, "{\"data\":[{\"Company\":\"A\"}]}").hasStatus(400);
    api.delete("/crm/v8/Leads/" + foreign).hasStatus(400);
  }

  @Test
  void deletedRecordsAreGone() {
    String one = lead("One");
    String two = lead("Two");
    Answer answer = api.delete("/crm/v8/Leads?ids=" + one + ",12").hasStatus(207);
    assertThat(answer.at("/data/0/message").asString()).isEqualTo("record deleted");
    assertThat(answer.at("/data/0/details/id").asString()).isEqualTo(one);
    answer.rowIsError(1, "INVALID_DATA", "record not deleted", "{\"id\":\"12\"}");
    api.get("/crm/v8/Leads/" + one).hasStatus(204);
    api.delete("/crm/v8/Leads/" + two).hasStatus(200);
    api.delete("/crm/v8/Leads/" + two).hasStatus(400);
  }

  @Test
  void idsOfADeleteAreChecked() {
    api.delete("/crm/v8/Leads")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"ids\"}");
    api.delete("/crm/v8/Leads?ids=one")
        .isError(
            400,
            "UNABLE_TO_PARSE_DATA_TYPE",
            "either the request body or parameters is in wrong format",
            "{}");
    String many =
        IntStream.range(1, 102).mapToObj(Integer::toString).collect(Collectors.joining(","));
    api.delete("/crm/v8/Leads?ids=" + many)
        .isError(400, "LIMIT_EXCEEDED", "limit exceeded", "{\"limit\":100,\"param_name\":\"ids\"}");
  }

  @Test
  void lookupsToDeletedRecordsAreEmpty() {
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Gone\"}]}").savedId(0);
    String contact =
        api.post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"Last_Name\":\"Left\",\"Account_Name\":{\"id\":\""
                    + account
                    + "\"}}]}")
            .savedId(0);
    api.delete("/crm/v8/Accounts/" + account).hasStatus(200);
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name").isNull()).isTrue();
  }

  @Test
  void manyWritersAtOnceLoseNothing() throws Exception {
    String shared = lead("Shared");
    List<Future<?>> writers = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 8; writer++) {
        int number = writer;
        writers.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    api.post(
                            "/crm/v8/Vendors",
                            "{\"data\":[{\"Vendor_Name\":\"V\",\"Tag\":[{\"name\":\"t"
                                + i
                                + "\"}]}]}")
                        .hasStatus(201);
                    api.put(
                            "/crm/v8/Leads/" + shared,
                            "{\"data\":[{\"Company\":\"" + number + "\"}]}")
                        .hasStatus(200);
                  }
                }));
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertThat(api.get("/crm/v8/Vendors?fields=Vendor_Name").ids()).hasSize(80);
  }

  private String lead(String name) {
    return api.post(
            "/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"" + name + "\",\"Company\":\"Acme\"}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
