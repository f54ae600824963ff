package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lookups that offer only some records. Reference: Create Custom Fields, Update Records. */
@Proves({"POST /crm/{version}/{module}", "PUT /crm/{version}/{module}/{id}"})
class LookupFilterTest {
  private static final String MEDIA =
      "{'group_operator':'AND','group':[{'field':{'api_name':'Industry'},'comparator':'equal',"
          + "'value':['Media','Press']},{'field':{'api_name':'Employees'},'comparator':"
          + "'greater_than','value':'10'}]}";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  private Answer field(String module, String definition) {
    return api.post(
        "/crm/v8/settings/fields?module=" + module,
        ("{'fields':[" + definition + "]}").replace('\'', '"'));
  }

  private static String firm(String criteria) {
    return "{'field_label':'Firm','data_type':'lookup','lookup':{'display_label':'Firms',"
        + "'module':{'api_name':'Accounts'},'query_details':{'criteria':"
        + criteria
        + "}}}";
  }

  private String firm() {
    return field("Leads", firm(MEDIA)).hasStatus(201).at("/fields/0/details/id").asString();
  }

  private String account(String industry, int employees) {
    return api.post(
            "/crm/v8/Accounts",
            "{\"data\":[{\"Account_Name\":\"%s %d\",\"Industry\":\"%s\",\"Employees\":%d}]}"
                .formatted(industry, employees, industry, employees))
        .hasStatus(201)
        .at("/data/0/details/id")
        .asString();
  }

  private Answer lead(String account) {
    return api.post(
        "/crm/v8/Leads",
        "{\"data\":[{\"Last_Name\":\"A\",\"Company\":\"C\",\"Firm\":{\"id\":\"%s\"}}]}"
            .formatted(account));
  }

  private Answer give(String lead, String account) {
    return api.put(
        "/crm/v8/Leads/" + lead, "{\"data\":[{\"Firm\":{\"id\":\"%s\"}}]}".formatted(account));
  }

  private static void refused(Answer answer) {
    answer
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Firm\",\"json_path\":\"$.data[0].Firm.id\"}");
  }

  private void becomes(String account, String industry) {
    api.put("/crm/v8/Accounts/" + account, "{\"data\":[{\"Industry\":\"" + industry + "\"}]}")
        .hasStatus(200);
  }

  @Test
  void onlyRecordsThatFitCanBeNamed() {
    firm();
    String fits = account("Media", 11);
    String small = account("Media", 10);
    String other = account("Bank", 11);
    String lead = lead(fits).hasStatus(201).at("/data/0/details/id").asString();
    refused(lead(small));
    refused(lead(other));
    refused(give(lead, other));
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Firm/id").asString()).isEqualTo(fits);
    give(lead, account("Press", 12)).hasStatus(200);
  }

  @Test
  void whatARecordHasMayStayUnlessEditsAreRevalidated() {
    String field = firm();
    String account = account("Media", 11);
    String lead = lead(account).hasStatus(201).at("/data/0/details/id").asString();
    String empty =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"B\",\"Company\":\"C\"}]}")
            .at("/data/0/details/id")
            .asString();
    becomes(account, "Bank");
    give(lead, account).hasStatus(200);
    refused(give(empty, account));
    api.patch(
            "/crm/v8/settings/fields?module=Leads",
            "{\"fields\":[{\"id\":\"%s\",\"lookup\":{\"revalidate_filter_during_edit\":true}}]}"
                .formatted(field))
        .hasStatus(200);
    refused(give(lead, account));
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Phone\":\"1\"}]}").hasStatus(200);
    becomes(account, "Press");
    give(lead, account).hasStatus(200);
  }

  @Test
  void rowsOfSubformsAreAskedToo() {
    field("Leads", "{'field_label':'Gear','data_type':'subform'}").hasStatus(201);
    field("Gear", firm(MEDIA)).hasStatus(201);
    String body =
        "{\"data\":[{\"Last_Name\":\"A\",\"Company\":\"C\",\"Gear\":[{\"Firm\":{\"id\":\"%s\"}}]}]}";
    api.post("/crm/v8/Leads", body.formatted(account("Bank", 11)))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Firm\",\"json_path\":\"$.data[0].Gear[0].Firm.id\"}");
    String account = account("Media", 11);
    Answer made = api.post("/crm/v8/Leads", body.formatted(account)).hasStatus(201);
    String lead = made.at("/data/0/details/id").asString();
    becomes(account, "Bank");
    String row = api.get("/crm/v8/Leads/" + lead).at("/data/0/Gear/0/id").asString();
    api.put(
            "/crm/v8/Leads/" + lead,
            "{\"data\":[{\"Gear\":[{\"id\":\"%s\",\"Firm\":{\"id\":\"%s\"}}]}]}"
                .formatted(row, account))
        .hasStatus(200);
  }

  @Test
  void comparisonsThatCannotBeMadeAreNoFilter() {
    String one = "{'field':{'api_name':'Employees'},'comparator':'%s','value':%s}";
    for (String wrong :
        List.of(
            one.formatted("equal", "'many'"),
            one.formatted("starts_with", "1"),
            one.formatted("equal", "null"),
            one.formatted("between", "[1]"),
            "{'field':'Employees','comparator':'equal','value':1}",
            "{'group_operator':'or','group':["
                + String.join(",", java.util.Collections.nCopies(26, one.formatted("equal", "1")))
                + "]}")) {
      field("Leads", firm(wrong)).hasStatus(400);
    }
    field("Leads", firm(one.formatted("between", "[1,2]"))).hasStatus(201);
    refused(lead(account("Media", 3)));
    lead(account("Media", 2)).hasStatus(201);
  }
}
