package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The versions of the API and where they differ. Reference: shared/reference/clients.md, section 5.
 */
class VersionsTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @BeforeAll
  static void createLead() {
    ORG.api().post("/crm/v2/Leads", "{\"data\":[{\"Last_Name\":\"Smith\"}]}").hasStatus(201);
  }

  @Test
  void oldVersionsListAllFields() {
    for (String version : List.of("v2", "v2.1")) {
      Answer list = api.get("/crm/" + version + "/Leads").hasStatus(200);
      assertThat(list.at("/data/0/Last_Name").asString()).isEqualTo("Smith");
      assertThat(list.at("/data/0").has("Company")).isTrue();
      assertThat(list.at("/info").propertyNames())
          .containsExactlyInAnyOrder("per_page", "count", "page", "more_records");
    }
  }

  @Test
  void laterVersionsWantFieldsAndGiveTokens() {
    for (String version : List.of("v3", "v4", "v5", "v6", "v7", "v8")) {
      api.get("/crm/" + version + "/Leads").hasStatus(400);
      Answer list = api.get("/crm/" + version + "/Leads?fields=Last_Name").hasStatus(200);
      assertThat(list.at("/info").has("next_page_token")).isTrue();
    }
  }

  @Test
  void otherVersionsAreNotThere() {
    api.get("/crm/v1/Leads").hasStatus(404);
    api.get("/crm/v9/Leads?fields=id").hasStatus(404);
  }
}
