package io.clientele.users;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.app.Installation;
import io.clientele.db.DatabaseException;
import io.clientele.jobs.EndedJob;
import io.clientele.jobs.Job;
import io.clientele.jobs.Jobs;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A user's records go to another and the user goes. References: Transfer Records and Delete Users,
 * Status of Transfer Records and Delete Users.
 */
@Proves({
  "POST /crm/{version}/users/actions/transfer_and_delete",
  "POST /crm/{version}/users/{user}/actions/transfer_and_delete",
  "GET /crm/{version}/users/actions/transfer_and_delete"
})
class TransferAndDeleteTest {
  private static final String PATH = "/crm/v8/users/actions/transfer_and_delete";
  private static final String INVALID = "the id given seems to be invalid";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Installation installation = org.server().installation();
  private final String ann = user("ann");
  private final String bob = user("bob");

  private String user(String name) {
    return Long.toString(TestUsers.standard(org, name + "@example.com"));
  }

  private static String json(String text) {
    return "{" + text.replace('\'', '"') + "}";
  }

  private static String all(String to) {
    return "'transfer':{'id':'%s','records':true,'assignment':true,'criteria':true}".formatted(to);
  }

  private Answer post(String id, String keys) {
    return api.post(PATH, json("'transfer_and_delete':[{'id':'" + id + "'," + keys + "}]"));
  }

  private String lead(String owner) {
    return api.post(
            "/crm/v8/Leads", json("'data':[{'Last_Name':'L','Owner':{'id':'" + owner + "'}}]"))
        .savedId(0);
  }

  private String owner(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).at("/data/0/Owner/id").asString();
  }

  private JsonNode get(String id) {
    return api.get("/crm/v8/users/" + id).at("/users/0");
  }

  private String status(String job) {
    return api.get(PATH + "?job_id=" + job)
        .hasStatus(200)
        .at("/transfer_and_delete/0/status")
        .asString();
  }

  @Test
  void recordsAndCriteriaGoToTheOtherAndTheUserGoes() {
    String mine = lead(ann);
    String others = lead(bob);
    String task =
        api.post("/crm/v8/Tasks", json("'data':[{'Subject':'T','Owner':{'id':'" + ann + "'}}]"))
            .savedId(0);
    String view =
        api.post(
                "/crm/v8/settings/custom_views?module=Leads",
                json(
                    "'custom_views':[{'name':'Hers','access_type':'public','fields':[{'api_name':'Last_Name'}],'criteria':{'comparator':'equal','field':{'api_name':'Owner'},'value':{'id':'%s'}}}]"
                        .formatted(ann)))
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    Api asAnn = org.api(Long.parseLong(ann), TestOrg.ALL_SCOPES);
    String note =
        asAnn
            .post(
                "/crm/v8/Leads/" + mine + "/Notes",
                json("'data':[{'Note_Title':'T','Note_Content':'N'}]"))
            .savedId(0);
    asAnn
        .post("/crm/v8/Leads/" + mine + "/Attachments?attachmentUrl=http://example.com/a", "")
        .hasStatus(200);

    Answer answer = post(ann, all(bob)).hasStatus(200);
    JsonNode done = answer.at("/transfer_and_delete/0");
    assertThat(done.path("code").asString()).isEqualTo("SUCCESS");
    assertThat(done.path("message").asString()).isEqualTo("user is deleted successfully");
    assertThat(done.at("/details/id").asString()).isEqualTo(ann);
    String job = done.at("/details/jobId").asString();
    asAnn.get("/crm/v8/users").hasStatus(401);
    assertThat(status(job)).isEqualTo("in_progress");
    assertThat(get(ann).path("status").asString()).isEqualTo("inactive");
    post(ann, all(bob)).hasStatus(400).hasCode("/transfer_and_delete/0", "ALREADY_SCHEDULED");

    installation.jobs().runDue(org.orgId());
    assertThat(status(job)).isEqualTo("completed");
    assertThat(get(ann).path("status").asString()).isEqualTo("deleted");
    assertThat(owner("Leads", mine)).isEqualTo(bob);
    assertThat(owner("Leads", others)).isEqualTo(bob);
    assertThat(owner("Tasks", task)).isEqualTo(bob);
    assertThat(owner("Notes", note)).isEqualTo(bob);
    assertThat(
            api.get("/crm/v8/Leads/" + mine + "/Attachments?fields=Owner")
                .at("/data/0/Owner/id")
                .asString())
        .isEqualTo(bob);
    JsonNode change = api.get("/crm/v8/Leads/" + mine + "/__timeline").at("/__timeline/0");
    assertThat(change.path("source").asString()).isEqualTo("change_owner");
    assertThat(
            api.get("/crm/v8/settings/custom_views/" + view + "?module=Leads")
                .at("/custom_views/0/criteria/value/id")
                .asString())
        .isEqualTo(bob);
    assertThat(api.get("/crm/v8/Leads?fields=id&cvid=" + view).at("/data")).hasSize(2);
  }

  @Test
  void onlyWhatIsAskedForIsMoved() {
    String mine = lead(ann);
    String below = user("below");
    api.put("/crm/v8/users/" + below, json("'users':[{'Reporting_To':{'id':'" + ann + "'}}]"))
        .hasStatus(200);
    String body = json("'transfer_and_delete':[{'move_subordinate':{'id':'" + bob + "'}}]");
    String job =
        api.post("/crm/v8/users/" + ann + "/actions/transfer_and_delete", body)
            .hasStatus(200)
            .at("/transfer_and_delete/0/details/jobId")
            .asString();
    installation.jobs().runDue(org.orgId());
    assertThat(status(job)).isEqualTo("completed");
    assertThat(owner("Leads", mine)).isEqualTo(ann);
    assertThat(get(below).at("/Reporting_To/id").asString()).isEqualTo(bob);
    assertThat(get(ann).path("status").asString()).isEqualTo("deleted");
  }

  /** What a server did before it was killed stays, and the rest is done. */
  @Test
  void aJobGoesOnWhereItStopped() {
    String row = "{'Last_Name':'L','Owner':{'id':'" + ann + "'}}";
    String rows = json("'data':[" + String.join(",", Collections.nCopies(100, row)) + "]");
    for (int i = 0; i < 11; i++) {
      api.post("/crm/v8/Leads", rows).hasStatus(201);
    }
    String last = lead(ann);
    long id = post(ann, all(bob)).at("/transfer_and_delete/0/details/jobId").asLong();
    String leads = org.org().table("leads");
    change(
        "alter table "
            + leads
            + " add constraint stop check (id <> "
            + last
            + " or owner = "
            + ann
            + ")");
    var handler =
        new TransferJob(
            installation.database(),
            installation.records(),
            installation.metadata(),
            installation.changes(),
            installation.clock());
    Job job = job(id);
    assertThatThrownBy(() -> handler.run(org.org(), job)).isInstanceOf(DatabaseException.class);
    assertThat(job(id).result().path("moved").asInt()).isEqualTo(1000);
    assertThat(get(ann).path("status").asString()).isEqualTo("inactive");
    assertThat(status(Long.toString(id))).isEqualTo("in_progress");
    change("alter table " + leads + " drop constraint stop");
    installation.jobs().runDue(org.orgId());
    assertThat(job(id).result().path("moved").asInt()).isEqualTo(1101);
    assertThat(owner("Leads", last)).isEqualTo(bob);
    assertThat(get(ann).path("status").asString()).isEqualTo("deleted");
    assertThatThrownBy(() -> handler.run(org.org(), job(id))).isInstanceOf(EndedJob.class);
    assertThat(job(id).result().path("moved").asInt()).isEqualTo(1101);
  }

  private void change(String statement) {
    installation.database().change(tx -> tx.update(sql(statement)));
  }

  private Job job(long id) {
    return installation
        .database()
        .read(tx -> Jobs.find(tx, org.org(), id, TransferJob.KIND))
        .orElseThrow();
  }

  @Test
  void requestsAreChecked() {
    refused(
        api.post(PATH, json("'transfer_and_delete':[{" + all(bob) + "}]")),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "'api_name':'id','json_path':'$.transfer_and_delete[0].id'");
    refused(
        post(ann, "'x':1"),
        "EXPECTED_FIELD_MISSING",
        "Specify at least one field.",
        "'expected_fields':[{'api_name':'transfer','json_path':'$.transfer_and_delete[0].transfer'},{'api_name':'move_subordinate','json_path':'$.transfer_and_delete[0].move_subordinate'}]");
    refused(
        post(ann, all(bob).replace("'criteria':true", "'x':1")),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "'api_name':'criteria','json_path':'$.transfer_and_delete[0].transfer.criteria'");
    refused(
        post(ann, all(bob).replace("'criteria':true", "'criteria':'yes'")),
        "INVALID_DATA",
        "invalid data",
        "'expected_data_type':'boolean','api_name':'criteria','json_path':'$.transfer_and_delete[0].transfer.criteria'");
    String at = "'api_name':'id','json_path':'$.transfer_and_delete[0].%s'";
    refused(post(ann, all(ann)), "INVALID_DATA", INVALID, at.formatted("transfer.id"));
    refused(
        post(ann, all("5")),
        "INVALID_DATA",
        INVALID,
        at.formatted("transfer.id") + ",'owner_status':'not_crm_user'");
    refused(
        post("5", all(bob)),
        "INVALID_DATA",
        INVALID,
        at.formatted("id") + ",'owner_status':'not_crm_user'");
    refused(
        post(Long.toString(org.adminId()), all(bob)),
        "NOT_ALLOWED",
        "Primary contact cannot be deleted",
        at.formatted("id"));
    api.put("/crm/v8/users/" + bob, json("'users':[{'Reporting_To':'" + ann + "'}]"))
        .hasStatus(200);
    refused(
        post(ann, "'move_subordinate':{'id':'" + bob + "'}"),
        "NOT_ALLOWED",
        "subordinates cannot be moved to a subordinate",
        at.formatted("move_subordinate.id"));
    api.put("/crm/v8/users/" + bob, json("'users':[{'status':'inactive'}]")).hasStatus(200);
    refused(
        post(ann, "'move_subordinate':{'id':'" + bob + "'}"),
        "INVALID_DATA",
        INVALID,
        at.formatted("move_subordinate.id") + ",'owner_status':'inactive'");
    api.delete("/crm/v8/users/" + bob).hasStatus(200);
    refused(
        post(bob, all(ann)),
        "INVALID_DATA",
        INVALID,
        at.formatted("id") + ",'owner_status':'deleted'");
    assertThat(get(ann).path("status").asString()).isEqualTo("active");
  }

  private void refused(Answer answer, String code, String message, String details) {
    answer.hasStatus(400);
    answer.itemIsError("transfer_and_delete", 0, code, message, json(details));
  }

  @Test
  void callsAreChecked() {
    api.post(PATH, json("'transfer_and_delete':[{},{}]"))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            json(
                "'maximum_length':1,'api_name':'transfer_and_delete','json_path':'$.transfer_and_delete'"));
    for (String unknown : List.of("5", "x")) {
      api.post(
              "/crm/v8/users/" + unknown + "/actions/transfer_and_delete",
              json("'transfer_and_delete':[{" + all(bob) + "}]"))
          .isError(400, "INVALID_DATA", INVALID, json("'resource_path_index':1"));
    }
    api.get(PATH)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            json("'param_name':'job_id'"));
    api.get(PATH + "?job_id=x")
        .isError(400, "INVALID_DATA", "invalid data", json("'param_name':'job_id'"));
    api.get(PATH + "?job_id=5").hasStatus(204).hasNoBody();
    Api other =
        org.api(
            TestUsers.create(org, "other@example.com", "Administrator", "active", true),
            TestOrg.ALL_SCOPES);
    String missing = json("'permissions':['Crm_Implied_Manage_Users']");
    other
        .post(PATH, json("'transfer_and_delete':[{'id':'" + ann + "'," + all(bob) + "}]"))
        .isError(403, "NO_PERMISSION", "permission denied", missing);
    other.get(PATH + "?job_id=5").isError(403, "NO_PERMISSION", "permission denied", missing);
    org.api(org.adminId(), "ZohoCRM.users.READ")
        .post(PATH, "{}")
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
  }
}
