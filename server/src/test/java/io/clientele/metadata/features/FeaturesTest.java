package io.clientele.metadata.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /__features. Reference: Features API, User Licenses Count. */
@Proves({
  "GET /crm/{version}/__features",
  "GET /crm/{version}/__features/user_licenses",
  "GET /crm/{version}/__features/{feature}"
})
class FeaturesTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape FEATURE =
      Shape.of(
          """
          api_name: text, feature_label: text, module_supported: flag, parent_feature: object?,
          details: object?, components: array?""");

  private final Api api = ORG.api();

  @Test
  void featuresHaveTheDocumentedKeys() {
    Answer answer = api.get("/crm/v8/__features").hasStatus(200);
    answer.at("/__features").forEach(FEATURE::check);
    Shape.of("per_page: integer, count: integer, page: integer, more_records: flag")
        .check(answer.at("/info"));
  }

  @Test
  void featuresByNameAndByModule() {
    Answer named = api.get("/crm/v8/__features?api_names=global_picklists,team_spaces");
    assertThat(named.at("/__features")).hasSize(2);
    for (JsonNode feature : api.get("/crm/v8/__features?module=Leads").at("/__features")) {
      assertThat(feature.path("module_supported").asBoolean()).isTrue();
    }
    api.get("/crm/v8/__features?api_names=nothing").hasStatus(204).hasNoBody();
    assertThat(api.get("/crm/v8/__features?per_page=3&page=2").at("/__features")).hasSize(3);
  }

  @Test
  void oneFeature() {
    Answer one = api.get("/crm/v8/__features/global_picklists").hasStatus(200);
    assertThat(one.at("/__features/0/details/limits/edition_limit").isInt()).isTrue();
    api.get("/crm/v8/__features/nothing").hasStatus(204).hasNoBody();
  }

  @Test
  void anUnknownModuleIsInvalid() {
    for (String path : new String[] {"/__features", "/__features/global_picklists"}) {
      api.get("/crm/v8" + path + "?module=Nothing")
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"param_name\":\"module\"}");
    }
  }

  @Test
  void licencesCountActiveUsers() {
    JsonNode before = api.get("/crm/v8/__features/user_licenses").at("/__features/0");
    FEATURE.check(before);
    int used = before.at("/details/used_count/total").asInt();
    TestUsers.standard(ORG, "licence@example.com");
    JsonNode after = api.get("/crm/v8/__features/user_licenses").at("/__features/0/details");
    assertThat(after.at("/used_count/total").asInt()).isEqualTo(used + 1);
    assertThat(after.at("/limits/total").asInt())
        .isEqualTo(used + 1 + after.at("/available_count/total").asInt());
  }

  @Test
  void theScopeIsNeeded() {
    ORG.api(ORG.adminId(), "ZohoCRM.org.READ").get("/crm/v8/__features").hasStatus(401);
  }
}
