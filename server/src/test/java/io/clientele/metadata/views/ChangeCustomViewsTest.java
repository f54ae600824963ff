package io.clientele.metadata.views;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Changes of custom views. Reference: CustomView creation, update, Sort Order, Delete. */
@Proves({
  "POST /crm/{version}/settings/custom_views",
  "PUT /crm/{version}/settings/custom_views",
  "PUT /crm/{version}/settings/custom_views/{view}",
  "PUT /crm/{version}/settings/custom_views/actions/change_sort",
  "PUT /crm/{version}/settings/custom_views/{view}/actions/change_sort",
  "DELETE /crm/{version}/settings/custom_views"
})
class ChangeCustomViewsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String VIEWS = "/crm/v8/settings/custom_views";
  private static final String FIELDS = "\"fields\":[{\"api_name\":\"Last_Name\"}]";

  private final Api api = ORG.api();

  private Answer create(Api api, String keys) {
    return api.post(VIEWS + "?module=Leads", "{\"custom_views\":[{" + keys + "}]}");
  }

  private String created(Api api, String keys) {
    return create(api, keys).hasStatus(201).at("/custom_views/0/details/id").asString();
  }

  private String created(String name, String more) {
    return created(api, "\"name\":\"" + name + "\",\"access_type\":\"public\"," + FIELDS + more);
  }

  private JsonNode one(Api api, String id) {
    return api.get(VIEWS + "/" + id + "?module=Leads").hasStatus(200).at("/custom_views/0");
  }

  private Answer put(Api api, String path, String keys) {
    return api.put(VIEWS + path + "?module=Leads", "{\"custom_views\":[{" + keys + "}]}");
  }

  private static Answer isRow(Answer answer, int row, String code, String message, String details) {
    return answer.itemIsError("custom_views", row, code, message, details);
  }

  private String fieldId(String name) {
    return Long.toString(ORG.metadata().get("Leads").field(name).orElseThrow().id());
  }

  private String systemView(int place) {
    return Long.toString(ORG.metadata().get("Leads").customViews().get(place).id());
  }

  @Test
  void aCreatedViewIsRead() {
    String city = fieldId("City");
    String id =
        created(
            "Cities",
            """
            ,"locked":false,"wrap_text":true,"favorite":3,
            "sort_by":{"api_name":"Created_Time","id":"%s"},"sort_order":"desc",
            "fields":[{"api_name":"Last_Name","_pin":true,"_width":120},{"id":"%s"}],
            "criteria":{"field":{"api_name":"City","id":"%s"},"comparator":"contains","value":"e",
              "type":"value"}"""
                .formatted(fieldId("Created_Time"), city, city));
    JsonNode view = one(api, id);
    assertThat(view.path("name").asString()).isEqualTo("Cities");
    assertThat(view.path("display_value").asString()).isEqualTo("Cities");
    assertThat(view.path("category").asString()).isEqualTo("created_by_me");
    assertThat(view.path("access_type").asString()).isEqualTo("public");
    assertThat(view.path("system_defined").asBoolean(true)).isFalse();
    assertThat(view.path("favorite").asInt()).isEqualTo(3);
    assertThat(view.at("/sort_by/api_name").asString()).isEqualTo("Created_Time");
    assertThat(view.path("sort_order").asString()).isEqualTo("desc");
    assertThat(view.at("/fields/0/_pin").asBoolean()).isTrue();
    assertThat(view.at("/fields/0/_width").asInt()).isEqualTo(120);
    assertThat(view.at("/fields/1/api_name").asString()).isEqualTo("City");
    assertThat(view.at("/criteria/field/id").asString()).isEqualTo(city);
    assertThat(view.at("/created_by/id").asString()).isEqualTo("" + ORG.adminId());
    assertThat(view.path("created_time").isString()).isTrue();
    Answer favourites = api.get(VIEWS + "?module=Leads&favourite=true").hasStatus(200);
    assertThat(favourites.at("/custom_views/0/id").asString()).isEqualTo(id);
    assertThat(CustomViews.using(ORG.metadata().get("Leads"), field("City")))
        .extracting(found -> Long.toString(found.id()))
        .contains(id);
  }

  private static io.clientele.metadata.Field field(String name) {
    return ORG.metadata().get("Leads").field(name).orElseThrow();
  }

  @Test
  void someAreKeptAndSomeAreNot() {
    created("Twice", "");
    Answer answer =
        api.post(
            VIEWS + "?module=Leads",
            """
            {"custom_views":[{"name":"twice","access_type":"public",%1$s},
              {"name":"Once","access_type":"public",%1$s}]}"""
                .formatted(FIELDS));
    answer.hasStatus(207);
    isRow(
        answer,
        0,
        "DUPLICATE_DATA",
        "duplicate data",
        "{\"api_name\":\"name\",\"json_path\":\"$.custom_views[0].name\"}");
    assertThat(answer.at("/custom_views/1/message").asString()).isEqualTo("custom view created");
  }

  @Test
  void whatIsWrongWithANewViewIsTold() {
    String required = "required field not found";
    String at = "{\"api_name\":\"%s\",\"json_path\":\"$.custom_views[0].%s\"}";
    isRow(
        create(api, "\"access_type\":\"public\"," + FIELDS).hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        required,
        at.formatted("name", "name"));
    isRow(
        create(api, "\"name\":\"A\"," + FIELDS).hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        required,
        at.formatted("access_type", "access_type"));
    isRow(
        create(api, "\"name\":\"A\",\"access_type\":\"public\"").hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        required,
        at.formatted("fields", "fields"));
    isRow(
        create(api, "\"name\":\"A<b>\",\"access_type\":\"public\"," + FIELDS),
        0,
        "INVALID_DATAS",
        "Special Characters are not allowed",
        at.formatted("name", "name"));
    isRow(
        create(api, "\"name\":7,\"access_type\":\"public\"," + FIELDS),
        0,
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"text","api_name":"name","json_path":"$.custom_views[0].name"}""");
    isRow(
        create(api, "\"name\":\"A\",\"access_type\":\"public\",\"fields\":{}"),
        0,
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonarray","api_name":"fields",
         "json_path":"$.custom_views[0].fields"}""");
    isRow(
        create(api, "\"name\":\"A\",\"access_type\":\"mine\"," + FIELDS),
        0,
        "INVALID_DATA",
        "invalid data",
        """
        {"supported_values":["shared","public","only_to_me"],"api_name":"access_type",
         "json_path":"$.custom_views[0].access_type"}""");
    isRow(
        create(
            api,
            "\"name\":\"A\",\"access_type\":\"public\",\"fields\":[{\"api_name\":\"Nothing\"}]"),
        0,
        "INVALID_DATA",
        "invalid data",
        at.formatted("api_name", "fields[0].api_name"));
    isRow(
        create(api, "\"name\":\"A\",\"access_type\":\"public\",\"favorite\":0," + FIELDS),
        0,
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"favorite\"}");
    isRow(
        create(
            api,
            "\"name\":\"A\",\"access_type\":\"public\",\"sort_by\":{\"api_name\":\"Tag\"},"
                + FIELDS),
        0,
        "INVALID_DATA",
        "invalid data",
        at.formatted("api_name", "sort_by.api_name"));
    String many =
        IntStream.range(0, 251).mapToObj(i -> "{\"id\":\"1\"}").collect(Collectors.joining(","));
    isRow(
        create(api, "\"name\":\"A\",\"access_type\":\"public\",\"fields\":[" + many + "]"),
        0,
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{\"limit\":250,\"api_name\":\"fields\",\"json_path\":\"$.custom_views[0].fields\"}");
    isRow(
        create(api, "\"name\":\"" + "n".repeat(51) + "\",\"access_type\":\"public\"," + FIELDS),
        0,
        "INVALID_DATA",
        "invalid data",
        "{\"maximum_length\":50,\"api_name\":\"name\",\"json_path\":\"$.custom_views[0].name\"}");
  }

  @Test
  void theModuleAndTheBodyMustBeThere() {
    String body = "{\"custom_views\":[{\"name\":\"A\",\"access_type\":\"public\"," + FIELDS + "}]}";
    api.post(VIEWS, body)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.post(VIEWS + "?module=Nothing", body)
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.post(VIEWS + "?module=Leads", "[]")
        .isError(400, "INVALID_DATA", "body", "{\"expected_data_type\":\"jsonobject\"}");
    api.put(VIEWS + "/actions/change_sort?module=Leads", "{\"custom_views\":{}}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"expected_data_type":"jsonarray","api_name":"custom_views",
             "json_path":"$.custom_views"}""");
    ORG.api(ORG.adminId(), "ZohoCRM.settings.custom_views.READ")
        .post(VIEWS + "?module=Leads", body)
        .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
  }

  @Test
  void manyAndOneAreUpdated() {
    String id = created("Before", ",\"sort_by\":{\"api_name\":\"City\"}");
    assertThat(one(api, id).path("sort_order").asString()).isEqualTo("asc");
    put(api, "", "\"id\":\"" + id + "\",\"name\":\"Between\",\"sort_by\":null").hasStatus(200);
    assertThat(one(api, id).path("name").asString()).isEqualTo("Between");
    assertThat(one(api, id).path("sort_by").isNull()).isTrue();
    Answer answer = put(api, "/" + id, "\"name\":\"After\"").hasStatus(200);
    assertThat(answer.at("/custom_views/0/message").asString()).isEqualTo("custom view updated");
    assertThat(one(api, id).path("name").asString()).isEqualTo("After");
    isRow(
        put(api, "", "\"id\":\"1\",\"name\":\"X\"").hasStatus(400),
        0,
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"id\",\"json_path\":\"$.custom_views[0].id\"}");
    isRow(
        put(api, "", "\"name\":\"X\"").hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"id\",\"json_path\":\"$.custom_views[0].id\"}");
    put(api, "/1", "\"name\":\"X\"")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
    isRow(
        put(api, "/" + id, "\"name\":\"All Leads\"").hasStatus(400),
        0,
        "DUPLICATE_DATA",
        "duplicate data",
        "{\"api_name\":\"name\",\"json_path\":\"$.custom_views[0].name\"}");
  }

  @Test
  void viewsOfTheSystemKeepWhatTheyAre() {
    String id = systemView(1);
    isRow(
        put(api, "/" + id, "\"name\":\"Mine\"").hasStatus(400),
        0,
        "NOT_ALLOWED",
        "the action is not allowed",
        "{\"api_name\":\"name\",\"json_path\":\"$.custom_views[0].name\"}");
    put(api, "/" + id, "\"fields\":[{\"api_name\":\"City\"}],\"favorite\":9").hasStatus(200);
    assertThat(one(api, id).path("fields")).hasSize(1);
    assertThat(one(api, id).path("favorite").asInt()).isEqualTo(9);
    put(api, "/" + id, "\"favorite\":null").hasStatus(200);
    assertThat(one(api, id).path("favorite").isNull()).isTrue();
    isRow(
        api.delete(VIEWS + "?module=Leads&ids=" + id).hasStatus(400),
        0,
        "NOT_ALLOWED",
        "System defined custom views cannot be deleted",
        "{\"id\":\"" + id + "\",\"associations\":[]}");
  }

  @Test
  void theSortOrderChanges() {
    String id = created("Sorted", "");
    put(
            api,
            "/actions/change_sort",
            "\"id\":\"%s\",\"sort_order\":\"desc\",\"sort_by\":{\"api_name\":\"Full_Name\",\"id\":\"%s\"}"
                .formatted(id, fieldId("Full_Name")))
        .hasStatus(200);
    assertThat(one(api, id).at("/sort_by/api_name").asString()).isEqualTo("Full_Name");
    assertThat(one(api, id).path("sort_order").asString()).isEqualTo("desc");
    String sorting = "\"sort_by\":{\"api_name\":\"City\"},\"sort_order\":\"asc\"";
    put(api, "/" + id + "/actions/change_sort", sorting).hasStatus(200);
    assertThat(one(api, id).at("/sort_by/api_name").asString()).isEqualTo("City");
    put(api, "/" + systemView(0) + "/actions/change_sort", sorting).hasStatus(200);
    assertThat(one(api, systemView(0)).at("/sort_by/api_name").asString()).isEqualTo("City");
    Answer mixed =
        api.put(
            VIEWS + "/actions/change_sort?module=Leads",
            "{\"custom_views\":[{\"id\":\"%s\",%s},{\"id\":\"1\",%s}]}"
                .formatted(id, sorting, sorting));
    isRow(
        mixed.hasStatus(207),
        1,
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"id\",\"json_path\":\"$.custom_views[1].id\"}");
    isRow(
        put(
                api,
                "/" + id + "/actions/change_sort",
                "\"sort_by\":{\"api_name\":\"Nothing\"},\"sort_order\":\"asc\"")
            .hasStatus(400),
        0,
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"api_name\",\"json_path\":\"$.custom_views[0].sort_by.api_name\"}");
    isRow(
        put(api, "/" + id + "/actions/change_sort", "\"sort_by\":{\"api_name\":\"City\"}"),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"sort_order\",\"json_path\":\"$.custom_views[0].sort_order\"}");
    put(api, "/1/actions/change_sort", sorting)
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
  }

  @Test
  void deletedViewsAreGone() {
    String id = created("Short lived", "");
    Answer answer = api.delete(VIEWS + "?module=Leads&ids=" + id + ",12").hasStatus(207);
    assertThat(answer.at("/custom_views/0/message").asString()).isEqualTo("deleted successfully");
    isRow(
        answer,
        1,
        "INVALID_DATA",
        "The provided CustomView is either invalid or already Deleted",
        "{\"id\":\"12\"}");
    api.get(VIEWS + "/" + id + "?module=Leads").hasStatus(400);
    api.get("/crm/v8/Leads?fields=City&cvid=" + id)
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"cvid\"}");
    api.delete(VIEWS + "?module=Leads")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"ids\"}");
    String many =
        IntStream.range(0, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));
    api.delete(VIEWS + "?module=Leads&ids=" + many)
        .isError(400, "LIMIT_EXCEEDED", "limit exceeded", "{\"limit\":100,\"param_name\":\"ids\"}");
  }

  @Test
  void viewsAreSeenByThoseTheyAreFor() {
    long someone = TestUsers.standard(ORG, "someone@example.com");
    long other = TestUsers.standard(ORG, "other@example.com");
    Api theirs = ORG.api(someone, TestOrg.ALL_SCOPES);
    Api others = ORG.api(other, TestOrg.ALL_SCOPES);
    String mine =
        created(theirs, "\"name\":\"Only mine\",\"access_type\":\"only_to_me\"," + FIELDS);
    String shared =
        created(
            theirs,
            """
            "name":"For one","access_type":"shared",%s,
            "shared_to":[{"id":"%s","type":"users"}]"""
                .formatted(FIELDS, other));
    one(theirs, mine);
    others.get(VIEWS + "/" + mine + "?module=Leads").hasStatus(400);
    others.get("/crm/v8/Leads?fields=City&cvid=" + mine).hasStatus(400);
    theirs.get("/crm/v8/Leads?fields=City&cvid=" + mine).hasStatus(204);
    assertThat(one(others, shared).path("category").asString()).isEqualTo("shared_with_me");
    assertThat(one(api, mine).path("category").asString()).isEqualTo("other_users_views");
    isRow(
        put(others, "", "\"id\":\"" + shared + "\",\"name\":\"Taken\"").hasStatus(403),
        0,
        "NO_PERMISSION",
        "permission denied",
        "{\"api_name\":\"id\",\"json_path\":\"$.custom_views[0].id\"}");
    put(others, "/" + shared, "\"favorite\":1").hasStatus(200);
    assertThat(one(theirs, shared).path("favorite").isNull()).isTrue();
    put(theirs, "/" + shared, "\"locked\":true").hasStatus(200);
    put(others, "/" + shared, "\"fields\":[{\"api_name\":\"City\"}]")
        .isError(
            403,
            "NO_PERMISSION",
            "Permission denied. Locked custom views cannot be customized.",
            "{\"resource_path_index\":2}");
    put(theirs, "/" + shared, "\"access_type\":\"only_to_me\"").hasStatus(200);
    assertThat(one(theirs, shared).path("shared_to").isNull()).isTrue();
    others.get(VIEWS + "/" + shared + "?module=Leads").hasStatus(400);
  }

  @Test
  void rolesAreSharedWithThoseBelow() {
    long below = TestUsers.standard(ORG, "below@example.com");
    Api theirs = ORG.api(below, TestOrg.ALL_SCOPES);
    String ceo =
        Long.toString(
            java.util.Objects.requireNonNull(ORG.metadata().userName(ORG.adminId())).roleId());
    String keys =
        """
        "name":"Role %s","access_type":"shared",%s,
        "shared_to":[{"id":"%s","type":"roles","subordinates":%s}]""";
    String alone = created(api, keys.formatted("alone", FIELDS, ceo, false));
    String all = created(api, keys.formatted("all", FIELDS, ceo, true));
    theirs.get(VIEWS + "/" + alone + "?module=Leads").hasStatus(400);
    assertThat(one(theirs, all).at("/shared_to/0/name").asString()).isEqualTo("CEO");
    isRow(
        create(api, "\"name\":\"S\",\"access_type\":\"shared\"," + FIELDS),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"shared_to\",\"json_path\":\"$.custom_views[0].shared_to\"}");
    for (String type : List.of("users", "roles", "groups", "territories")) {
      isRow(
          create(
              api,
              "\"name\":\"S\",\"access_type\":\"shared\",\"shared_to\":[{\"id\":\"1\",\"type\":\""
                  + type
                  + "\"}],"
                  + FIELDS),
          0,
          "INVALID_DATA",
          "invalid data",
          "{\"api_name\":\"id\",\"json_path\":\"$.custom_views[0].shared_to[0].id\"}");
    }
  }

  @Test
  void profilesMayNotManageViews() {
    TestOrg org = TestOrg.create();
    long user = TestUsers.standard(org, "narrow@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Manage_CustomViews");
    Api theirs = org.api(user, TestOrg.ALL_SCOPES);
    create(theirs, "\"name\":\"A\",\"access_type\":\"public\"," + FIELDS)
        .isError(
            401,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Manage_CustomViews\"]}");
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    put(theirs, "/1/actions/change_sort", "\"sort_order\":\"asc\"")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_View_Leads\"]}");
  }

  @Test
  void aModuleHasOnlySoManyViews() {
    TestOrg org = TestOrg.create();
    long module = org.metadata().get("Leads").id();
    var installation = org.server().installation();
    installation
        .changes()
        .change(
            org.orgId(),
            org.adminId(),
            change -> {
              change
                  .tx()
                  .update(
                      io.clientele.db.Sql.sql(
                          "insert into "
                              + org.org().table("setting")
                              + " (id, noun, parent_id, api_name, body) select n, 'custom_view', ?,"
                              + " 'View ' || n, '{\"system_defined\": false}'"
                              + " from generate_series(1, 1000) n",
                          module));
              change.touch();
              return true;
            });
    isRow(
        create(org.api(), "\"name\":\"A\",\"access_type\":\"public\"," + FIELDS).hasStatus(400),
        0,
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{}");
  }
}
