package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Jobs;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused. References: Upload File, Create Bulk Write Job, Job Details. */
@Proves({
  "POST /crm/{version}/upload",
  "POST /crm/bulk/{version}/write",
  "GET /crm/bulk/{version}/write/{job_id}",
  "GET /crm/bulk/{version}/write/{job_id}/result"
})
class BulkWriteErrorsTest {
  private static final int TOO_LARGE = (25 << 20) + 1;

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Writes writes = new Writes(org, api);
  private final String file = writes.upload("Last_Name,Company,Email\nDoe,Acme,\n");

  @Test
  void uploads() {
    writes
        .send("Last_Name\nDoe\n".getBytes())
        .isError(
            400, "INVALID_FILE_FORMAT", "invalid file format. only zip format is supported", "{}");
    writes.send(new byte[0]).hasStatus(400).hasCode("", "INVALID_FILE_FORMAT");
    writes.send(Writes.zip()).hasStatus(400).hasCode("", "INVALID_FILE_FORMAT");
    String[] headers = {"feature", "bulk-write", "X-CRM-ORG", Long.toString(org.orgId())};
    api.post(Writes.UPLOAD, "", headers).hasStatus(400).hasCode("", "INVALID_FILE_FORMAT");
    var large =
        new Form()
            .add(
                "file",
                "x.zip",
                TOO_LARGE,
                () ->
                    new SequenceInputStream(
                        new ByteArrayInputStream(new byte[TOO_LARGE - 1]),
                        new ByteArrayInputStream(new byte[1])));
    api.upload(Writes.UPLOAD, large, headers)
        .isError(413, "FILE_TOO_LARGE", "File size too large to process", "{}");
    byte[] zip = Writes.zip("a.csv", "a\n");
    for (String[] wrong :
        new String[][] {
          {},
          {"feature", "bulk-write"},
          {"feature", "bulk-write", "X-CRM-ORG", "1"},
          {"feature", "other", "X-CRM-ORG", Long.toString(org.orgId())}
        }) {
      Answer answer = api.upload(Writes.UPLOAD, Form.file("a.zip", zip), wrong).hasStatus(400);
      assertThat(answer.at("/x-error").asString())
          .isEqualTo("check if headers [feature, X-CRM-ORG] are present and valid");
    }
    org.api(org.adminId(), "ZohoCRM.bulk.ALL")
        .upload(Writes.UPLOAD, Form.file("a.zip", zip), headers)
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    api.get(Writes.UPLOAD).hasStatus(400).hasCode("", "INVALID_REQUEST_METHOD");
  }

  @Test
  void bodies() {
    api.post(Writes.WRITE, "").hasStatus(400).hasCode("", "REQUEST_BODY_IS_EMPTY");
    api.post(Writes.WRITE, "{").hasStatus(400).hasCode("", "REQUEST_BODY_NOT_READABLE");
    refused("[]", "REQUEST_BODY_NOT_SUPPORTED", "the request body is not supported", "{}");
    refused(
        "{}",
        "MISSING_REQUIRED_KEY",
        "required key operation is not found in request body.",
        "{\"json_path\":\"$.operation\"}");
    refused("{\"operation\":\"delete\"}", "INVALID_DATA");
    refused("{\"operation\":\"insert\"}", "MISSING_REQUIRED_KEY");
    refused("{\"operation\":\"insert\",\"resource\":{}}", "INVALID_DATA");
    refused("{\"operation\":\"insert\",\"resource\":[]}", "INVALID_REQUEST");
    refused("{\"operation\":\"insert\",\"resource\":[5]}", "INVALID_DATA");
    refused("{\"operation\":\"insert\",\"character_encoding\":\"klingon\"}", "INVALID_DATA");
    refused(
        "{\"operation\":\"insert\",\"callback\":{\"url\":\"ftp://x\",\"method\":\"post\"}}",
        "INVALID_CALLBACK_URL");
    refused(
        "{\"operation\":\"insert\",\"callback\":{\"url\":\"http://x.com\",\"method\":\"get\"}}",
        "INVALID_CALLBACK_METHOD");
    refused(
        "{\"operation\":\"insert\",\"resource\":[{\"a\":\"\\u0000\"}]}",
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"a\",\"json_path\":\"$.resource[0].a\"}");
    refused("{\"operation\":\"insert\",\"a\\u0000\":5}", "INVALID_DATA");
    api.get(Writes.WRITE).hasStatus(400).hasCode("", "INVALID_REQUEST_METHOD");
  }

  @Test
  void resources() {
    resource("\"type\":\"data\"", "MISSING_REQUIRED_KEY");
    resource("\"module\":{\"api_name\":\"Leads\"}", "MISSING_REQUIRED_KEY");
    resource("\"type\":\"other\",\"module\":{\"api_name\":\"Leads\"}", "INVALID_DATA");
    resource("\"type\":\"data\",\"module\":{\"api_name\":\"Leads\"}", "MISSING_REQUIRED_KEY");
    for (String name : new String[] {"asdf", "Notes", "Attachments", "Events", "Calls", "users"}) {
      refused(
          Writes.body("insert", name, file, ""),
          "MODULE_NOT_AVAILABLE",
          "Requested module '" + name + "' is not available.",
          "{}");
    }
    refused(Writes.body("insert", "Leads", "abc", ""), "INVALID_FILE_ID", "improper file id", "{}");
    refused(Writes.body("insert", "Leads", "123456", ""), "FILE_NOT_FOUND");
    leads("\"file_names\":[\"no.csv\"]", "FILE_NOT_FOUND");
    leads("\"file_names\":5", "INVALID_DATA");
    leads("\"ignore_empty\":\"perhaps\"", "INVALID_DATA");
    leads("\"find_by\":\"Company\"", "INVALID_FIELD");
    String two = writes.upload("a.csv", "Last_Name\nX\n", "b.csv", "Last_Name\nX\n");
    refused(Writes.body("insert", "Leads", two, ""), "FILE_NOT_SUPPORTED");
    String none = writes.upload("a.txt", "Last_Name\nX\n");
    refused(
        Writes.body("insert", "Leads", none, ""),
        "FILE_NOT_SUPPORTED",
        "File not supported for bulk write",
        "{}");
    refused(Writes.body("insert", "Leads", writes.upload(""), ""), "FILE_NOT_SUPPORTED");
    String many =
        IntStream.rangeClosed(0, 25_000).mapToObj(i -> "L").collect(Collectors.joining("\n"));
    refused(
        Writes.body("insert", "Leads", writes.upload("Last_Name\n" + many), ""),
        "FILE_NOT_SUPPORTED");
    refused(
        Writes.body("update", "Leads", file, ""),
        "MANDATORY_NOT_FOUND",
        "Required key find_by is not available",
        "{}");
  }

  @Test
  void files() {
    String open = "Last_Name,Company\nDoe,\"Acme\nRoe,Acme\n";
    unreadable(Writes.zip("a.csv", open));
    unreadable(Writes.zip("a.csv", "Last_Name\n" + "x".repeat((1 << 18) + 1) + "\n"));
    unreadable(Writes.zip("a\0.csv", "Last_Name\nDoe\n"));
    unreadable(
        Writes.zip(
            java.nio.charset.Charset.forName("windows-1252"),
            "a.csv",
            "Last_Name,Company\nM\u00fcller,\"Acme\n"));
  }

  private void unreadable(byte[] zip) {
    String id = writes.send(zip).hasStatus(200).at("/details/file_id").asString();
    refused(Writes.body("insert", "Leads", id, ""), "FILE_NOT_SUPPORTED");
  }

  @Test
  void archivesHaveALimitForAllTheirFiles() throws IOException {
    byte[] zip = Writes.zip("a.txt", "x".repeat(600), "b.csv", "y".repeat(600));
    try (var within = new Archive.Bounded(new ByteArrayInputStream(zip), 1_200)) {
      assertThat(within.getNextEntry().getName()).isEqualTo("a.txt");
      assertThat(within.getNextEntry().getName()).isEqualTo("b.csv");
      assertThat(within.readAllBytes()).hasSize(600);
    }
    try (var beyond = new Archive.Bounded(new ByteArrayInputStream(zip), 599)) {
      assertThat(beyond.getNextEntry().getName()).isEqualTo("a.txt");
      assertThatThrownBy(beyond::getNextEntry).isInstanceOf(ApiError.class);
    }
  }

  @Test
  void mappings() {
    mapping("{}", "MISSING_REQUIRED_KEY");
    refused(
        Writes.body("insert", "Leads", file, "\"field_mappings\":[{\"api_name\":\"Company\"}]"),
        "MISSING_REQUIRED_KEY",
        "required key index for field Company is not found in request body.",
        "{\"json_path\":\"$.resource[0].field_mappings[0].index\"}");
    refused(
        Writes.body(
            "insert",
            "Leads",
            file,
            "\"field_mappings\":[{\"api_name\":\"ast_Name\",\"index\":0}]"),
        "INVALID_FIELD",
        "invalid mapping. invalid api_name ast_Name.",
        "{\"api_name\":\"api_name\",\"json_path\":\"$.resource[0].field_mappings[0].api_name\"}");
    mapping("{\"api_name\":\"Created_Time\",\"index\":0}", "INVALID_FIELD");
    mapping("{\"api_name\":\"Last_Name\",\"index\":-1}", "COLUMN_INDEX_NOT_FOUND");
    mapping("{\"api_name\":\"Last_Name\",\"index\":3}", "COLUMN_INDEX_NOT_FOUND");
    mapping("{\"api_name\":\"Last_Name\",\"index\":\"0\"}", "INVALID_DATA");
    mapping("{\"api_name\":\"Company\",\"index\":1}", "MANDATORY_FIELDS_NOT_MAPPED");
    mapping("{\"api_name\":\"Company\",\"default_value\":{}}", "MISSING_REQUIRED_KEY");
    mapping("{\"api_name\":\"Company\",\"default_value\":5}", "INVALID_DATA");
    mapping(
        "{\"api_name\":\"Last_Name\",\"index\":0},{\"api_name\":\"Last_Name\",\"index\":1}",
        "DUPLICATE_DATA");
    mapping(
        "{\"api_name\":\"Last_Name\",\"index\":0,\"find_by\":\"id\",\"parent_column_index\":0}",
        "COEXISTENCE_NOT_ALLOWED");
    refused(
        Writes.body(
            "insert",
            "Deals",
            file,
            "\"field_mappings\":[{\"api_name\":\"Closing_Date\",\"index\":0,\"format\":\"qqqqqqq\"}]"),
        "INVALID_FORMAT");
    for (String findBy : new String[] {"Nothing", "Tag"}) {
      refused(
          Writes.body(
              "insert",
              "Contacts",
              file,
              "\"field_mappings\":[{\"api_name\":\"Account_Name\",\"index\":0,\"find_by\":\""
                  + findBy
                  + "\"}]"),
          "INVALID_FIELD");
    }
    String many =
        IntStream.rangeClosed(0, 200)
            .mapToObj(i -> "{\"api_name\":\"Last_Name\",\"index\":0}")
            .collect(Collectors.joining(","));
    mapping(many, "HEADER_LIMIT_EXCEEDED");
    leads("\"field_mappings\":{}", "INVALID_DATA");
    leads("\"field_mappings\":[1]", "INVALID_DATA");
  }

  @Test
  void scopesAndPermissions() {
    String body = Writes.body("insert", "Leads", file, "");
    for (String scopes :
        new String[] {"ZohoCRM.modules.ALL", "ZohoCRM.bulk.CREATE,ZohoCRM.modules.deals.ALL"}) {
      org.api(org.adminId(), scopes)
          .post(Writes.WRITE, body)
          .hasStatus(401)
          .hasCode("", "OAUTH_SCOPE_MISMATCH");
    }
    String id =
        org.api(org.adminId(), "ZohoCRM.bulk.CREATE,ZohoCRM.modules.leads.CREATE")
            .post(Writes.WRITE, body)
            .hasStatus(201)
            .at("/details/id")
            .asString();
    Api user = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    user.get(Writes.WRITE + "/" + id)
        .isError(404, "RESOURCE_NOT_FOUND", "The requested resource doesn't exist.", "{}");
    user.post(Writes.WRITE, body).hasStatus(400).hasCode("", "FILE_NOT_FOUND");
    String own = new Writes(org, user).upload("Last_Name,Company\nX,Y\n");
    String theirs = Writes.body("insert", "Leads", own, "");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Import_Leads");
    user.post(Writes.WRITE, theirs)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Import_Leads\"]}");
    TestUsers.allow(org, "Standard", "Crm_Implied_Import_Leads");
    user.post(Writes.WRITE, theirs).hasStatus(201);
    TestUsers.refuse(org, "Standard", "Crm_Implied_Create_Leads");
    user.post(Writes.WRITE, theirs).hasStatus(403).hasCode("", "NO_PERMISSION");
  }

  @Test
  void detailsAndResults() {
    for (String id : new String[] {"1", "abc", "99999999999999999999"}) {
      api.get(Writes.WRITE + "/" + id).hasStatus(404).hasCode("", "RESOURCE_NOT_FOUND");
      invalidLink(id);
    }
    String id = writes.create(Writes.body("insert", "Leads", file, ""));
    invalidLink(id);
    writes.run();
    assertThat(writes.result(id)).containsOnlyKeys("Leads-rows.csv");
    TestOrg.create()
        .api()
        .get(Writes.WRITE + "/" + id)
        .hasStatus(404)
        .hasCode("", "RESOURCE_NOT_FOUND");
  }

  /** What is told of rows is not put together without some of them. */
  @Test
  void resultsAreWholeOrNone() {
    String id = writes.create(Writes.body("insert", "Leads", file, ""));
    var known =
        new Progress(java.util.List.of(new Progress.Counts(1, 1, 0, 0, true))); // its piece is gone
    org.server()
        .installation()
        .database()
        .change(
            tx -> Jobs.report(tx, org.org(), Long.parseLong(id), Job.Status.RUNNING, known.json()));
    Job job =
        org.server()
            .installation()
            .database()
            .read(tx -> Jobs.find(tx, org.org(), Long.parseLong(id), BulkWriteJob.KIND))
            .orElseThrow();
    var installation = org.server().installation();
    var handler =
        new BulkWriteJob(
            installation.database(),
            installation.metadata(),
            installation.records(),
            installation.files(),
            installation.jobs());
    assertThatThrownBy(() -> handler.run(org.org(), job)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                installation
                    .database()
                    .change(
                        tx ->
                            PieceWriter.requireUntouched(
                                tx, org.org(), job, Progress.read(Json.MAPPER.nullNode(), 1))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(writes.details(id).path("status").asString()).isEqualTo("INPROGRESS");
  }

  private void invalidLink(String id) {
    Answer answer = api.get(Writes.WRITE + "/" + id + "/result").hasStatus(403);
    assertThat(answer.at("/x-info").asString()).isEqualTo("Link not valid");
    assertThat(answer.at("/info").asString()).isEqualTo("Forbidden");
  }

  private void mapping(String mappings, String code) {
    leads("\"field_mappings\":[" + mappings + "]", code);
  }

  private void leads(String more, String code) {
    refused(Writes.body("insert", "Leads", file, more), code);
  }

  private void resource(String json, String code) {
    refused("{\"operation\":\"insert\",\"resource\":[{" + json + "}]}", code);
  }

  private void refused(String body, String code) {
    api.post(Writes.WRITE, body).hasStatus(400).hasCode("", code);
  }

  private void refused(String body, String code, String message, String details) {
    api.post(Writes.WRITE, body).isError(400, code, message, details);
  }
}
