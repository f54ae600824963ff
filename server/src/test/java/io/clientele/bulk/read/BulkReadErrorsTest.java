package io.clientele.bulk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused. Reference: Create Bulk Read job. */
@Proves("POST /crm/bulk/{version}/read")
class BulkReadErrorsTest {
  private static final String LEADS = "\"module\":{\"api_name\":\"Leads\"}";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void bodies() {
    api.post(Reads.READ, "").hasStatus(400).hasCode("", "REQUEST_BODY_IS_EMPTY");
    api.post(Reads.READ, "{").hasStatus(400).hasCode("", "REQUEST_BODY_NOT_READABLE");
    api.post(Reads.READ, "[]").hasStatus(400).hasCode("", "REQUEST_BODY_NOT_SUPPORTED");
    api.post(Reads.READ, "{}").hasStatus(400).hasCode("", "QUERY_NOT_SUPPORTED");
    api.post(Reads.READ, "{\"query\":[]}").hasStatus(400).hasCode("", "QUERY_NOT_SUPPORTED");
    api.post(Reads.READ, "{}", "Content-Type", "text/xml")
        .isError(415, "MEDIA_TYPE_NOT_SUPPORTED", "Media type is not supported.", "{}");
    api.put(Reads.READ, "{}").hasStatus(400).hasCode("", "INVALID_REQUEST_METHOD");
    api.get("/crm/bulk/v1/read/1").hasStatus(404).hasCode("", "INVALID_URL_PATTERN");
  }

  @Test
  void modules() {
    refused("{}", "INVALID_REQUEST", "{\"api_name\":\"module\"}");
    refused("{\"module\":5}", "INVALID_REQUEST", "{\"api_name\":\"module\"}");
    refused(
        "{\"module\":{\"api_name\":\"Ships\"}}",
        "MODULE_NOT_AVAILABLE",
        "{\"api_name\":\"Ships\"}");
    for (String name : new String[] {"Notes", "Attachments", "Activities"}) {
      refused(
          "{\"module\":{\"api_name\":\"" + name + "\"}}",
          "MODULE_NOT_SUPPORTED",
          "{\"api_name\":\"" + name + "\"}");
    }
  }

  @Test
  void scopesAndPermissions() {
    String body = "{\"query\":{" + LEADS + "}}";
    for (String scopes :
        new String[] {"ZohoCRM.modules.ALL", "ZohoCRM.bulk.READ,ZohoCRM.modules.deals.READ"}) {
      org.api(org.adminId(), scopes)
          .post(Reads.READ, body)
          .hasStatus(401)
          .hasCode("", "OAUTH_SCOPE_MISMATCH");
    }
    org.api(org.adminId(), "ZohoCRM.bulk.READ,ZohoCRM.modules.leads.READ")
        .post(Reads.READ, body)
        .hasStatus(201);
    Api user = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    user.post(Reads.READ, body)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Export_Leads\"]}");
    TestUsers.allow(org, "Standard", "Crm_Implied_Export_Leads");
    user.post(Reads.READ, body).hasStatus(201);
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    user.post(Reads.READ, body).hasStatus(403).hasCode("", "NO_PERMISSION");
  }

  @Test
  void fields() {
    query("\"fields\":\"Last_Name\"", "INVALID_REQUEST", "{\"api_name\":\"fields\"}");
    query("\"fields\":[5]", "INVALID_REQUEST", "{\"api_name\":\"fields\"}");
    for (String name : new String[] {"Nope", "Owner.nope", "Last_Name.id", "", "Owner."}) {
      query(
          "\"fields\":[\"" + name + "\"]",
          "FIELD_NOT_AVAILABLE",
          "{\"api_name\":\"" + name + "\",\"module\":\"Leads\"}");
    }
    query(
        "\"fields\":[\"Record_Image\"]", "FIELD_NOT_SUPPORTED", "{\"api_name\":\"Record_Image\"}");
    String many =
        IntStream.range(0, 1_001).mapToObj(i -> "\"id\"").collect(Collectors.joining(","));
    query("\"fields\":[" + many + "]", "FIELD_NOT_SUPPORTED", "{\"api_name\":\"fields\"}");
    String deep =
        IntStream.range(1, 12)
            .mapToObj(i -> "\"" + "Owner." + "reporting_to.".repeat(i) + "last_name\"")
            .collect(Collectors.joining(","));
    query("\"fields\":[" + deep + "]", "JOIN_LIMIT_EXCEEDED", "{\"max_limit\":10}");
  }

  @Test
  void viewsAndPages() {
    String deals =
        api.get("/crm/v8/settings/custom_views?module=Deals").at("/custom_views/0/id").asString();
    query("\"cvid\":\"x\"", "CVID_NOT_SUPPORTED", "{\"cvid\":\"x\"}");
    query("\"cvid\":\"" + deals + "\"", "CVID_NOT_SUPPORTED", "{\"cvid\":\"" + deals + "\"}");
    query("\"page\":51", "PAGE_RANGE_EXCEEDED", "{\"max_limit\":50}");
    query("\"page\":0", "PAGE_NOT_SUPPORTED", "{\"max_limit\":50}");
    query("\"page\":\"2\"", "PAGE_NOT_SUPPORTED", "{\"max_limit\":50}");
    query("\"page\":1.5", "PAGE_NOT_SUPPORTED", "{\"max_limit\":50}");
    api.post(Reads.READ, "{\"query\":{" + LEADS + ",\"page\":null,\"cvid\":null}}").hasStatus(201);
  }

  @Test
  void fileTypesAndCallbacks() {
    around("\"file_type\":\"xls\"", "INVALID_DATA");
    around("\"file_type\":\"ics\"", "NOT_SUPPORTED_FEATURE");
    api.post(
            Reads.READ,
            "{\"file_type\":\"ics\",\"query\":{\"module\":{\"api_name\":\"Events\"},"
                + "\"fields\":[\"Event_Title\"]}}")
        .hasStatus(400)
        .hasCode("", "FIELD_NOT_SUPPORTED");
    for (String url :
        new String[] {
          "", "x", "ftp://a.example/", "http://", "http://a b/", "http://u:p@a.example/"
        }) {
      around("\"callback\":{\"url\":\"" + url + "\",\"method\":\"post\"}", "INVALID_CALLBACK_URL");
    }
    around("\"callback\":5", "INVALID_CALLBACK_URL");
    Answer answer =
        around(
            "\"callback\":{\"url\":\"https://a.example/\",\"method\":\"get\"}",
            "INVALID_CALLBACK_METHOD");
    assertThat(answer.at("/details/supported_callback_methods/0").asString()).isEqualTo("post");
  }

  @Test
  void groups() {
    criteria("5", "INVALID_CRITERIA");
    criteria("{}", "AMBIGUOUS_CRITERIA");
    criteria("{\"field\":{\"api_name\":\"Company\"}}", "AMBIGUOUS_CRITERIA");
    criteria("{\"field\":{\"api_name\":\"Company\"},\"group\":[]}", "AMBIGUOUS_CRITERIA");
    criteria("{\"group\":[]}", "AMBIGUOUS_GROUP_IN_CRITERIA");
    criteria("{\"group_operator\":\"and\",\"group\":[]}", "AMBIGUOUS_GROUP_IN_CRITERIA");
    String one = BulkReadTest.one("Company", "equal", "\"x\"");
    Answer answer =
        criteria(
            "{\"group_operator\":\"xor\",\"group\":[" + one + "," + one + "]}",
            "GROUP_OPERATOR_NOT_SUPPORTED");
    assertThat(answer.at("/details/supported").toString()).isEqualTo("[\"and\",\"or\"]");
    String many = (one + ",").repeat(25) + one;
    Answer limit =
        criteria("{\"group_operator\":\"or\",\"group\":[" + many + "]}", "CRITERIA_LIMIT_EXCEEDED");
    assertThat(limit.at("/details/max_limit").asInt()).isEqualTo(25);
    String open = "{\"group_operator\":\"or\",\"group\":[";
    criteria(open.repeat(100) + one + "]}".repeat(100), "CRITERIA_LIMIT_EXCEEDED");
    criteria(one.replace("{\"field\"", "{\"type\":\"field\",\"field\""), "INVALID_DATA");
  }

  @Test
  void comparisons() {
    wrong("Nope", "equal", "\"x\"", "FIELD_IN_CRITERIA_NOT_AVAILABLE");
    wrong("Owner.nope", "equal", "\"x\"", "FIELD_IN_CRITERIA_NOT_AVAILABLE");
    wrong("Record_Image", "equal", "\"x\"", "FIELD_IN_CRITERIA_NOT_SUPPORTED");
    Answer comparator =
        wrong("Email_Opt_Out", "contains", "\"x\"", "FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED");
    assertThat(comparator.at("/details/supported").toString())
        .isEqualTo("[\"equal\",\"not_equal\"]");
    wrong("Company", "greater_than", "\"x\"", "FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED");
    wrong("Company", "in", "\"x\"", "COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE");
    wrong("Company", "equal", "[\"x\"]", "COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE");
    wrong("Company", "in", "[]", "COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE");
    wrong("Company", "contains", "\"${EMPTY}\"", "COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE");
    wrong(
        "Created_Time",
        "between",
        "[\"2020-01-01\"]",
        "COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE");
    wrong("Created_Time", "equal", "\"soon\"", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Annual_Revenue", "equal", "\"much\"", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Annual_Revenue", "equal", "1e999999999", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Email_Opt_Out", "equal", "\"maybe\"", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Owner", "equal", "\"me\"", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Company", "equal", "{\"x\":1}", "VALUE_TYPE_NOT_SUPPORTED");
    wrong("Company", "equal", "\"" + "x".repeat(256) + "\"", "VALUE_IN_CRITERIA_NOT_SUPPORTED");
    wrong("Company", "equal", "\"\\u0000\"", "INVALID_DATA");
    wrong("Owner", "equal", "{\"id\":\"1\",\"a\\u0000\":1}", "INVALID_DATA");
    String many = "\"x\",".repeat(200) + "\"x\"";
    Answer limit = wrong("Company", "in", "[" + many + "]", "VALUE_LIMIT_EXCEEDED_IN_CRITERIA");
    assertThat(limit.at("/details/max_limit").asInt()).isEqualTo(200);
    wrong("Quote_Stage", "equal", "\"x\"", "FIELD_IN_CRITERIA_NOT_AVAILABLE");
    api.post(
            Reads.READ,
            "{\"query\":{\"module\":{\"api_name\":\"Events\"},\"criteria\":"
                + BulkReadTest.one("Participants", "equal", "\"x\"")
                + "}}")
        .hasStatus(400)
        .hasCode("", "FIELD_IN_CRITERIA_NOT_SUPPORTED");
  }

  private Answer wrong(String field, String comparator, String value, String code) {
    return criteria(BulkReadTest.one(field, comparator, value), code);
  }

  private Answer criteria(String criteria, String code) {
    return api.post(Reads.READ, "{\"query\":{" + LEADS + ",\"criteria\":" + criteria + "}}")
        .hasStatus(400)
        .hasCode("", code);
  }

  private void query(String more, String code, String details) {
    refused("{" + LEADS + "," + more + "}", code, details);
  }

  private Answer around(String more, String code) {
    return api.post(Reads.READ, "{\"query\":{" + LEADS + "}," + more + "}")
        .hasStatus(400)
        .hasCode("", code);
  }

  private void refused(String query, String code, String details) {
    Answer answer =
        api.post(Reads.READ, "{\"query\":" + query + "}").hasStatus(400).hasCode("", code);
    assertThat(answer.at("/details").toString()).isEqualTo(details);
  }
}
