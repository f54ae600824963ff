package io.clientele.metadata.unsubscribelinks;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Repository;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reference: Unsubscribe Links, Unsubscribe Link Associations. */
@Proves({
  "GET /crm/{version}/settings/unsubscribe_links",
  "POST /crm/{version}/settings/unsubscribe_links",
  "PUT /crm/{version}/settings/unsubscribe_links",
  "GET /crm/{version}/settings/unsubscribe_links/{link}",
  "PUT /crm/{version}/settings/unsubscribe_links/{link}",
  "DELETE /crm/{version}/settings/unsubscribe_links/{link}",
  "GET /crm/{version}/settings/unsubscribe_link/actions/associations"
})
class UnsubscribeLinksTest {
  private static final Path MIGRATION =
      Repository.root()
          .resolve("server/src/main/resources/db/org/V4__default_unsubscribe_link.sql");

  private static final TestOrg ORG = TestOrg.create();
  private static final String PATH = "/crm/v8/settings/unsubscribe_links";
  private static final String USED = "/crm/v8/settings/unsubscribe_link/actions/associations";
  private static final Shape LINK =
      Shape.of(
          """
          created_time: time, submission_message: text?, modified_time: time,
          submission_redirect_url: text?, page_type: text, custom_location_url: text?,
          modified_by: object, name: text, id: id, created_by: object,
          standard_page_message: text?, submission_action_type: text""");

  private final Api api = ORG.api();

  @Test
  void everyOrgHasTheDefaultLink() {
    Api fresh = TestOrg.create().api();
    Answer list = fresh.get(PATH).hasStatus(200);
    LINK.check(list.at("/unsubscribe_links/0"));
    assertThat(list.at("/unsubscribe_links").size()).isEqualTo(1);
    assertThat(list.at("/unsubscribe_links/0/name").asString()).isEqualTo("Default");
    assertThat(list.at("/unsubscribe_links/0/created_by/name").asString())
        .isEqualTo("Patricia Boyle");
    String id = list.at("/unsubscribe_links/0/id").asString();
    String message = "The given Unsubscribe Link id is Default";
    fresh
        .delete(PATH + "/" + id)
        .isError(400, "NOT_ALLOWED", message, "{\"resource_path_index\":2}");
    fresh
        .put(PATH + "/" + id, wrap("{\"name\":\"x\"}"))
        .isError(400, "NOT_ALLOWED", message, "{\"resource_path_index\":2}");
    fresh
        .put(PATH, wrap("{\"name\":\"x\",\"id\":\"" + id + "\"}"))
        .hasStatus(400)
        .itemIsError("unsubscribe_links", 0, "NOT_ALLOWED", message, at("id"));
    assertThat(fresh.get(PATH).text()).isEqualTo(list.text());
  }

  @Test
  void linksAreCreatedChangedAndDeleted() {
    Answer made =
        api.post(
                PATH,
                wrap(
                    """
                    {"name":"Custom","page_type":"custom","custom_location_url":"https://a.example",
                     "standard_page_message":"unused","submission_action_type":"redirect",
                     "submission_redirect_url":"https://b.example","submission_message":"unused"}"""))
            .hasStatus(201);
    assertThat(made.at("/unsubscribe_links/0/message").asString())
        .isEqualTo("Unsubscribe Link created successfully");
    String id = made.at("/unsubscribe_links/0/details/id").asString();
    JsonNode link = read(id);
    LINK.check(link);
    assertThat(link.path("name").asString()).isEqualTo("Custom");
    assertThat(link.path("custom_location_url").asString()).isEqualTo("https://a.example");
    assertThat(link.path("submission_redirect_url").asString()).isEqualTo("https://b.example");
    assertThat(link.path("standard_page_message").isNull()).isTrue();
    assertThat(link.path("submission_message").isNull()).isTrue();

    Answer changed = api.put(PATH + "/" + id, wrap("{\"name\":\"Renamed\"}")).hasStatus(200);
    assertThat(changed.at("/unsubscribe_links/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + id
                + "\"},\"message\":\"Unsubscribe Link updated successfully\",\"status\":\"success\"}");
    assertThat(read(id).path("name").asString()).isEqualTo("Renamed");
    assertThat(read(id).path("page_type").asString()).isEqualTo("custom");
    api.put(
            PATH,
            wrap(
                "{\"id\":\""
                    + id
                    + "\",\"page_type\":\"standard\",\"submission_action_type\":\"display_message\","
                    + "\"submission_message\":\"Bye\"}"))
        .hasStatus(200);
    assertThat(read(id).path("custom_location_url").isNull()).isTrue();
    assertThat(read(id).path("submission_message").asString()).isEqualTo("Bye");
    assertThat(read(id).path("submission_redirect_url").isNull()).isTrue();

    assertThat(
            api.delete(PATH + "/" + id)
                .hasStatus(200)
                .at("/unsubscribe_links/0/message")
                .asString())
        .isEqualTo("Unsubscribe Link deleted successfully");
    api.get(PATH + "/" + id).hasStatus(204).hasNoBody();
    api.get(PATH + "/x").hasStatus(204);
    for (String gone : List.of(id, "x")) {
      String message = "The given Unsubscribe Link id is not part of Org";
      api.delete(PATH + "/" + gone)
          .isError(400, "INVALID_DATA", message, "{\"resource_path_index\":2}");
      api.put(PATH + "/" + gone, wrap("{\"name\":\"x\"}"))
          .isError(400, "INVALID_DATA", message, "{\"resource_path_index\":2}");
    }
    api.put(PATH, wrap("{\"id\":\"1\",\"name\":\"x\"}"))
        .hasStatus(400)
        .itemIsError(
            "unsubscribe_links",
            0,
            "INVALID_DATA",
            "The given Unsubscribe Link id is not part of Org",
            at("id"));
  }

  @Test
  void wrongLinksAreRefused() {
    String rest =
        "\"page_type\":\"standard\",\"submission_action_type\":\"display_message\","
            + "\"submission_message\":\"m\"";
    missing("{" + rest + "}", "name");
    missing("{\"name\":\"\"," + rest + "}", "name");
    missing("{\"name\":\"n\",\"submission_action_type\":\"redirect\"}", "page_type");
    missing("{\"name\":\"n\",\"page_type\":\"standard\"}", "submission_action_type");
    invalid("{\"name\":5," + rest + "}", "\"expected_data_type\":\"text\"", "name");
    invalid("{\"name\":\"" + "n".repeat(51) + "\"," + rest + "}", "\"maximum_length\":50", "name");
    for (String url : List.of("custom_location_url", "submission_redirect_url")) {
      invalid(
          "{\"name\":\"n\",\"" + url + "\":\"not a website\"," + rest + "}",
          "\"expected_data_type\":\"website\"",
          url);
      invalid(
          "{\"name\":\"n\",\"" + url + "\":\"http://" + "a".repeat(250) + "\"," + rest + "}",
          "\"maximum_length\":250",
          url);
    }
    invalid(
        "{\"name\":\"n\",\"standard_page_message\":\"" + "m".repeat(2001) + "\"," + rest + "}",
        "\"maximum_length\":2000",
        "standard_page_message");
    invalid(
        "{\"name\":\"n\",\"standard_page_message\":[]," + rest + "}",
        "\"expected_data_type\":\"text\"",
        "standard_page_message");
    unsupported("{\"name\":\"n\",\"page_type\":\"x\"}", "page_type", "\"standard\",\"custom\"");
    unsupported(
        "{\"name\":\"n\",\"page_type\":\"standard\",\"submission_action_type\":\"x\"}",
        "submission_action_type",
        "\"display_message\",\"redirect\"");
    dependent("custom_location_url", "https://a.example", "page_type");
    dependent("standard_page_message", "m", "page_type");
    dependent("submission_redirect_url", "https://a.example", "submission_action_type");
    dependent("submission_message", "m", "submission_action_type");
    needed(
        "\"page_type\":\"custom\",\"submission_action_type\":\"display_message\","
            + "\"submission_message\":\"m\"",
        "page_type",
        "custom_location_url");
    needed(
        "\"page_type\":\"standard\",\"submission_action_type\":\"redirect\"",
        "submission_action_type",
        "submission_redirect_url");
    needed(
        "\"page_type\":\"standard\",\"submission_action_type\":\"display_message\"",
        "submission_action_type",
        "submission_message");
    refused(
        "{\"name\":\"DEFAULT\"," + rest + "}",
        "DUPLICATE_DATA",
        "Unsubscribe Link name already exists",
        at("name"));
    api.put(PATH, wrap("{\"name\":\"n\"}"))
        .hasStatus(400)
        .itemIsError(
            "unsubscribe_links", 0, "MANDATORY_NOT_FOUND", "required field not found", at("id"));
    api.put(PATH, wrap("{\"id\":\"x\"}"))
        .hasStatus(400)
        .itemIsError(
            "unsubscribe_links",
            0,
            "INVALID_DATA",
            "invalid data",
            with("\"expected_data_type\":\"bigint\"", at("id")));
    assertThat(api.get(PATH).text()).doesNotContain("\"name\":\"n\"");
  }

  @Test
  void theBodyHasOneLink() {
    String list = "{\"api_name\":\"unsubscribe_links\",\"json_path\":\"$.unsubscribe_links\"}";
    api.post(PATH, "{}").isError(400, "MANDATORY_NOT_FOUND", "required field not found", list);
    api.post(PATH, "{\"unsubscribe_links\":[{},{}]}")
        .isError(400, "INVALID_DATA", "invalid data", list.replace("{", "{\"maximum_length\":1,"));
    api.post(PATH, "[]")
        .isError(400, "INVALID_DATA", "body", "{\"expected_data_type\":\"jsonobject\"}");
  }

  @Test
  void anOrgHasAtMostTenLinks() {
    Api full = TestOrg.create().api();
    for (int i = 1; i < 10; i++) {
      full.post(PATH, link("Link " + i)).hasStatus(201);
    }
    full.post(PATH, link("Eleven"))
        .hasStatus(400)
        .itemIsError(
            "unsubscribe_links",
            0,
            "LIMIT_EXCEEDED",
            "Unsubscribe Link limit exceeded",
            """
            {"limit":10,"limit_due_to":[
              {"api_name":"unsubscribe_links","json_path":"$.unsubscribe_links"}]}""");
    assertThat(full.get(PATH).at("/unsubscribe_links").size()).isEqualTo(10);
  }

  @Test
  void templatesOfMailAreWhereLinksAreUsed() {
    TestOrg org = TestOrg.create();
    Api other = org.api();
    other.get(USED).hasStatus(204).hasNoBody();
    String id = other.post(PATH, link("Used")).at("/unsubscribe_links/0/details/id").asString();
    String template =
        """
        {"email_templates":[{"name":"Update","module":{"api_name":"Leads"},"subject":"S",
          "content":"C","unsubscribe_link":%s}]}""";
    String templates = "/clientele/v1/settings/email_templates";
    String templateId =
        other
            .post(templates, template.formatted("{\"id\":\"" + id + "\"}"))
            .hasStatus(201)
            .at("/email_templates/0/details/id")
            .asString();
    other
        .post(templates, template.formatted("{\"name\":\"Nothing\"}").replace("Update", "Other"))
        .itemIsError(
            "email_templates",
            0,
            "INVALID_DATA",
            "invalid data",
            """
            {"api_name":"name","json_path":"$.email_templates[0].unsubscribe_link.name"}""");
    assertThat(other.get(USED).hasStatus(200).text())
        .isEqualTo(
            "{\"associations\":[{\"id\":\""
                + id
                + "\",\"associated_places\":[{\"resource\":{\"name\":\"Update\",\"id\":\""
                + templateId
                + "\"},\"details\":{\"module\":{\"api_name\":\"Leads\",\"id\":\""
                + org.metadata().get("Leads").id()
                + "\"}},\"type\":\"email_templates\"}]}]}");
    String none =
        "{\"email_templates\":[{\"id\":\"" + templateId + "\",\"unsubscribe_link\":null}]}";
    other.put(templates, none).hasStatus(200);
    other.get(USED).hasStatus(204);
  }

  @Test
  void anOrgOfBeforeGetsTheDefaultLink() throws IOException {
    TestOrg old = TestOrg.create();
    var installation = old.server().installation();
    String migration = Files.readString(MIGRATION);
    installation
        .database()
        .change(
            tx -> {
              tx.update(
                  sql("delete from " + old.org().table("setting") + " where api_name = 'Default'"));
              tx.update(sql("set local search_path to " + old.org().schema()));
              tx.update(sql(migration));
            });
    installation.metadata().forget(old.orgId());
    Answer list = old.api().get(PATH).hasStatus(200);
    assertThat(list.at("/unsubscribe_links")).hasSize(1);
    assertThat(list.at("/unsubscribe_links/0/name").asString()).isEqualTo("Default");
  }

  @Test
  void linksNeedTheirPermission() {
    TestOrg org = TestOrg.create();
    long user = TestUsers.standard(org, "nobody@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Manage_Unsubscribe_Form");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    for (Answer answer :
        List.of(
            other.get(PATH),
            other.get(PATH + "/1"),
            other.post(PATH, link("x")),
            other.put(PATH, link("x")),
            other.put(PATH + "/1", link("x")),
            other.delete(PATH + "/1"),
            other.get(USED))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Manage_Unsubscribe_Form\"]}");
    }
    org.api(org.adminId(), "ZohoCRM.settings.unsubscribe.READ")
        .post(PATH, link("x"))
        .hasStatus(401);
  }

  private JsonNode read(String id) {
    return api.get(PATH + "/" + id).hasStatus(200).at("/unsubscribe_links/0");
  }

  private void missing(String link, String key) {
    refused(link, "MANDATORY_NOT_FOUND", "required field not found", at(key));
  }

  private void invalid(String link, String detail, String key) {
    refused(link, "INVALID_DATA", "invalid data", with("" + detail + "", at(key)));
  }

  private void unsupported(String link, String key, String values) {
    refused(
        link,
        "INVALID_DATA",
        "the given module is not supported in create or update",
        with("\"supported_values\":[" + values + "]", at(key)));
  }

  private void dependent(String key, String value, String kind) {
    refused(
        "{\"name\":\"n\",\"" + key + "\":\"" + value + "\"}",
        "DEPENDENT_FIELD_MISSING",
        "required field not found",
        with("\"dependee\":" + at(key), at(kind)));
  }

  private void needed(String keys, String kind, String key) {
    refused(
        "{\"name\":\"n\"," + keys + "}",
        "DEPENDENT_FIELD_MISSING",
        "Dependent field is missing",
        with("\"dependee\":" + at(kind), at(key)));
  }

  private void refused(String link, String code, String message, String details) {
    api.post(PATH, wrap(link))
        .hasStatus(400)
        .itemIsError("unsubscribe_links", 0, code, message, details);
  }

  private static String with(String detail, String details) {
    return "{" + detail + "," + details.substring(1);
  }

  private static String at(String key) {
    return "{\"api_name\":\"" + key + "\",\"json_path\":\"$.unsubscribe_links[0]." + key + "\"}";
  }

  private static String wrap(String link) {
    return "{\"unsubscribe_links\":[" + link + "]}";
  }

  private static String link(String name) {
    return wrap(
        "{\"name\":\""
            + name
            + "\",\"page_type\":\"standard\",\"submission_action_type\":\"display_message\","
            + "\"submission_message\":\"Bye\"}");
  }
}
