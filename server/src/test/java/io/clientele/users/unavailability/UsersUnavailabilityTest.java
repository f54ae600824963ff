package io.clientele.users.unavailability;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Settings;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When users are away. References: Users' Unavailability, User's Unavailable. */
@Proves({
  "GET /crm/{version}/settings/users_unavailability",
  "GET /crm/{version}/settings/users_unavailability/{id}",
  "POST /crm/{version}/settings/users_unavailability",
  "PUT /crm/{version}/settings/users_unavailability",
  "PUT /crm/{version}/settings/users_unavailability/{id}",
  "DELETE /crm/{version}/settings/users_unavailability/{id}"
})
class UsersUnavailabilityTest {
  private static final String PATH = "/crm/v8/settings/users_unavailability";
  private static final String NOUN = "users_unavailability";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final long ann = TestUsers.standard(org, "ann@example.com");
  private final Api asAnn = org.api(ann, TestOrg.ALL_SCOPES);

  private static String json(String text) {
    return "{" + text.replace('\'', '"') + "}";
  }

  private static String item(String keys) {
    return json("'users_unavailability':[{" + keys + "}]");
  }

  private static String time(int fromHour, int toHour) {
    return "'from':'2030-01-01T%02d:00:00+00:00','to':'2030-01-01T%02d:00:00+00:00'"
        .formatted(fromHour, toHour);
  }

  private static String add(Api by, String keys) {
    return by.post(PATH, item(keys)).hasStatus(201).at("/" + NOUN + "/0/details/id").asString();
  }

  private static List<String> ids(Api by, String query) {
    Answer answer = by.get(PATH + query);
    return answer.text().isEmpty()
        ? List.of()
        : answer.at("/" + NOUN).valueStream().map(one -> one.path("id").asString()).toList();
  }

  private static void refused(Answer answer, String code, String message, String details) {
    answer.hasStatus(400).itemIsError(NOUN, 0, code, message, json(details));
  }

  @Test
  void aUserIsAwayAndAdministratorsSeeIt() {
    Answer answer = asAnn.post(PATH, item(time(8, 9) + ",'comments':'Dentist'")).hasStatus(201);
    assertThat(answer.at("/" + NOUN + "/0/message").asString())
        .isEqualTo("Unavailability created successfully.");
    String id = answer.at("/" + NOUN + "/0/details/id").asString();
    JsonNode one = api.get(PATH + "/" + id).hasStatus(200).at("/" + NOUN + "/0");
    assertThat(one.path("comments").asString()).isEqualTo("Dentist");
    assertThat(one.path("from").asString()).isEqualTo("2030-01-01T13:30:00+05:30");
    assertThat(one.path("to").asString()).isEqualTo("2030-01-01T14:30:00+05:30");
    assertThat(one.at("/user/name").asString()).isEqualTo("Doe");
    assertThat(one.at("/user").has("zuid")).isFalse();
    String mine = add(api, time(8, 9) + ",'user':{'id':'" + org.adminId() + "'}");
    String hers = add(api, time(10, 11) + ",'user':{'id':'" + ann + "','name':'x'}");
    assertThat(ids(api, "")).containsExactly(id, mine, hers);
    assertThat(ids(asAnn, "")).containsExactly(id, hers);
    asAnn.get(PATH + "/" + mine).hasStatus(204).hasNoBody();
    Answer page = api.get(PATH + "?per_page=2&include_inner_details=user.zuid");
    assertThat(page.at("/info/more_records").asBoolean()).isTrue();
    assertThat(page.at("/" + NOUN + "/0/user/zuid").asString()).isEqualTo(Long.toString(ann));
    assertThat(ids(api, "?per_page=2&page=2")).containsExactly(hers);
    api.get(PATH + "?include_inner_details=x")
        .isError(
            400,
            "PATTERN_NOT_MATCHED",
            "Please check whether the input values are correct",
            json("'api_name':'include_inner_details'"));
  }

  @Test
  void timesAreChangedAndTakenAway() {
    String first = add(asAnn, time(8, 9) + ",'comments':'a'");
    String second = add(asAnn, time(10, 11));
    asAnn
        .put(PATH + "/" + first, item("'to':'2030-01-01T09:30:00Z','comments':null"))
        .hasStatus(200);
    JsonNode one = asAnn.get(PATH + "/" + first).at("/" + NOUN + "/0");
    assertThat(one.path("to").asString()).isEqualTo("2030-01-01T09:30:00+00:00");
    assertThat(one.path("from").asString()).isEqualTo("2030-01-01T08:00:00+00:00");
    assertThat(one.path("comments").isNull()).isTrue();
    String many =
        json(
            "'users_unavailability':[{'id':'%s','comments':'b'},{'id':'%s','comments':'c'},{'id':'5'},{'comments':'d'}]"
                .formatted(first, second));
    asAnn
        .put(PATH, many)
        .hasStatus(207)
        .itemIsError(
            NOUN,
            2,
            "INVALID_DATA",
            "the id given seems to be invalid",
            json("'api_name':'id','json_path':'$.users_unavailability[2].id'"))
        .itemIsError(
            NOUN,
            3,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            json("'api_name':'id','json_path':'$.users_unavailability[3].id'"));
    assertThat(asAnn.get(PATH + "/" + second).at("/" + NOUN + "/0/comments").asString())
        .isEqualTo("c");
    assertThat(
            asAnn
                .delete(PATH + "/" + first)
                .hasStatus(200)
                .at("/" + NOUN + "/0/message")
                .asString())
        .isEqualTo("Unavailability deleted Successfully");
    assertThat(ids(asAnn, "")).containsExactly(second);
    for (String unknown : List.of(first, "x")) {
      String details = json("'resource_path_index':2");
      String message = "the id given seems to be invalid";
      asAnn.delete(PATH + "/" + unknown).isError(400, "INVALID_DATA", message, details);
      asAnn
          .put(PATH + "/" + unknown, item("'comments':'x'"))
          .isError(400, "INVALID_DATA", message, details);
      asAnn.get(PATH + "/" + unknown).hasStatus(204);
    }
  }

  @Test
  void whatIsWrongIsRefused() {
    for (String key : List.of("from", "to")) {
      refused(
          api.post(PATH, item(time(8, 9).replace("'" + key + "'", "'x'"))),
          "MANDATORY_NOT_FOUND",
          "required field not found",
          place(key));
      refused(
          api.post(PATH, item(time(8, 9).replace("'" + key + "':'2030", "'" + key + "':'x"))),
          "INVALID_DATA",
          "invalid data",
          "'expected_data_type':'datetime'," + place(key));
    }
    refused(api.post(PATH, item(time(9, 9))), "INVALID_DATA", "invalid data", place("to"));
    refused(
        api.post(PATH, item(time(8, 9) + ",'comments':'" + "x".repeat(251) + "'")),
        "INVALID_DATA",
        "invalid data",
        "'maximum_length':250," + place("comments"));
    refused(
        api.post(PATH, item(time(8, 9) + ",'user':{'id':'5'}")),
        "INVALID_DATA",
        "invalid data",
        "'api_name':'id','json_path':'$.users_unavailability[0].user.id'");
    String first = add(api, time(8, 10));
    String taken = "the user is unavailable at that time already";
    refused(
        api.post(PATH, item(time(9, 11))),
        "INVALID_DATA",
        taken,
        place("from") + ",'id':'" + first + "'");
    String second = add(api, time(10, 11));
    refused(
        api.put(PATH + "/" + second, item("'from':'2030-01-01T09:59:00Z'")),
        "INVALID_DATA",
        taken,
        place("from") + ",'id':'" + first + "'");
    asAnn
        .post(PATH, item(time(20, 21) + ",'user':{'id':'" + org.adminId() + "'}"))
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            json("'permissions':['Crm_Implied_Manage_Users']"));
    assertThat(ids(api, "")).containsExactly(first, second);
    org.api(org.adminId(), "ZohoCRM.settings.users_unavailability.READ")
        .post(PATH, item(time(1, 2)))
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    assertThat(ids(org.api(ann, "ZohoCRM.settings.users_unavailability.READ"), "")).isEmpty();
    org.api(ann, "ZohoCRM.settings.users_unavailability.WRITE")
        .post(PATH, item(time(1, 2)))
        .hasStatus(201);
  }

  private static String place(String name) {
    return "'api_name':'%s','json_path':'$.users_unavailability[0].%s'".formatted(name, name);
  }

  @Test
  void timesAreFiltered() {
    String first = add(api, time(1, 2));
    String second = add(api, time(3, 4));
    String third = add(api, time(5, 6));
    assertThat(
            filter("'comparator':'equal','field':{'api_name':'to'},'value':'2030-01-01T02:00:00Z'"))
        .containsExactly(first);
    assertThat(
            filter(
                "'comparator':'between','field':{'api_name':'from'},'value':['2030-01-01T03:00:00Z','2030-01-01T05:00:00Z']"))
        .containsExactly(second, third);
    String from = "{'comparator':'%s','field':{'api_name':'from'},'value':'2030-01-01T03:00:00Z'}";
    assertThat(filter(inner(from.formatted("greater_than")))).containsExactly(third);
    assertThat(filter(inner(from.formatted("greater_equal")))).containsExactly(second, third);
    assertThat(filter(inner(from.formatted("less_than")))).containsExactly(first);
    assertThat(filter(inner(from.formatted("less_equal")))).containsExactly(first, second);
    assertThat(filter(inner(from.formatted("not_equal")))).containsExactly(first, third);
    String or =
        "'group_operator':'or','group':["
            + from.formatted("less_than")
            + ","
            + from.formatted("greater_than")
            + "]";
    assertThat(filter(or)).containsExactly(first, third);
    assertThat(filter(or.replace("'or'", "'and'"))).isEmpty();
    String wrong = "'param_name':'filters'";
    wrongFilter(
        "'field':{'api_name':'id'}",
        "'api_name':'api_name','json_path':'$.filters.field.api_name'," + wrong);
    wrongFilter(
        "'field':{'api_name':'from'},'comparator':'like'",
        "'api_name':'comparator','json_path':'$.filters.comparator'," + wrong);
    wrongFilter(
        "'field':{'api_name':'from'},'comparator':'equal','value':'x'",
        "'api_name':'value','json_path':'$.filters.value',"
            + wrong
            + ",'expected_data_type':'datetime'");
    wrongFilter(
        "'group':[],'group_operator':'or'",
        "'api_name':'group','json_path':'$.filters.group'," + wrong);
    wrongFilter(
        "'group':[{}],'group_operator':'nor'",
        "'api_name':'group_operator','json_path':'$.filters.group_operator'," + wrong);
    api.get(PATH + "?filters=" + Api.encode("{"))
        .isError(400, "INVALID_DATA", "invalid data", json(wrong));
  }

  private static String inner(String object) {
    return object.substring(1, object.length() - 1);
  }

  private List<String> filter(String keys) {
    return ids(api, "?filters=" + Api.encode(json(keys)));
  }

  private void wrongFilter(String keys, String details) {
    api.get(PATH + "?filters=" + Api.encode(json(keys)))
        .isError(400, "INVALID_DATA", "invalid data", json(details));
  }

  @Test
  void usersAreChosenByRoleGroupAndTerritory() {
    String mine = add(api, time(1, 2));
    String hers = add(asAnn, time(3, 4));
    JsonNode admin = api.get("/crm/v8/users/" + org.adminId()).at("/users/0/role/id");
    JsonNode other = api.get("/crm/v8/users/" + ann).at("/users/0/role/id");
    assertThat(ids(api, "?role_ids=" + admin.asString())).containsExactly(mine);
    assertThat(ids(api, "?role_ids=" + admin.asString() + "," + other.asString()))
        .containsExactly(mine, hers);
    long group = insert("user_group (id, name)", "'Group'");
    insertMember("user_group_source (group_id, type, source_id)", group + ", 'users', " + ann);
    long territory = insert("territory (id, name, permission_type)", "'North', 'read_only'");
    insertMember("territory_user (territory_id, user_id)", territory + ", " + ann);
    assertThat(ids(api, "?group_ids=" + group)).containsExactly(hers);
    assertThat(ids(api, "?territory_ids=" + territory)).containsExactly(hers);
    assertThat(ids(api, "?group_ids=5")).isEmpty();
    for (String parameter : List.of("group_ids", "role_ids", "territory_ids")) {
      api.get(PATH + "?" + parameter + "=1,x")
          .isError(
              400,
              "INVALID_DATA",
              "Ids should be Long value with comma separated",
              json("'index':1,'param_name':'" + parameter + "'"));
    }
    api.delete("/crm/v8/users/" + ann).hasStatus(200);
    assertThat(ids(api, "")).containsExactly(mine);
  }

  private long insert(String table, String values) {
    long id =
        org.server()
            .installation()
            .database()
            .write(tx -> Settings.nextIds(tx, org.org(), 1).getFirst());
    insertMember(table, id + ", " + values);
    return id;
  }

  private void insertMember(String table, String values) {
    org.change(sql("insert into " + org.org().schema() + "." + table + " values (" + values + ")"));
  }
}
