package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rich text, whole. Reference: Rich Text Fields. */
@Proves({
  "GET /crm/{version}/{module}/actions/fetch_full_data",
  "GET /crm/{version}/{module}/{id}/actions/fetch_full_data"
})
class RichTextTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String LONG = "<b>" + "x".repeat(40_000) + "</b>";
  private final Api api = ORG.api();

  @BeforeAll
  static void addFields() {
    for (String label : new String[] {"Story", "Plan"}) {
      ORG.api()
          .post(
              "/crm/v8/settings/fields?module=Leads",
              """
              {"fields":[{"field_label":"%s","data_type":"textarea","length":50000,
               "textarea":{"type":"rich_text"}}]}"""
                  .formatted(label))
          .hasStatus(201);
    }
  }

  private String lead(String values) {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"" + values + "}]}")
        .hasStatus(201)
        .savedId(0);
  }

  @Test
  void oneRecordAnswersItsRichTextWhole() {
    String id = lead(",\"Story\":\"" + LONG + "\",\"Description\":\"plain\"");
    assertThat(api.get("/crm/v8/Leads/" + id).at("/data/0/Story").asString()).hasSize(500);
    Answer all = api.get("/crm/v8/Leads/" + id + "/actions/fetch_full_data").hasStatus(200);
    assertThat(all.at("/data/0/Story").asString()).isEqualTo(LONG);
    assertThat(all.at("/data/0/Plan").isNull()).isTrue();
    assertThat(all.at("/data/0").propertyNames()).containsExactlyInAnyOrder("Story", "Plan", "id");
    Answer one =
        api.get("/crm/v8/Leads/" + id + "/actions/fetch_full_data?fields=Plan,Description")
            .hasStatus(200);
    assertThat(one.at("/data/0").propertyNames()).containsExactlyInAnyOrder("Plan", "id");
    api.get("/crm/v8/Leads/" + id + "/actions/fetch_full_data?fields=Description").hasStatus(204);
    api.get("/crm/v8/Leads/1/actions/fetch_full_data").hasStatus(204);
    api.get("/crm/v8/Leads/x/actions/fetch_full_data")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":1}");
  }

  @Test
  void severalRecordsAnswerThoseFieldsThatAreNamed() {
    String first = lead(",\"Story\":\"<i>a</i>\"");
    String second = lead(",\"Story\":\"<i>b</i>\"");
    String path = "/crm/v8/Leads/actions/fetch_full_data";
    Answer both = api.get(path + "?fields=Story&ids=" + first + "," + second + ",1").hasStatus(200);
    assertThat(both.ids()).containsExactlyInAnyOrder(first, second);
    assertThat(both.at("/data").toString()).contains("<i>a</i>", "<i>b</i>");
    missing(path + "?ids=" + first, "fields");
    missing(path + "?fields=Story", "ids");
    api.get(path + "?fields=Story&ids=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"ids\"}");
    String many =
        IntStream.rangeClosed(1, 201).mapToObj(Integer::toString).collect(Collectors.joining(","));
    api.get(path + "?fields=Story&ids=" + many).hasStatus(400).hasCode("", "INVALID_REQUEST");
    api.get(path + "?fields=a,b,c,d,e,f,g,h,i&ids=1").hasStatus(400).hasCode("", "INVALID_REQUEST");
    api.get("/crm/v8/Nowhere/actions/fetch_full_data?fields=Story&ids=1")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
  }

  private void missing(String path, String parameter) {
    api.get(path)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"" + parameter + "\"}");
  }
}
