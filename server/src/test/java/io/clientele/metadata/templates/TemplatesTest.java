package io.clientele.metadata.templates;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Email and inventory templates. Reference: Email Templates, Inventory Templates. */
@Proves({
  "GET /crm/{version}/settings/email_templates",
  "GET /crm/{version}/settings/email_templates/{template}",
  "GET /crm/{version}/settings/inventory_templates",
  "GET /crm/{version}/settings/inventory_templates/{template}",
  "POST /clientele/v1/settings/email_templates",
  "PUT /clientele/v1/settings/email_templates",
  "DELETE /clientele/v1/settings/email_templates",
  "POST /clientele/v1/settings/inventory_templates",
  "PUT /clientele/v1/settings/inventory_templates",
  "DELETE /clientele/v1/settings/inventory_templates"
})
class TemplatesTest {
  private static final String SCOPES =
      TestOrg.ALL_SCOPES + ",ZohoCRM.templates.email.READ,ZohoCRM.templates.inventory.READ";
  private static final TestOrg ORG = TestOrg.create();
  private static final String CRM = "/crm/v8/settings/";
  private static final String OWN = "/clientele/v1/settings/";

  private final Api api = ORG.api(ORG.adminId(), SCOPES);

  private static Answer create(Api api, String noun, String keys) {
    return api.post(OWN + noun, "{\"" + noun + "\":[{" + keys + "}]}");
  }

  private static String email(String name, String more) {
    return "\"name\":\"%s\",\"module\":{\"api_name\":\"Leads\"},\"subject\":\"S\",\"content\":\"C\"%s"
        .formatted(name, more);
  }

  private static String created(Api api, String noun, String keys) {
    return create(api, noun, keys).hasStatus(201).at("/" + noun + "/0/details/id").asString();
  }

  private static List<String> names(Answer list, String noun) {
    return list.hasStatus(200)
        .at("/" + noun)
        .valueStream()
        .map(one -> one.path("name").asString())
        .toList();
  }

  @Test
  void anEmailTemplateIsAuthoredAndRead() {
    String id =
        created(
            api,
            "email_templates",
            """
            "name":"Hello","module":{"api_name":"Leads"},"editor_mode":"plain_text",
            "folder":{"name":"Greetings"},"favorite":true,"consent_linked":false,
            "subject":"Hi ${Leads.Last Name}",
            "content":"<p>${!Leads.Company} ${Users.Email} ${Leads.Lead Owner} ${unsubscribe}</p>\"""");
    JsonNode one = api.get(CRM + "email_templates/" + id).hasStatus(200).at("/email_templates/0");
    Shape.of(
            """
            id: id, name: text, created_time: time, modified_time: time, last_usage_time: time?,
            category: text, folder: object, module: object, created_by: object,
            modified_by: object, editor_mode: text, favorite: flag, attachments: array?,
            subject: text, associated: flag, active: flag, consent_linked: flag,
            last_version_statistics: object, content: text""")
        .check(one);
    assertThat(one.at("/folder/name").asString()).isEqualTo("Greetings");
    assertThat(one.at("/module/api_name").asString()).isEqualTo("Leads");
    assertThat(one.path("favorite").asBoolean()).isTrue();
    assertThat(one.path("category").asString()).isEqualTo("normal");
    Answer list = api.get(CRM + "email_templates?module=Leads&category=favorite").hasStatus(200);
    assertThat(list.at("/email_templates/0").has("content")).isFalse();
    assertThat(list.at("/info/more_records").asBoolean(true)).isFalse();
    Answer changed =
        api.put(
            OWN + "email_templates",
            """
            {"email_templates":[{"id":"%s","subject":"Bye","favorite":false,"category":"draft",
              "folder":{"id":"%s"}}]}"""
                .formatted(id, one.at("/folder/id").asString()));
    assertThat(changed.hasStatus(200).at("/email_templates/0/message").asString())
        .isEqualTo("email template updated");
    JsonNode after = api.get(CRM + "email_templates/" + id).at("/email_templates/0");
    assertThat(after.path("subject").asString()).isEqualTo("Bye");
    assertThat(after.path("favorite").asBoolean(true)).isFalse();
    assertThat(after.path("category").asString()).isEqualTo("draft");
    api.delete(OWN + "email_templates?ids=" + id).hasStatus(200);
    api.get(CRM + "email_templates/" + id).hasStatus(204);
    api.get(CRM + "email_templates/abc").hasStatus(204);
    api.delete(OWN + "email_templates?ids=" + id)
        .hasStatus(400)
        .itemIsError(
            "email_templates", 0, "INVALID_DATA", "invalid data", "{\"id\":\"" + id + "\"}");
  }

  @Test
  void anInventoryTemplateIsAuthoredAndRead() {
    String id =
        created(
            api,
            "inventory_templates",
            """
            "name":"Offer","module":{"api_name":"Quotes"},"editor_mode":"gallery",
            "content":"Type ${!Quotes.Subject} ${!Quotes.Account_Name.Phone} ${Accounts.Phone}\"""");
    Answer one = api.get(CRM + "inventory_templates/" + id).hasStatus(200);
    Shape.of(
            """
            id: id, name: text, created_time: time, modified_time: time, last_usage_time: time?,
            category: text, folder: object, module: object, created_by: object,
            modified_by: object, editor_mode: text, favorite: flag, content: text""")
        .check(one.at("/inventory_templates/0"));
    assertThat(one.at("/inventory_templates/0/folder/name").asString())
        .isEqualTo("Public Templates");
    assertThat(names(api.get(CRM + "inventory_templates?module=Quotes"), "inventory_templates"))
        .containsExactly("Offer");
    api.get(CRM + "inventory_templates?module=Invoices").hasStatus(204).hasNoBody();
    api.get(CRM + "inventory_templates?module=Leads")
        .isError(
            400,
            "INVALID_DATA",
            "The module name provided is invalid.",
            "{\"param_name\":\"module\"}");
    create(
            api,
            "inventory_templates",
            "\"name\":\"X\",\"module\":{\"api_name\":\"Leads\"},\"content\":\"c\"")
        .itemIsError(
            "inventory_templates",
            0,
            "INVALID_DATA",
            "invalid data",
            """
            {"api_name":"api_name","json_path":"$.inventory_templates[0].module.api_name"}""");
  }

  @Test
  void listsAreSortedFilteredAndPaged() {
    TestOrg org = TestOrg.create();
    Api admin = org.api(org.adminId(), SCOPES);
    admin.get(CRM + "email_templates").hasStatus(204).hasNoBody();
    for (String name : List.of("b", "A", "c")) {
      created(admin, "email_templates", email(name, ""));
    }
    String list = CRM + "email_templates";
    assertThat(names(admin.get(list + "?sort_by=name&sort_order=asc"), "email_templates"))
        .containsExactly("A", "b", "c");
    assertThat(names(admin.get(list), "email_templates")).containsExactly("c", "A", "b");
    assertThat(names(admin.get(list + "?sort_by=last_usage_time"), "email_templates"))
        .containsExactly("c", "A", "b");
    Answer page = admin.get(list + "?sort_by=name&sort_order=asc&per_page=2&page=2");
    assertThat(names(page, "email_templates")).containsExactly("c");
    assertThat(page.at("/info/page").asInt()).isEqualTo(2);
    assertThat(names(admin.get(list + "?category=created_by_me"), "email_templates")).hasSize(3);
    admin.get(list + "?category=shared_with_me").hasStatus(204);
    String filter =
        """
        {"group_operator":"or","group":[
         {"field":{"api_name":"name"},"comparator":"equal","value":"a"},
         {"field":{"api_name":"name"},"comparator":"starts_with","value":"C"}]}""";
    assertThat(names(admin.get(list + "?filters=" + Api.encode(filter)), "email_templates"))
        .containsExactly("c", "A");
  }

  @Test
  void parametersAreChecked() {
    for (String query : List.of("sort_order=up", "sort_by=id", "category=x", "page=0")) {
      api.get(CRM + "email_templates?" + query)
          .isError(
              400,
              "PATTERN_NOT_MATCHED",
              "Please check whether the input values are correct",
              "{\"param_name\":\"" + query.substring(0, query.indexOf('=')) + "\"}");
    }
    api.get(CRM + "email_templates?module=Nothing")
        .isError(
            400, "INVALID_DATA", "Module not found or not allowed", "{\"param_name\":\"module\"}");
    api.get(CRM + "email_templates?filters=x")
        .isError(
            400, "JSON_PARSE_ERROR", "the JSON cannot be read", "{\"param_name\":\"filters\"}");
    api.get(CRM + "email_templates?filters=" + Api.encode("{\"value\":1e99999999999}"))
        .isError(
            400, "JSON_PARSE_ERROR", "the JSON cannot be read", "{\"param_name\":\"filters\"}");
    api.get(CRM + "email_templates?filters=" + Api.encode("{}"))
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            """
            {"api_name":"field","json_path":"$.filters.field","param_name":"filters"}""");
    api.get(
            CRM
                + "email_templates?filters="
                + Api.encode("{\"field\":{\"api_name\":\"id\"},\"comparator\":\"equal\"}"))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"api_name":"api_name","json_path":"$.filters.field.api_name","param_name":"filters",
             "supported_values":["name","subject","category","editor_mode"]}""");
    ORG.api()
        .get(CRM + "email_templates")
        .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${Leads.Nothing}",
        "${Invoices.Subject}",
        "${!Leads.Owner_Name}",
        "${Nothing.Last Name}",
      })
  void mergeFieldsMustBeThere(String field) {
    create(api, "email_templates", email("M", ",\"content\":\"a " + field + "\""))
        .hasStatus(400)
        .itemIsError(
            "email_templates",
            0,
            "INVALID_DATA",
            "invalid data",
            """
            {"merge_field":"%s","api_name":"content",
             "json_path":"$.email_templates[0].content"}"""
                .formatted(field));
  }

  @Test
  void filesGoWithAnEmailTemplate() {
    String first = upload(api, "a.txt");
    String second = upload(api, "b.txt");
    String files = ",\"attachments\":[{\"file_id\":\"%s\"},{\"file_id\":\"%s\"}]";
    String id = created(api, "email_templates", email("Files", files.formatted(first, second)));
    JsonNode read = attachments(id);
    Shape.of("size: text, file_name: text, file_id: text, id: id").check(read.get(0));
    assertThat(read.get(0).path("size").asString()).isEqualTo("16");
    assertThat(read.get(0).path("file_name").asString()).isEqualTo("a.txt");
    assertThat(read.get(1).path("file_id").asString()).isEqualTo(second);
    String attachment = read.get(1).path("id").asString();
    Api reader = ORG.api(TestUsers.standard(ORG, "files@example.com"), SCOPES);
    String path = "/crm/v8/files?type=email_template&file_id=" + second;
    String whole = path + "&template_id=" + id + "&attach_id=" + attachment;
    assertThat(reader.download(whole).body()).asString().isEqualTo("content of b.txt");
    reader.get(whole + "1").hasStatus(204);
    reader.get(whole.replace("template_id=", "template_id=1")).hasStatus(204);
    missing(reader, path + "&template_id=" + id, "attach_id", "attachment");
    missing(reader, path + "&attach_id=" + attachment, "template_id", "template");
    missing(reader, "/crm/v8/files?type=email_template", "file_id", "file");

    String third = upload(api, "c.txt");
    change(id, files.formatted(second, third)).hasStatus(200);
    assertThat(attachments(id).get(0).path("id").asString()).isEqualTo(attachment);
    assertThat(attachments(id).get(1).path("file_name").asString()).isEqualTo("c.txt");
    api.get("/crm/v8/files?id=" + first).hasStatus(204);
    change(id, ",\"subject\":\"Other\"").hasStatus(200);
    assertThat(attachments(id).size()).isEqualTo(2);

    String other = upload(reader, "d.txt");
    for (String taken : List.of(second, other)) {
      create(
              api,
              "email_templates",
              email("More", ",\"attachments\":[{\"file_id\":\"" + taken + "\"}]"))
          .hasStatus(400)
          .hasCode("/email_templates/0", "INVALID_DATA");
    }
    change(id, files.formatted(third, third)).hasCode("/email_templates/0", "INVALID_DATA");
    change(id, ",\"attachments\":[" + "{\"file_id\":\"1\"},".repeat(10) + "{\"file_id\":\"1\"}]")
        .hasCode("/email_templates/0", "INVALID_DATA");
    assertThat(attachments(id).size()).isEqualTo(2);
    change(id, ",\"attachments\":null").hasStatus(200);
    assertThat(attachments(id).isNull()).isTrue();
    api.get(whole).hasStatus(204);
    String last = upload(api, "e.txt");
    change(id, ",\"attachments\":[{\"file_id\":\"" + last + "\"}]").hasStatus(200);
    api.delete(OWN + "email_templates?ids=" + id).hasStatus(200);
    api.get("/crm/v8/files?id=" + last).hasStatus(204);
  }

  private static String upload(Api api, String name) {
    return api.upload("/crm/v8/files", Form.file(name, "content of " + name)).savedId(0);
  }

  private Answer change(String id, String keys) {
    return api.put(
        OWN + "email_templates", "{\"email_templates\":[{\"id\":\"" + id + "\"" + keys + "}]}");
  }

  private JsonNode attachments(String id) {
    return api.get(CRM + "email_templates/" + id).at("/email_templates/0/attachments");
  }

  private static void missing(Api api, String path, String name, String word) {
    api.get(path)
        .isError(
            400,
            "INVALID_DATA",
            "required " + word + " id param not found",
            "{\"param_name\":\"" + name + "\"}");
  }

  @Test
  void whatIsWrongIsTold() {
    String at = "{\"api_name\":\"%s\",\"json_path\":\"$.email_templates[0].%s\"}";
    create(api, "email_templates", "\"name\":\"N\"")
        .itemIsError(
            "email_templates",
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            at.formatted("module", "module"));
    create(api, "email_templates", email("N", ",\"active\":\"yes\""))
        .itemIsError(
            "email_templates",
            0,
            "INVALID_DATA",
            "invalid data",
            """
            {"expected_data_type":"boolean","api_name":"active",
             "json_path":"$.email_templates[0].active"}""");
    create(api, "email_templates", email("N", ",\"folder\":{\"id\":\"1\"}"))
        .itemIsError(
            "email_templates", 0, "INVALID_DATA", "invalid data", at.formatted("id", "folder.id"));
    create(api, "email_templates", email("N", ",\"attachments\":[{\"file_id\":\"1\"}]"))
        .itemIsError(
            "email_templates",
            0,
            "INVALID_DATA",
            "invalid data",
            at.formatted("file_id", "attachments[0].file_id"));
    String id = created(api, "email_templates", email("Once", ""));
    create(api, "email_templates", email("ONCE", ""))
        .itemIsError(
            "email_templates", 0, "DUPLICATE_DATA", "duplicate data", at.formatted("name", "name"));
    api.put(
            OWN + "email_templates",
            """
            {"email_templates":[{"id":"%s","module":{"api_name":"Deals"}}]}"""
                .formatted(id))
        .itemIsError(
            "email_templates",
            0,
            "NOT_ALLOWED",
            "the module of a template cannot be changed",
            at.formatted("module", "module"));
    api.put(OWN + "email_templates", "{\"email_templates\":[{\"id\":\"1\"}]}")
        .itemIsError(
            "email_templates", 0, "INVALID_DATA", "invalid data", at.formatted("id", "id"));
    api.post(OWN + "email_templates", "{\"email_templates\":7}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"expected_data_type":"jsonarray","api_name":"email_templates",
             "json_path":"$.email_templates"}""");
    api.delete(OWN + "email_templates")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"ids\"}");
  }

  @Test
  void profilesMayNotManageTemplates() {
    TestOrg org = TestOrg.create();
    Api theirs = org.api(TestUsers.standard(org, "some@example.com"), SCOPES);
    TestUsers.refuse(org, "Standard", "Crm_Implied_Manage_Email_Templates");
    create(theirs, "email_templates", email("N", ""))
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Manage_Email_Templates\"]}");
    theirs.get(CRM + "email_templates").hasStatus(204);
  }
}
