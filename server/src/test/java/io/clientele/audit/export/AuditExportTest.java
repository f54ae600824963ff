package io.clientele.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The audit log and its export. Reference: Create Export Audit Log. */
@Proves({
  "POST /crm/{version}/settings/audit_log_export",
  "GET /crm/{version}/settings/audit_log_export",
  "GET /crm/{version}/settings/audit_log_export/{export}",
  "GET /v2/crm/{org}/auditlog/{export}/{file}",
  "GET /clientele/v1/audit_log"
})
class AuditExportTest {
  private static final String EXPORTS = "/crm/v8/settings/audit_log_export";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api(org.adminId(), TestOrg.ALL_SCOPES + ",ZohoFiles.files.READ");

  @Test
  void whatWasDoneIsExported() {
    api.get(EXPORTS).hasStatus(204);
    String lead = lead("Doe, \"Jane\"");
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Company\":\"X\"}]}").hasStatus(200);
    api.post("/crm/v8/settings/tags?module=Leads", "{\"tags\":[{\"name\":\"Hot\"}]}")
        .hasStatus(201);
    String id = export("");
    assertThat(api.get(EXPORTS + "/" + id).at("/audit_log_export/0/status").asString())
        .isEqualTo("scheduled");
    api.post(EXPORTS, "")
        .hasStatus(400)
        .itemIsError(
            "audit_log_export",
            0,
            "ALREADY_SCHEDULED",
            "Export is already scheduled",
            "{\"id\":\"" + id + "\"}");
    org.server().installation().jobs().runDue(org.orgId());
    JsonNode done = api.get(EXPORTS).hasStatus(200).at("/audit_log_export/0");
    assertThat(done.path("status").asString()).isEqualTo("finished");
    assertThat(done.path("criteria").isNull()).isTrue();
    assertThat(done.at("/created_by/name").asString()).isEqualTo("Patricia Boyle");
    String link = done.at("/download_links/0").asString();
    assertThat(link)
        .isEqualTo(api.url() + "/v2/crm/" + org.orgId() + "/auditlog/" + id + "/AuditLog.csv");
    List<String> lines = download(link);
    assertThat(lines.getFirst()).startsWith("Audited Time,Done By,User Id,Action,Entity,Module");
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("Patricia Boyle")
                    .contains(",added,records,Leads," + lead + ",\"Doe, \"\"Jane\"\"\",,crm_api,"))
        .anySatisfy(
            line -> assertThat(line).contains(",updated,records,Leads,").contains("Company"))
        .anySatisfy(line -> assertThat(line).contains(",added,tags,Leads,,Hot,,crm_api,127.0.0.1"))
        .anySatisfy(line -> assertThat(line).contains(",exported,audit_log,"));
    Api other = TestOrg.create().api();
    assertThat(other.get(link.replace(api.url(), "")).status()).isEqualTo(401);
  }

  @Test
  void criteriaChoose() {
    String lead = lead("Gone");
    lead("Stays");
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"C\"}]}").hasStatus(201);
    String user =
        "{\"field\":{\"api_name\":\"done_by\"},\"comparator\":\"in\",\"value\":[{\"id\":\"";
    String criteria =
        "{\"group_operator\":\"and\",\"group\":["
            + user
            + org.adminId()
            + "\"}]},{\"group_operator\":\"and\",\"group\":["
            + compare("module", "in", "[{\"api_name\":\"Leads\"}]")
            + ","
            + compare("action", "equal", "\"deleted\"")
            + "]}]}";
    List<String> lines = exported(criteria);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains(",deleted,records,Leads," + lead + ",Gone,");
    assertThat(
            exported(
                compare(
                    "audited_time",
                    "between",
                    "[\"2020-01-01T00:00:00+05:30\",\"2020-02-01T00:00:00+05:30\"]")))
        .hasSize(1);
  }

  @Test
  void wrongExportsAreRefused() {
    api.post(EXPORTS, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "Required field missing",
            "{\"api_name\":\"audit_log_export\",\"json_path\":\"$.audit_log_export[0]\"}");
    api.post(EXPORTS, "{\"audit_log_export\":{}}").hasCode("", "INVALID_DATA");
    refused("{\"audit_log_export\":[{},{}]}", "LIMIT_EXCEEDED", "$.audit_log_export[1]");
    refused("{\"audit_log_export\":[{}]}", "MANDATORY_NOT_FOUND", at("criteria"));
    refused("{\"audit_log_export\":[{\"criteria\":5}]}", "INVALID_DATA", at("criteria"));
    api.post(EXPORTS, criteria("{\"x\":1}"))
        .hasStatus(400)
        .itemIsError(
            "audit_log_export",
            0,
            "EXPECTED_FIELD_MISSING",
            "Specify at least one field.",
            "{\"expected_fields\":[{\"api_name\":\"group\",\"json_path\":\""
                + at("criteria.group")
                + "\"},{\"api_name\":\"field\",\"json_path\":\""
                + at("criteria.field")
                + "\"}]}");
    wrong("{\"group\":[]}", "DEPENDENT_FIELD_MISSING", "criteria.group_operator");
    wrong("{\"group_operator\":\"or\",\"group\":[]}", "INVALID_DATA", "criteria.group_operator");
    wrong("{\"group_operator\":\"and\",\"group\":[1,2,3]}", "LIMIT_EXCEEDED", "criteria.group");
    wrong("{\"field\":{}}", "MANDATORY_NOT_FOUND", "criteria.field.api_name");
    wrong(
        "{\"field\":{\"api_name\":\"action\"}}", "DEPENDENT_FIELD_MISSING", "criteria.comparator");
    wrong(compare("color", "equal", "\"red\""), "NOT_SUPPORTED", "criteria.field.api_name");
    wrong(compare("action", "between", "\"x\""), "INVALID_DATA", "criteria.comparator");
    wrong(compare("action", "equal", "\"read\""), "NOT_SUPPORTED", "criteria.value");
    wrong(compare("action", "in", "\"added\""), "DEPENDENT_MISMATCH", "criteria.value");
    wrong(compare("done_by", "in", "[{}]"), "MANDATORY_NOT_FOUND", "criteria.value[0].id");
    wrong(compare("done_by", "in", "[{\"id\":\"1\"}]"), "INVALID_DATA", "criteria.value[0].id");
    wrong(compare("module", "in", "[{}]"), "MANDATORY_NOT_FOUND", "criteria.value[0].id");
    wrong(
        compare("module", "equal", "[{\"api_name\":\"X\"}]"),
        "INVALID_DATA",
        "criteria.value[0].api_name");
    wrong(compare("audited_time", "between", "[1]"), "DEPENDENT_MISMATCH", "criteria.value");
    wrong(
        compare(
            "audited_time",
            "between",
            "[\"2020-01-01T00:00:00+05:30\",\"2021-01-01T00:00:00+05:30\"]"),
        "NOT_ALLOWED",
        "criteria.value");
    String leads = Long.toString(org.metadata().get("Leads").id());
    api.post(
            EXPORTS,
            criteria(
                compare("module", "in", "[{\"api_name\":\"Deals\",\"id\":\"" + leads + "\"}]")))
        .hasStatus(400)
        .hasCode("/audit_log_export/0", "AMBIGUITY_DURING_PROCESSING");
    api.get(EXPORTS + "/1")
        .isError(
            404,
            "INVALID_URL_PATTERN",
            "Please check if the URL trying to access is a correct one",
            "{}");
    api.get(EXPORTS).hasStatus(204);
  }

  @Test
  void administratorsAloneSeeIt() {
    String id = export("");
    org.server().installation().jobs().runDue(org.orgId());
    long user = TestUsers.standard(org, "one@example.com");
    Api other = org.api(user, TestOrg.ALL_SCOPES + ",ZohoFiles.files.READ");
    String file = "/v2/crm/" + org.orgId() + "/auditlog/" + id + "/AuditLog.csv";
    for (Answer answer :
        List.of(
            other.get(EXPORTS),
            other.get(EXPORTS + "/" + id),
            other.post(EXPORTS, ""),
            other.get(file),
            other.get("/clientele/v1/audit_log"))) {
      answer.isError(
          403, "NO_PERMISSION", "permission denied", "{\"permissions\":[\"profile permission\"]}");
    }
    org.api().get(file).hasStatus(401);
    api.get(file.replace(".csv", ".zip")).hasStatus(404);
    api.get(file.replace("/" + org.orgId() + "/", "/1/")).hasStatus(404);
  }

  @Test
  void theLogIsAList() {
    String lead = lead("Listed");
    api.post("/crm/v8/settings/tags?module=Leads", "{\"tags\":[{\"name\":\"Hot\"}]}")
        .hasStatus(201);
    Answer list = api.get("/clientele/v1/audit_log?per_page=2").hasStatus(200);
    assertThat(list.at("/audit_log").size()).isEqualTo(2);
    assertThat(list.text()).contains("\"name\":\"Listed\"", "\"name\":\"Hot\"", lead);
    assertThat(list.at("/info/page").asInt()).isEqualTo(1);
  }

  @Test
  void exportsExpire() {
    var clock = new TestClock();
    try (var server = TestServer.withClock(clock)) {
      TestOrg own = TestOrg.createOn(server);
      Api admin = own.api(own.adminId(), TestOrg.ALL_SCOPES + ",ZohoFiles.files.READ");
      admin.post(EXPORTS, "").hasStatus(200);
      server.installation().jobs().runDue(own.orgId());
      String link = admin.get(EXPORTS).at("/audit_log_export/0/download_links/0").asString();
      String path = link.replace(admin.url(), "");
      assertThat(admin.download(path).statusCode()).isEqualTo(200);
      clock.advance(Duration.ofDays(8));
      Api later = own.api(own.adminId(), TestOrg.ALL_SCOPES + ",ZohoFiles.files.READ");
      later.get(path).hasStatus(404);
      assertThat(server.installation().auditUpkeep().trim(own.org(), 100)).isEqualTo(1);
      assertThat(server.installation().auditUpkeep().trim(own.org(), 100)).isZero();
      clock.advance(Duration.ofDays(3 * 365));
      assertThat(server.installation().auditUpkeep().trim(own.org(), 100)).isPositive();
    }
  }

  private void refused(String body, String code, String path) {
    Answer answer = api.post(EXPORTS, body).hasStatus(400).hasCode("/audit_log_export/0", code);
    assertThat(answer.at("/audit_log_export/0/details/json_path").asString()).isEqualTo(path);
  }

  private void wrong(String criteria, String code, String path) {
    refused(criteria(criteria), code, at(path));
  }

  private static String criteria(String criteria) {
    return "{\"audit_log_export\":[{\"criteria\":" + criteria + "}]}";
  }

  private static String at(String path) {
    return "$.audit_log_export[0]." + path;
  }

  private static String compare(String field, String comparator, String value) {
    return "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"%s\",\"value\":%s}"
        .formatted(field, comparator, value);
  }

  private String export(String body) {
    Answer made =
        api.post(EXPORTS, body).hasStatus(200).hasCode("/audit_log_export/0", "SCHEDULED");
    return made.at("/audit_log_export/0/details/id").asString();
  }

  private List<String> exported(String criteria) {
    String id = export(criteria(criteria));
    org.server().installation().jobs().runDue(org.orgId());
    return download(
        api.get(EXPORTS + "/" + id).at("/audit_log_export/0/download_links/0").asString());
  }

  private List<String> download(String link) {
    var answer = api.download(link.replace(api.url(), ""));
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
  }

  private String lead(String name) {
    return api.post(
            "/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"" + name.replace("\"", "\\\"") + "\"}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
