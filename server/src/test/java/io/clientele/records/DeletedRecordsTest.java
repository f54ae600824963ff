package io.clientele.records;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;

/** GET /{module}/deleted. Reference: List of Deleted Records. */
@Proves("GET /crm/{version}/{module}/deleted")
class DeletedRecordsTest {
  private static final String PATH = "/crm/v8/Leads/deleted";
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  private String deleted(String name) {
    String id =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"" + name + "\"}]}").savedId(0);
    api.delete("/crm/v8/Leads/" + id).hasStatus(200);
    return id;
  }

  private void deletedDaysAgo(String id, int days) {
    org.server()
        .installation()
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "update "
                            + org.org().table("deleted_record")
                            + " set deleted_time = deleted_time - make_interval(days => ?)"
                            + " where id = ?",
                        days,
                        Long.parseLong(id))));
  }

  @Test
  void deletedRecordsAreListedLatestFirst() {
    api.get(PATH).hasStatus(204);
    String first = deleted("First");
    String second = deleted("Second");
    deletedDaysAgo(first, 1);
    Answer all = api.get(PATH).hasStatus(200);
    assertThat(all.ids()).containsExactly(second, first);
    assertThat(all.at("/data/0/display_name").asString()).isEqualTo("Second");
    assertThat(all.at("/data/0/type").asString()).isEqualTo("recycle");
    assertThat(all.at("/data/0/deleted_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(all.at("/data/0/created_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(all.at("/data/0/deleted_time").asString()).endsWith("+05:30");
    assertThat(all.at("/info").toString())
        .isEqualTo("{\"per_page\":200,\"count\":2,\"page\":1,\"more_records\":false}");
    Answer page = api.get(PATH + "?page=2&per_page=1").hasStatus(200);
    assertThat(page.ids()).containsExactly(first);
    assertThat(api.get(PATH + "?per_page=1").at("/info/more_records").asBoolean()).isTrue();
    api.get("/crm/v8/Contacts/deleted").hasStatus(204);
  }

  @Test
  void theBinIsEmptiedAndForgottenInTime() {
    String recycled = deleted("New");
    String old = deleted("Old");
    String forgotten = deleted("Forgotten");
    deletedDaysAgo(old, 61);
    deletedDaysAgo(forgotten, 121);
    assertThat(api.get(PATH + "?type=recycle").ids()).containsExactly(recycled);
    Answer permanent = api.get(PATH + "?type=permanent").hasStatus(200);
    assertThat(permanent.ids()).containsExactly(old);
    assertThat(permanent.at("/data/0/type").asString()).isEqualTo("permanent");
    assertThat(permanent.at("/data/0/deleted_by").isNull()).isTrue();
    assertThat(permanent.at("/data/0/display_name").isNull()).isTrue();
    assertThat(api.get(PATH + "?type=all").ids()).containsExactly(recycled, old);
  }

  @Test
  void onlyLaterOnesAreAskedFor() {
    String old = deleted("Old");
    deletedDaysAgo(old, 10);
    String recent = deleted("Recent");
    String since = java.time.OffsetDateTime.now().minusDays(5).toString();
    assertThat(api.get(PATH, "If-Modified-Since", since).ids()).containsExactly(recent);
    api.get(PATH, "If-Modified-Since", "2099-01-01T00:00:00Z").hasStatus(304);
  }

  @Test
  void wrongParametersAreRefused() {
    String message = "Please check whether the input values are correct";
    for (String query : new String[] {"type=some", "page=0", "per_page=201", "page=x"}) {
      String name = query.substring(0, query.indexOf('='));
      api.get(PATH + "?" + query)
          .isError(400, "PATTERN_NOT_MATCHED", message, "{\"param_name\":\"" + name + "\"}");
    }
    api.get("/crm/v8/Nowhere/deleted")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
  }
}
