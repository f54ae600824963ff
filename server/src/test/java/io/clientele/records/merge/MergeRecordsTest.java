package io.clientele.records.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.records.Source;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Duplicates become one record. References: Merge Records, Merge Records Job Status. */
@Proves({
  "POST /crm/{version}/{module}/{id}/actions/merge",
  "GET /crm/{version}/{module}/{id}/actions/merge"
})
class MergeRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String ONE = "$.merge[0].data[0]";

  private final Api api = ORG.api();

  @Test
  void chosenValuesAndAllThatHangsOnThemGoToTheMaster() {
    String account = create("Accounts", "\"Account_Name\":\"A\"");
    String master =
        create("Contacts", "\"Last_Name\":\"M\",\"Phone\":\"1\",\"Tag\":[{\"name\":\"a\"}]");
    String child =
        create(
            "Contacts",
            "\"Last_Name\":\"C\",\"Phone\":\"2\",\"Email\":\"c@x.example\",\"Department\":\"D\",\"Account_Name\":\"%s\",\"Date_of_Birth\":\"1990-02-03\",\"Email_Opt_Out\":true,\"Tag\":[{\"name\":\"b\"}]"
                .formatted(account));
    String other = create("Contacts", "\"Last_Name\":\"O\",\"Mobile\":\"3\"");
    String note =
        add(
            "Notes",
            "\"Note_Content\":\"n\",\"Parent_Id\":{\"id\":\"%s\",\"module\":{\"api_name\":\"Contacts\"}}"
                .formatted(child));
    String task = create("Tasks", "\"Subject\":\"T\",\"Who_Id\":\"" + other + "\"");
    String deal =
        create(
            "Deals",
            "\"Deal_Name\":\"D\",\"Stage\":\"Qualification\",\"Contact_Name\":\"" + child + "\"");
    String attachment =
        api.post(
                "/crm/v8/Contacts/"
                    + child
                    + "/Attachments?attachmentUrl=https%3A%2F%2Fx.example%2Fa.txt",
                "")
            .savedId(0);
    String shared = create("Campaigns", "\"Campaign_Name\":\"Shared\"");
    String own = create("Campaigns", "\"Campaign_Name\":\"Own\"");
    for (String link :
        new String[] {
          master + " " + shared, child + " " + shared, child + " " + own, other + " " + own
        }) {
      add(
          "Contacts_X_Campaigns",
          "\"Contact\":\"%s\",\"Campaign\":\"%s\"".formatted((Object[]) link.split(" ")));
    }
    Answer merged =
        merge(
                "Contacts",
                master,
                child(child, "Email", "Account_Name", "Date_of_Birth", "Email_Opt_Out"),
                child(other, "Mobile"))
            .hasStatus(201);
    assertThat(merged.at("/merge/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(merged.at("/merge/0/message").asString())
        .isEqualTo("The records has been merged successfully");
    assertThat(merged.at("/merge/0/details/id").asString()).isEqualTo(master);
    JsonNode read = api.get("/crm/v8/Contacts/" + master).at("/data/0");
    assertThat(read.path("Last_Name").asString()).isEqualTo("M");
    assertThat(read.path("Phone").asString()).isEqualTo("1");
    assertThat(read.path("Email").asString()).isEqualTo("c@x.example");
    assertThat(read.at("/Account_Name/id").asString()).isEqualTo(account);
    assertThat(read.path("Date_of_Birth").asString()).isEqualTo("1990-02-03");
    assertThat(read.path("Email_Opt_Out").asBoolean()).isTrue();
    assertThat(read.path("Mobile").asString()).isEqualTo("3");
    assertThat(read.path("Department").isNull()).isTrue();
    assertThat(read.path("Tag").valueStream().map(tag -> tag.path("name").asString()))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(rows("select parent_id::text from %s where id = " + note, "Notes"))
        .containsExactly(master);
    assertThat(api.get("/crm/v8/Tasks/" + task).at("/data/0/Who_Id/id").asString())
        .isEqualTo(master);
    assertThat(api.get("/crm/v8/Deals/" + deal).at("/data/0/Contact_Name/id").asString())
        .isEqualTo(master);
    assertThat(api.get("/crm/v8/Contacts/" + master + "/Attachments?fields=id,File_Name").ids())
        .containsExactly(attachment);
    assertThat(
            rows(
                "select contact || ' ' || campaign from %s order by campaign",
                "Contacts_X_Campaigns"))
        .containsExactly(master + " " + shared, master + " " + own);
    api.get("/crm/v8/Contacts/" + child).hasStatus(204);
    api.get("/crm/v8/Contacts/" + other).hasStatus(204);
    assertThat(
            rows(
                "select source || ' ' || action from %s where record_id = "
                    + child
                    + " order by id",
                ""))
        .containsExactly("crm_api added", "merge deleted");
    assertThat(
            rows(
                "select (permanent)::text from "
                    + ORG.org().table("deleted_record")
                    + " where id = "
                    + child,
                ""))
        .containsExactly("false");
  }

  @Test
  void aRecordNeverNamesItself() {
    String master = create("Accounts", "\"Account_Name\":\"M\"");
    String child = create("Accounts", "\"Account_Name\":\"C\"");
    String grandchild =
        create("Accounts", "\"Account_Name\":\"G\",\"Parent_Account\":\"" + child + "\"");
    api.put("/crm/v8/Accounts/" + master, "{\"data\":[{\"Parent_Account\":\"" + child + "\"}]}")
        .hasStatus(200);
    merge("Accounts", master, child(child)).hasStatus(201);
    assertThat(api.get("/crm/v8/Accounts/" + master).at("/data/0/Parent_Account").isNull())
        .isTrue();
    assertThat(api.get("/crm/v8/Accounts/" + grandchild).at("/data/0/Parent_Account/id").asString())
        .isEqualTo(master);
  }

  @Test
  void uniqueValuesPassOn() {
    TestOrg org = TestOrg.create();
    Api other = org.api();
    other
        .post(
            "/crm/v8/settings/fields?module=Vendors",
            "{\"fields\":[{\"field_label\":\"Code\",\"data_type\":\"text\",\"length\":20,\"unique\":{\"case_sensitive\":false}}]}")
        .hasStatus(201);
    String master =
        other
            .post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"M\",\"Code\":\"1\"}]}")
            .savedId(0);
    String child =
        other
            .post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"C\",\"Code\":\"2\"}]}")
            .savedId(0);
    other
        .post("/crm/v8/Vendors/" + master + "/actions/merge", body(child(child, "Code")))
        .hasStatus(201);
    assertThat(other.get("/crm/v8/Vendors/" + master).at("/data/0/Code").asString()).isEqualTo("2");
    other
        .post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"N\",\"Code\":\"1\"}]}")
        .hasStatus(201);
  }

  @Test
  void dealsFollowTheirPipelineAndMustBeOpen() {
    String master = deal("Qualification");
    String child = deal("Negotiation/Review");
    String won = deal("Closed Won");
    String at = ONE + "._fields[0].api_name";
    refused(
        "Deals",
        master,
        child(child, "Closing_Date"),
        "NOT_ALLOWED",
        "Closing date will be automatically populated based on master record",
        at("api_name", at));
    for (String name : List.of("Probability", "Expected_Revenue")) {
      refused(
          "Deals",
          master,
          child(child, name),
          "NOT_ALLOWED",
          "Probability and Expected Revenue fields will be automatically populated based on chosen"
              + " Stage",
          at("api_name", at));
    }
    refused(
        "Deals",
        master,
        child(won),
        "NOT_ALLOWED",
        "Only Open Deals can be merged",
        at("id", ONE + ".id"));
    merge("Deals", won, child(child))
        .isError(
            400,
            "NOT_ALLOWED",
            "Only Open Deals can be merged",
            "{\"api_name\":\"record\",\"resource_path_index\":1}");
    merge("Deals", master, child(child, "Stage")).hasStatus(201);
    JsonNode read = api.get("/crm/v8/Deals/" + master).at("/data/0");
    assertThat(read.path("Stage").asString()).isEqualTo("Negotiation/Review");
    assertThat(read.path("Probability").asInt()).isEqualTo(90);
  }

  @Test
  void reportingToComesWithItsAccount() {
    String master = create("Contacts", "\"Last_Name\":\"M\"");
    String child = create("Contacts", "\"Last_Name\":\"C\"");
    String message = "Reporting to and account should belong to the same record";
    refused(
        "Contacts",
        master,
        child(child, "Reporting_To"),
        "INVALID_DATA",
        message,
        at("api_name", ONE + "._fields[0].api_name"));
    api.post(
            "/crm/v8/Contacts/" + master + "/actions/merge",
            "{\"merge\":[{\"master_record_fields\":[{\"api_name\":\"Reporting_To\"}],\"data\":[%s]}]}"
                .formatted(child(child, "Account_Name")))
        .hasStatus(400)
        .itemIsError(
            "merge", 0, "INVALID_DATA", message, at("api_name", ONE + "._fields[0].api_name"));
  }

  @Test
  void wrongRequestsAreRefused() {
    String master = create("Leads", "\"Last_Name\":\"M\"");
    String child = create("Leads", "\"Last_Name\":\"C\"");
    String path = "/crm/v8/Leads/" + master + "/actions/merge";
    for (String id : new String[] {"123", "x"}) {
      merge("Leads", id, child(child))
          .isError(
              400,
              "INVALID_DATA",
              "Master record id is not available",
              "{\"resource_path_index\":1}");
      api.get("/crm/v8/Leads/" + id + "/actions/merge")
          .isError(
              400,
              "INVALID_DATA",
              "Master record id is not available",
              "{\"resource_path_index\":1}");
    }
    for (String module : new String[] {"Quotes", "Nothing"}) {
      merge(module, master, child(child))
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"resource_path_index\":0}");
    }
    api.post(path, "{\"merge\":[{},{}]}").isError(400, "INVALID_DATA", "invalid data", "{}");
    refusedBody(
        path,
        "{\"merge\":[{}]}",
        "INVALID_DATA",
        " Atleast one child record id is required to be merged.",
        "{\"api_name\":\"data\",\"json_path\":\"$.merge[0].data\",\"minimum_length\":1}");
    refusedBody(
        path,
        body(child(child), child(child), child(child)),
        "INVALID_DATA",
        " More than 2 child record ids cannot be merged.",
        "{\"api_name\":\"data\",\"json_path\":\"$.merge[0].data\",\"maximum_length\":2}");
    refusedBody(
        path,
        body("{\"_fields\":[]}"),
        "MANDATORY_NOT_FOUND",
        "required id not found",
        at("id", ONE + ".id"));
    refusedBody(
        path,
        body(child("123")),
        "INVALID_DATA",
        "the id given seems to be invalid",
        at("id", ONE + ".id"));
    refusedBody(
        path,
        body(child(master)),
        "DUPLICATE_DATA",
        "Valid record ids need to be given for merging",
        at("id", ONE + ".id"));
    refusedBody(
        path,
        body("{\"id\":\"" + child + "\",\"_fields\":[{}]}"),
        "MANDATORY_NOT_FOUND",
        "API name of the field is not mentioned",
        at("api_name", ONE + "._fields[0].api_name"));
    refusedBody(
        path,
        "{\"merge\":[{\"master_record_fields\":[{}],\"data\":[" + child(child) + "]}]}",
        "MANDATORY_NOT_FOUND",
        "API name not mentioned for the master record",
        at("api_name", "$.merge[0].master_record_fields[0].api_name"));
    refusedBody(
        path,
        body(child(child, "Company", "Company")),
        "DUPLICATE_DATA",
        "When one field is mentioned more than once",
        at("api_name", ONE + "._fields[1].api_name"));
    for (String name : List.of("Nothing", "Created_Time", "id")) {
      refusedBody(
          path,
          body(child(child, name)),
          "INVALID_DATA",
          "invalid data",
          at("api_name", ONE + "._fields[0].api_name"));
    }
    api.post("/crm/v8/Leads/" + child + "/actions/convert", "{\"data\":[{}]}").hasStatus(200);
    refused(
        "Leads",
        master,
        child(child),
        "NOT_ALLOWED",
        "Record is not allowed for merging",
        at("id", ONE + ".id"));
    long user = TestUsers.create(ORG, "reader@example.com", "Standard", "active", true);
    assertThat(ORG.api(user, "ZohoCRM.modules.leads.READ").post(path, body(child(child))).status())
        .isEqualTo(401);
  }

  @Test
  void filesMustBeNamed() {
    TestOrg org = TestOrg.create();
    Api other = org.api();
    other
        .post(
            "/crm/v8/settings/fields?module=Leads",
            "{\"fields\":[{\"field_label\":\"Pictures\",\"data_type\":\"imageupload\"}]}")
        .hasStatus(201);
    String master = other.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"M\"}]}").savedId(0);
    String child = other.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"C\"}]}").savedId(0);
    String path = "/crm/v8/Leads/" + master + "/actions/merge";
    other
        .post(path, body(child(child, "Pictures")))
        .hasStatus(400)
        .itemIsError(
            "merge",
            0,
            "DEPENDENT_FIELD_MISSING",
            "_data array is not mentioned for the child record",
            "{\"api_name\":\"id\",\"json_path\":\"%1$s._fields[0]._data\",\"dependee\":{\"api_name\":\"api_name\",\"json_path\":\"%1$s._fields[0].api_name\"}}"
                .formatted(ONE));
    String ofMaster =
        "{\"merge\":[{\"master_record_fields\":[{\"api_name\":\"Pictures\"%s}],\"data\":[%s]}]}";
    other
        .post(path, ofMaster.formatted("", child(child)))
        .hasStatus(400)
        .itemIsError(
            "merge",
            0,
            "DEPENDENT_FIELD_MISSING",
            "_data array is not mentioned for the master record",
            "{\"api_name\":\"id\",\"json_path\":\"$.merge[0].master_record_fields[0]._data\",\"dependee\":{\"api_name\":\"api_name\",\"json_path\":\"$.merge[0].master_record_fields[0].api_name\"}}");
    other.post(path, ofMaster.formatted(",\"_data\":null", child(child))).hasStatus(201);
  }

  @Test
  void muchIsMergedByAJobOnce() {
    String master = create("Accounts", "\"Account_Name\":\"M\"");
    String child = create("Accounts", "\"Account_Name\":\"C\",\"Website\":\"https://c.example\"");
    for (int i = 0; i < 11; i++) {
      api.post(
              "/crm/v8/Contacts",
              IntStream.range(0, 100)
                  .mapToObj(n -> "{\"Last_Name\":\"L\",\"Account_Name\":\"" + child + "\"}")
                  .collect(Collectors.joining(",", "{\"data\":[", "]}")))
          .hasStatus(201);
    }
    String path = "/crm/v8/Accounts/" + master + "/actions/merge";
    api.get(path).hasStatus(204);
    Answer scheduled = merge("Accounts", master, child(child, "Website")).hasStatus(201);
    assertThat(scheduled.at("/merge/0/code").asString()).isEqualTo("SCHEDULED");
    assertThat(scheduled.at("/merge/0/message").asString())
        .isEqualTo("The records have been scheduled in a scheduler");
    String job = scheduled.at("/merge/0/details/job_id").asString();
    status(path, job, "SCHEDULED");
    api.get("/crm/v8/Accounts/" + child).hasStatus(200);
    String third = create("Accounts", "\"Account_Name\":\"T\"");
    refused(
        "Accounts",
        third,
        child(child),
        "NOT_ALLOWED",
        "This record id is not allowed to be merged",
        at("id", ONE + ".id"));
    merge("Accounts", child, child(third))
        .isError(
            400,
            "NOT_ALLOWED",
            "This record id is not allowed to be merged",
            "{\"resource_path_index\":1}");

    // a server dies when it has merged and not yet said that the job ended
    var installation = ORG.server().installation();
    var handler = new MergeJob(installation.metadata(), installation.records());
    handler.run(
        ORG.org(),
        installation
            .database()
            .read(tx -> Jobs.find(tx, ORG.org(), Long.parseLong(job), MergeJob.KIND))
            .orElseThrow());
    status(path, job, "running");
    installation.jobs().runDue(ORG.orgId());
    status(path, job, "completed");
    assertThat(api.get(path + "?job_id=" + job).at("/merge").size()).isEqualTo(1);
    api.get(path + "?job_id=123").hasStatus(204);
    api.get(path + "?job_id=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"job_id\"}");
    assertThat(rows("select count(*)::text from %s where account_name = " + master, "Contacts"))
        .containsExactly("1100");
    assertThat(api.get("/crm/v8/Accounts/" + master).at("/data/0/Website").asString())
        .isEqualTo("https://c.example");
    api.get("/crm/v8/Accounts/" + child).hasStatus(204);
  }

  @Test
  void aJobThatCannotMergeFailed() {
    String master = create("Leads", "\"Last_Name\":\"M\"");
    String child = create("Leads", "\"Last_Name\":\"C\"");
    var request =
        new MergeReader(ORG.metadata().get("Leads"), Long.parseLong(master), field -> true)
            .read(Json.MAPPER.readTree(body(child(child))).at("/merge/0"));
    ORG.schedule(
        MergeJob.KIND,
        MergeJob.body(
            ORG.metadata().get("Leads"),
            request,
            Json.MAPPER.readTree(body(child(child))).at("/merge/0")));
    api.get("/crm/v8/Leads/" + child + "/__conversion_options")
        .isError(
            400, "RECORD_LOCKED", "record under merge is locked", "{\"resource_path_index\":1}");
    api.post("/crm/v8/Leads/" + child + "/actions/convert", "{\"data\":[{}]}")
        .isError(
            400, "RECORD_LOCKED", "record under merge is locked", "{\"resource_path_index\":1}");
    api.delete("/crm/v8/Leads/" + child).hasStatus(200);
    ORG.server().installation().jobs().runDue(ORG.orgId());
    assertThat(
            api.get("/crm/v8/Leads/" + master + "/actions/merge").at("/merge/0/status").asString())
        .isEqualTo("failed");
  }

  private void status(String path, String job, String status) {
    JsonNode merge = api.get(path).hasStatus(200).at("/merge/0");
    assertThat(merge.path("job_id").asString()).isEqualTo(job);
    assertThat(merge.path("status").asString()).isEqualTo(status);
  }

  private Answer merge(String module, String master, String... children) {
    return api.post("/crm/v8/" + module + "/" + master + "/actions/merge", body(children));
  }

  private void refused(
      String module, String master, String child, String code, String message, String details) {
    merge(module, master, child).hasStatus(400).itemIsError("merge", 0, code, message, details);
  }

  private void refusedBody(String path, String body, String code, String message, String details) {
    api.post(path, body).hasStatus(400).itemIsError("merge", 0, code, message, details);
  }

  private static String body(String... children) {
    return "{\"merge\":[{\"data\":[" + String.join(",", children) + "]}]}";
  }

  private static String child(String id, String... fields) {
    return "{\"id\":\"%s\",\"_fields\":[%s]}"
        .formatted(
            id,
            List.of(fields).stream()
                .map(field -> "{\"api_name\":\"" + field + "\"}")
                .collect(Collectors.joining(",")));
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"%s\"}".formatted(name, path);
  }

  private String deal(String stage) {
    return create("Deals", "\"Deal_Name\":\"D\",\"Stage\":\"" + stage + "\"");
  }

  private String create(String module, String values) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + values + "}]}").hasStatus(201).savedId(0);
  }

  /** A row of a module that has no path of its own, or another one. */
  private static String add(String module, String values) {
    Metadata metadata = ORG.metadata();
    return Long.toString(
        ORG.server()
            .installation()
            .records()
            .change(
                metadata,
                ORG.adminId(),
                Source.CRM_API,
                change ->
                    change
                        .create(metadata.get(module), Json.MAPPER.readTree("[{" + values + "}]"))
                        .getFirst()
                        .requireId()));
  }

  private static List<String> rows(String statement, String module) {
    String table =
        ORG.org().table(module.isEmpty() ? "record_change" : ORG.metadata().get(module).table());
    return ORG.server()
        .installation()
        .database()
        .read(tx -> tx.list(Sql.sql(statement.formatted(table)), row -> row.getString(1)));
  }
}
