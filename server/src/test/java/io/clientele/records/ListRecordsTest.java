package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GET /{module}. Reference: Get Records. */
@Proves("GET /crm/{version}/{module}")
class ListRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final List<String> IDS = new ArrayList<>();
  private final Api api = ORG.api();

  @BeforeAll
  static void createLeads() {
    for (int call = 0; call < 3; call++) {
      int first = call * 10;
      String rows =
          IntStream.range(first, first + 10)
              .mapToObj(i -> "{\"Last_Name\":\"Lead %02d\",\"Company\":\"Acme\"}".formatted(i))
              .collect(Collectors.joining(","));
      Answer answer = ORG.api().post("/crm/v8/Leads", "{\"data\":[" + rows + "]}").hasStatus(201);
      IntStream.range(0, 10).forEach(i -> IDS.add(answer.savedId(i)));
    }
    Collections.reverse(IDS);
  }

  @Test
  void newestComeFirstWithInfo() {
    Answer list = api.get("/crm/v8/Leads?fields=Last_Name,Email&per_page=7").hasStatus(200);
    assertThat(list.ids()).isEqualTo(IDS.subList(0, 7));
    assertThat(list.at("/data/0").propertyNames())
        .containsExactlyInAnyOrder("Last_Name", "Email", "id");
    assertThat(list.at("/info/count").asInt()).isEqualTo(7);
    assertThat(list.at("/info/per_page").asInt()).isEqualTo(7);
    assertThat(list.at("/info/page").asInt()).isEqualTo(1);
    assertThat(list.at("/info/more_records").asBoolean()).isTrue();
    assertThat(list.at("/info/sort_by").asString()).isEqualTo("id");
    assertThat(list.at("/info/sort_order").asString()).isEqualTo("desc");
    assertThat(list.at("/info/previous_page_token").isNull()).isTrue();
  }

  @Test
  void pagesFollowEachOther() {
    List<String> all = new ArrayList<>();
    for (int page = 1; page <= 5; page++) {
      all.addAll(api.get("/crm/v8/Leads?fields=id&per_page=7&page=" + page).hasStatus(200).ids());
    }
    assertThat(all).isEqualTo(IDS);
    api.get("/crm/v8/Leads?fields=id&per_page=7&page=6").hasStatus(204).hasNoBody();
  }

  @Test
  void tokensLeadForwardAndBack() {
    for (String sort :
        List.of("", "&sort_by=Modified_Time", "&sort_by=Created_Time&sort_order=asc")) {
      String base = "/crm/v8/Leads?fields=id&per_page=8" + sort;
      Answer first = api.get(base).hasStatus(200);
      Answer second = api.get(base + "&page_token=" + first.at("/info/next_page_token").asString());
      Answer third = api.get(base + "&page_token=" + second.at("/info/next_page_token").asString());
      List<String> seen = new ArrayList<>(first.ids());
      seen.addAll(second.ids());
      seen.addAll(third.ids());
      assertThat(seen).doesNotHaveDuplicates().hasSize(24);
      Answer back =
          api.get(base + "&page_token=" + third.at("/info/previous_page_token").asString());
      assertThat(back.ids()).isEqualTo(second.ids());
      assertThat(back.at("/info/page").asInt()).isEqualTo(2);
      assertThat(back.at("/info/more_records").asBoolean()).isTrue();
      assertThat(first.at("/info/next_page_token").asString()).hasSizeLessThanOrEqualTo(96);
    }
  }

  @Test
  void aTokenIsBoundToItsParametersAndItsUser() {
    String token =
        api.get("/crm/v8/Leads?fields=id&per_page=8").at("/info/next_page_token").asString();
    api.get("/crm/v8/Leads?fields=id,Email&per_page=8&page_token=" + token)
        .isError(
            400,
            "TOKEN_BOUND_DATA_MISMATCH",
            "The page_token given seems to be invalid or input param is added or altered or deleted",
            "{\"param_name\":\"page_token\"}");
    api.get("/crm/v8/Leads?fields=id&per_page=8&page_token=abc")
        .isError(
            400,
            "INVALID_DATA",
            "The token given seems to be invalid",
            "{\"param_name\":\"page_token\"}");
    TestOrg other = TestOrg.create();
    other.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Other\"}]}").hasStatus(201);
    other
        .api()
        .get("/crm/v8/Leads?fields=id&per_page=8&page_token=" + token)
        .isError(
            400,
            "INVALID_DATA",
            "The token given seems to be invalid",
            "{\"param_name\":\"page_token\"}");
  }

  @Test
  void idsChooseRecords() {
    Answer list = api.get("/crm/v8/Leads?fields=Last_Name&ids=" + IDS.get(3) + "," + IDS.get(9));
    assertThat(list.hasStatus(200).ids()).containsExactly(IDS.get(3), IDS.get(9));
  }

  @Test
  void dollarKeysAreAnsweredWhenNamed() {
    Answer list =
        api.get("/crm/v8/Leads?fields=Last_Name,$approval_state,$locked_for_me&per_page=1");
    assertThat(list.at("/data/0/$approval_state").asString()).isEqualTo("approved");
    assertThat(list.at("/data/0/$locked_for_me").asBoolean(true)).isFalse();
  }

  @Test
  void moduleNamesHaveNoCase() {
    api.get("/crm/v8/leads?fields=Last_Name&per_page=1").hasStatus(200);
  }

  @Test
  void onlyWhatIsNewerIsAnswered() {
    api.get("/crm/v8/Leads?fields=id", "If-Modified-Since", "2020-01-01T00:00:00+05:30")
        .hasStatus(200);
    api.get("/crm/v8/Leads?fields=id", "If-Modified-Since", "2090-01-01T00:00:00Z")
        .hasStatus(304)
        .hasNoBody();
    api.get("/crm/v8/Leads/" + IDS.getFirst(), "If-Modified-Since", "2090-01-01T00:00:00+0000")
        .hasStatus(304);
  }

  @Test
  void anEmptyModuleAnswers204() {
    api.get("/crm/v8/Campaigns?fields=Campaign_Name").hasStatus(204).hasNoBody();
  }

  @Test
  void convertedLeadsStandApart() {
    api.get("/crm/v8/Leads?fields=id&converted=true").hasStatus(204);
    api.get("/crm/v8/Leads?fields=id&converted=both").hasStatus(200);
  }

  @Test
  void viewsChooseAndSortRecords() {
    long mine =
        ORG.metadata().get("Leads").customViews().stream()
            .filter(view -> view.definition().path("system_name").asString().equals("MYVIEWS"))
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(api.get("/crm/v8/Leads?fields=id&cvid=" + mine).hasStatus(200).ids()).isEqualTo(IDS);
    for (var module : ORG.metadata().modules()) {
      if (module.apiSupported() && module.hasTable()) {
        for (var view : module.customViews()) {
          int status =
              api.get("/crm/v8/" + module.apiName() + "?fields=id&cvid=" + view.id()).status();
          assertThat(status).as(module + " " + view.name()).isIn(200, 204);
        }
      }
    }
  }

  @Test
  void fieldsMustBeNamed() {
    api.get("/crm/v8/Leads")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"fields\"}");
    String many = IntStream.range(0, 51).mapToObj(i -> "F" + i).collect(Collectors.joining(","));
    api.get("/crm/v8/Leads?fields=" + many)
        .isError(
            400, "LIMIT_EXCEEDED", "limit exceeded", "{\"limit\":50,\"param_name\":\"fields\"}");
  }

  @Test
  void parametersAreChecked() {
    String list = "/crm/v8/Leads?fields=id";
    String pattern = "Please check whether the input values are correct";
    for (String wrong : List.of("per_page=0", "per_page=201", "per_page=x", "page=0", "page=-1")) {
      String name = wrong.substring(0, wrong.indexOf('='));
      api.get(list + "&" + wrong)
          .isError(400, "PATTERN_NOT_MATCHED", pattern, "{\"param_name\":\"" + name + "\"}");
    }
    api.get(list + "&sort_by=Email")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"param_name\":\"sort_by\",\"supported_values\":[\"id\",\"Created_Time\",\"Modified_Time\"]}");
    api.get(list + "&cvid=1")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"cvid\"}");
    api.get(list + "&ids=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"ids\"}");
    api.get(list + "&page=11")
        .isError(
            400,
            "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
            "You can only get the first 2000 records without using page_token param",
            "{\"limit\":2000}");
    api.get(list + "&cvid=1&sort_by=id")
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "ambiguity while processing the request",
            "{\"ambiguity_due_to\":[{\"param_name\":\"cvid\"},{\"param_name\":\"sort_by\"}]}");
    api.get(list + "&page=1&page_token=x")
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "ambiguity while processing the request",
            "{\"ambiguity_due_to\":[{\"param_name\":\"page\"},{\"param_name\":\"page_token\"}]}");
  }

  @Test
  void territoriesAreOnlyForSomeModules() {
    api.get("/crm/v8/Tasks?fields=id&territory_id=1")
        .isError(
            400,
            "INVALID_MODULE",
            "Territory is not supported for the given module",
            "{\"resource_path_index\":0}");
    api.get("/crm/v8/Deals?fields=id&territory_id=1&include_child=true")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"territory_id\"}");
  }

  @Test
  void modulesMustBeThere() {
    api.get("/crm/v8/Nothing?fields=id")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    api.get("/crm/v8/Emails?fields=id")
        .isError(
            400,
            "INVALID_MODULE",
            "The given module is not supported in API",
            "{\"resource_path_index\":0}");
  }

  @Test
  void tokensAndScopesAreChecked() {
    ORG.api(ORG.adminId(), "ZohoCRM.modules.contacts.READ")
        .get("/crm/v8/Leads?fields=id")
        .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
    ORG.api(ORG.adminId(), "ZohoCRM.modules.leads.READ")
        .get("/crm/v8/Leads?fields=id")
        .hasStatus(200);
    api.get("/crm/v8/Leads?fields=id", "Authorization", "Bearer 1000.x.y")
        .isError(401, "INVALID_TOKEN", "invalid oauth token", "{}");
    api.get("/crm/v8/Leads/x/y/z/w")
        .isError(
            404,
            "INVALID_URL_PATTERN",
            "Please check if the URL trying to access is a correct one",
            "{}");
    api.patch("/crm/v8/Leads", "{}")
        .isError(
            400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", "{}");
  }
}
