package io.clientele.records.related;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long related lists are. Reference: Get Related Records Count. */
@Proves("POST /crm/{version}/{module}/{id}/actions/get_related_records_count")
class CountRelatedTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void countsOfSeveralLists() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    for (String stage : new String[] {"Closed Won", "Closed Won", "Qualification"}) {
      create(
          "Deals",
          "{\"Deal_Name\":\"D\",\"Stage\":\"%s\",\"Account_Name\":\"%s\"}"
              .formatted(stage, account));
    }
    String filter =
        "\"filters\":{\"comparator\":\"equal\",\"field\":{\"api_name\":\"Stage\"},\"value\":\"Closed Won\"}";
    Answer counts =
        count(
                account,
                "{\"related_list\":{\"api_name\":\"Deals\"}},"
                    + "{\"related_list\":{\"id\":\"%s\",\"api_name\":\"Deals\"},\"params\":{\"approved\":true,%s}},"
                        .formatted(listId("Accounts", "Deals"), filter)
                    + "{\"related_list\":{\"api_name\":\"Notes\"}},"
                    + "{\"related_list\":{\"api_name\":\"Deals\"},\"params\":{\"approved\":false}},"
                    + "{\"related_list\":{\"api_name\":\"Activities_Chronological_View\"}}")
            .hasStatus(200);
    assertThat(counts(counts)).containsExactly(3, 2, 0, 0, 0);
    assertThat(counts.at("/get_related_records_count/1/related_list/id").asString())
        .isEqualTo(listId("Accounts", "Deals"));
    assertThat(counts.at("/get_related_records_count/2/related_list/api_name").asString())
        .isEqualTo("Notes");
  }

  @Test
  void attachmentsByWhatTheyAre() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    String path = "/crm/v8/Accounts/" + account + "/Attachments";
    api.upload(path, Form.file("a.txt", "one")).hasStatus(200);
    api.upload(path, Form.file("b.txt", "two")).hasStatus(200);
    api.post(path + "?attachmentUrl=http://example.com/", "").hasStatus(200);
    String list = "{\"related_list\":{\"api_name\":\"Attachments\"}";
    assertThat(
            counts(
                count(
                    account,
                    list
                        + "},"
                        + list
                        + ",\"params\":{\"category\":\"link\"}},"
                        + list
                        + ",\"params\":{\"category\":\"files\"}},"
                        + "{\"related_list\":{\"api_name\":\"Deals\"},\"params\":{\"category\":\"link\"}}")))
        .containsExactly(3, 1, 2, 0);
    count(account, list + ",\"params\":{\"category\":\"x\"}}")
        .hasStatus(400)
        .hasCode("/get_related_records_count/0", "INVALID_DATA");
  }

  private static List<Integer> counts(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/get_related_records_count")
        .valueStream()
        .map(one -> one.path("count").asInt())
        .toList();
  }

  @Test
  void mistakesInItems() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    String at = "$.get_related_records_count[";
    count(
            account,
            "{\"related_list\":{\"api_name\":\"Deals\"}},{},{\"related_list\":{}},{\"related_list\":{\"id\":\"1\"}},"
                + "{\"related_list\":{\"api_name\":\"No\"}},{\"related_list\":{\"api_name\":\"Notes\",\"id\":\"%s\"}},"
                    .formatted(listId("Accounts", "Deals"))
                + "{\"related_list\":{\"api_name\":\"Emails\"}},"
                + "{\"related_list\":{\"api_name\":\"Activities_Chronological_View\"},\"params\":{\"filters\":{}}},"
                + "{\"related_list\":{\"api_name\":\"Deals\"},\"params\":{\"approved\":\"x\"}}")
        .hasStatus(207)
        .itemIsError(
            "get_related_records_count",
            1,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"related_list\",\"json_path\":\"" + at + "1].related_list\"}")
        .itemIsError(
            "get_related_records_count",
            2,
            "EXPECTED_FIELD_MISSING",
            "Specify atleast one field",
            "{\"expected_fields\":[{\"api_name\":\"api_name\",\"json_path\":\"%s2].related_list.api_name\"},{\"api_name\":\"id\",\"json_path\":\"%s2].related_list.id\"}]}"
                .formatted(at, at))
        .itemIsError(
            "get_related_records_count",
            3,
            "INVALID_DATA",
            "Given related_list is invalid",
            "{\"api_name\":\"id\",\"json_path\":\"" + at + "3].related_list.id\"}")
        .itemIsError(
            "get_related_records_count",
            4,
            "INVALID_DATA",
            "Given related_list is invalid",
            "{\"api_name\":\"api_name\",\"json_path\":\"" + at + "4].related_list.api_name\"}")
        .itemIsError(
            "get_related_records_count",
            5,
            "AMBIGUITY_DURING_PROCESSING",
            "Ambiguity while processing the request",
            "{\"ambiguity_due_to\":[{\"api_name\":\"id\",\"json_path\":\"%s5].related_list.id\"},{\"api_name\":\"api_name\",\"json_path\":\"%s5].related_list.api_name\"}]}"
                .formatted(at, at))
        .itemIsError(
            "get_related_records_count",
            6,
            "NOT_SUPPORTED",
            "The given related list id is not supported in api",
            "{}")
        .itemIsError(
            "get_related_records_count",
            7,
            "NOT_SUPPORTED",
            "Filters are not supported for this modules",
            "{\"expected_data_type\":\"json_type\",\"api_name\":\"filters\",\"json_path\":\""
                + at
                + "7].params.filters\"}")
        .hasCode("/get_related_records_count/8", "INVALID_DATA");
  }

  @Test
  void mistakesOfTheCall() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    count("1", "{\"related_list\":{\"api_name\":\"Deals\"}}")
        .isError(
            400,
            "INVALID_DATA",
            "the related id given seems to be invalid",
            "{\"resource_path_index\":1}");
    api.post("/crm/v8/Accounts/" + account + "/actions/get_related_records_count", "{}")
        .hasStatus(400)
        .hasCode("", "MANDATORY_NOT_FOUND");
    String many = IntStream.range(0, 21).mapToObj(i -> "{}").collect(Collectors.joining(","));
    count(account, many).hasStatus(400).hasCode("", "LIMIT_EXCEEDED");
    api.post("/crm/v8/No/1/actions/get_related_records_count", "{}")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
    org.api(org.adminId(), "ZohoCRM.modules.leads.READ")
        .post("/crm/v8/Accounts/" + account + "/actions/get_related_records_count", "{}")
        .hasStatus(401);
  }

  private Answer count(String account, String items) {
    return api.post(
        "/crm/v8/Accounts/" + account + "/actions/get_related_records_count",
        "{\"get_related_records_count\":[" + items + "]}");
  }

  private String listId(String module, String name) {
    return org.metadata().get(module).relatedLists().stream()
        .filter(list -> list.apiName().equals(name))
        .map(list -> Long.toString(list.id()))
        .findFirst()
        .orElseThrow();
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }
}
