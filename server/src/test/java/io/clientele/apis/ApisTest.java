package io.clientele.apis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /__apis. Reference: List of Available APIs. */
@Proves("GET /crm/{version}/__apis")
class ApisTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  private Answer filtered(String filter) {
    return api.get("/crm/v8/__apis?filters=" + Api.encode(filter));
  }

  private static String filter(String field, String value) {
    return """
        {"field":{"api_name":"%s"},"comparator":"equals","value":"%s"}"""
        .formatted(field, value);
  }

  private static List<String> paths(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/__apis")
        .valueStream()
        .map(one -> one.path("path").asString())
        .toList();
  }

  @Test
  void everyRouteIsListedWithItsScope() {
    Answer answer = api.get("/crm/v8/__apis");
    assertThat(paths(answer))
        .contains("/crm/v8/Leads", "/crm/v8/Leads/{{id}}", "/crm/v8/users", "/crm/v8/__apis")
        .doesNotContain("/crm/v8/Activities")
        .doesNotHaveDuplicates();
    for (JsonNode one : answer.at("/__apis")) {
      one.path("operation_types")
          .forEach(
              Shape.of(
                      "method: text, oauth_scope: text, max_credits: integer, min_credits: integer")
                  ::check);
    }
    assertThat(paths(api.get("/crm/v2/__apis"))).contains("/crm/v2/Activities");
  }

  @Test
  void apisOfAModuleAMethodOrAScope() {
    assertThat(paths(filtered(filter("module", "Leads"))))
        .isNotEmpty()
        .allMatch(path -> path.startsWith("/crm/v8/Leads"));
    for (JsonNode one :
        filtered(filter("operation_types.method", "POST")).hasStatus(200).at("/__apis")) {
      one.path("operation_types")
          .forEach(operation -> assertThat(operation.path("method").asString()).isEqualTo("POST"));
    }
    assertThat(paths(filtered(filter("operation_types.oauth_scope", "settings"))))
        .contains("/crm/v8/settings/fields")
        .doesNotContain("/crm/v8/Leads");
    filtered(filter("module", "Nothing")).hasStatus(204).hasNoBody();
  }

  @Test
  void otherFiltersAreInvalid() {
    filtered("{")
        .isError(
            400,
            "INVALID_DATA",
            "Invalid JSON passed as parameter",
            "{\"expected_data_type\":\"jsonobject\",\"param_name\":\"filters\"}");
    filtered(filter("path", "x"))
        .isError(
            400,
            "INVALID_DATA",
            "The given api_name seems to be invalid",
            "{\"api_name\":\"api_name\",\"json_path\":\"$.field.api_name\",\"param_name\":\"filters\"}");
    filtered(filter("operation_types.method", "get"))
        .isError(
            400,
            "INVALID_DATA",
            "The given method value is not supported",
            "{\"api_name\":\"value\",\"json_path\":\"$.value\",\"param_name\":\"filters\"}");
    filtered("{\"field\":{\"api_name\":\"module\"},\"comparator\":\"like\",\"value\":\"x\"}")
        .isError(
            400,
            "INVALID_DATA",
            "The given comparator is not supported",
            "{\"api_name\":\"comparator\",\"json_path\":\"$.comparator\",\"param_name\":\"filters\"}");
    filtered("{\"field\":{\"api_name\":\"module\"},\"comparator\":\"equals\"}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"value\",\"json_path\":\"$.value\",\"param_name\":\"filters\"}");
    filtered("[]").hasStatus(400);
    filtered("{\"field\":1,\"comparator\":2,\"value\":3}").hasStatus(400);
  }

  @Test
  void theScopeIsNeeded() {
    ORG.api(ORG.adminId(), "ZohoCRM.org.READ").get("/crm/v8/__apis").hasStatus(401);
  }
}
