package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files that change records, or add those that are none yet. Reference: Create Bulk Write Job. */
@Proves({
  "POST /crm/bulk/{version}/write",
  "GET /crm/bulk/{version}/write/{job_id}",
  "GET /crm/bulk/{version}/write/{job_id}/result"
})
class BulkUpdateTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Writes writes = new Writes(org, api);

  @Test
  void recordsAreFoundByTheirIds() {
    String one = create("Contacts", "{\"Last_Name\":\"One\",\"Phone\":\"1\",\"Mobile\":\"11\"}");
    String two = create("Contacts", "{\"Last_Name\":\"Two\",\"Phone\":\"2\"}");
    String csv = "id,Last_Name,Phone\n%s,Uno,\nzcrm_%s,,22\n123,X,\n,Y,\n".formatted(one, two);
    assertStatuses(
        writes.write("update", "Contacts", csv, "\"find_by\":\"id\""),
        "UPDATED",
        "SKIPPED MANDATORY_NOT_FOUND-Last_Name",
        "SKIPPED RESOURCE_NOT_FOUND-id",
        "SKIPPED RESOURCE_NOT_FOUND-id");
    JsonNode shown = contact(one);
    assertThat(shown.path("Last_Name").asString()).isEqualTo("Uno");
    assertThat(shown.path("Phone").isNull()).isTrue();
    assertThat(shown.path("Mobile").asString()).isEqualTo("11");
    csv = "id,Last_Name,Phone\n%s,,33\n".formatted(two);
    assertStatuses(
        writes.write("update", "Contacts", csv, "\"find_by\":\"id\",\"ignore_empty\":true"),
        "UPDATED");
    assertThat(contact(two).path("Last_Name").asString()).isEqualTo("Two");
    assertThat(contact(two).path("Phone").asString()).isEqualTo("33");
    csv = "id,Last_Name\n%s,Again\n,New\n".formatted(two);
    assertStatuses(
        writes.write("upsert", "Contacts", csv, "\"find_by\":\"id\""), "UPDATED", "ADDED");
    assertStatuses(
        writes.write("insert", "Contacts", csv, "\"find_by\":\"id\""),
        "SKIPPED DUPLICATE_DATA-id",
        "ADDED");
    assertThat(contact(two).path("Last_Name").asString()).isEqualTo("Again");
  }

  @Test
  void recordsAreFoundByAFieldThatTellsThemApart() {
    String one = create("Leads", "{\"Last_Name\":\"One\",\"Company\":\"A\",\"Email\":\"a@x.com\"}");
    String csv = "Email,Last_Name,Company\nA@X.com,Uno,A\nb@x.com,Dos,B\nb@x.com,Tres,B\n,No,C\n";
    assertStatuses(
        writes.write("update", "Leads", csv, "\"find_by\":\"Email\""),
        "UPDATED",
        "SKIPPED RESOURCE_NOT_FOUND-Email",
        "SKIPPED RESOURCE_NOT_FOUND-Email",
        "SKIPPED RESOURCE_NOT_FOUND-Email");
    List<NamedCsvRecord> rows = writes.write("upsert", "Leads", csv, "\"find_by\":\"Email\"");
    assertStatuses(rows, "UPDATED", "ADDED", "UPDATED", "ADDED");
    assertThat(rows.getFirst().getField("RECORD_ID")).isEqualTo(one);
    assertThat(rows.get(2).getField("RECORD_ID")).isEqualTo(rows.get(1).getField("RECORD_ID"));
    assertThat(
            api.get("/crm/v8/Leads/" + rows.get(1).getField("RECORD_ID"))
                .at("/data/0/Last_Name")
                .asString())
        .isEqualTo("Tres");
    assertStatuses(
        writes.write("insert", "Leads", csv, "\"find_by\":\"Email\""),
        "SKIPPED DUPLICATE_DATA-Email",
        "SKIPPED DUPLICATE_DATA-Email",
        "SKIPPED DUPLICATE_DATA-Email",
        "ADDED");
  }

  @Test
  void whatTheUserMayNotDoIsNotDone() {
    long id = TestUsers.standard(org, "u@example.com");
    TestUsers.allow(org, "Standard", "Crm_Implied_Import_Leads");
    String other = create("Leads", "{\"Last_Name\":\"Mine\",\"Company\":\"A\"}");
    var theirs = new Writes(org, org.api(id, TestOrg.ALL_SCOPES));
    String csv = "id,Last_Name,Company\n%s,Theirs,B\n".formatted(other);
    assertStatuses(
        theirs.write("update", "Leads", csv, "\"find_by\":\"id\""),
        "SKIPPED RESOURCE_NOT_FOUND-id");
    assertThat(api.get("/crm/v8/Leads/" + other).at("/data/0/Last_Name").asString())
        .isEqualTo("Mine");
    List<NamedCsvRecord> rows = theirs.write("insert", "Leads", "Last_Name,Company\nX,Y\n", "");
    assertThat(
            api.get("/crm/v8/Leads/" + rows.getFirst().getField("RECORD_ID"))
                .at("/data/0/Owner/id")
                .asString())
        .isEqualTo(Long.toString(id));
  }

  @Test
  void aPermissionThatIsTakenBackEndsTheJob() {
    long id = TestUsers.standard(org, "v@example.com");
    TestUsers.allow(org, "Standard", "Crm_Implied_Import_Leads");
    var theirs = new Writes(org, org.api(id, TestOrg.ALL_SCOPES));
    String file = theirs.upload("Last_Name,Company\nX,Y\n");
    String job = theirs.create(Writes.body("insert", "Leads", file, ""));
    TestUsers.refuse(org, "Standard", "Crm_Implied_Import_Leads");
    theirs.run();
    JsonNode details = theirs.details(job);
    assertThat(details.path("status").asString()).isEqualTo("FAILED");
    assertThat(details.at("/resource/0/status").asString()).isEqualTo("FAILED");
    assertThat(details.at("/resource/0/code").asString()).isEqualTo("NO_PERMISSION");
    api.get("/crm/v8/Leads?fields=Last_Name").hasStatus(204);
  }

  private static void assertStatuses(List<NamedCsvRecord> rows, String... expected) {
    assertThat(rows)
        .extracting(row -> (row.getField("STATUS") + " " + row.getField("ERRORS")).strip())
        .containsExactly(expected);
  }

  private JsonNode contact(String id) {
    return api.get("/crm/v8/Contacts/" + id).at("/data/0");
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }
}
