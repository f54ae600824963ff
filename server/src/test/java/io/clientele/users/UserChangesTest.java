package io.clientele.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users are added, changed and deleted. References: Create User, Update User, Delete User. */
@Proves({
  "POST /crm/{version}/users",
  "PUT /crm/{version}/users",
  "PUT /crm/{version}/users/{user}",
  "DELETE /crm/{version}/users/{user}"
})
class UserChangesTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final String manager = id("role", "Manager");
  private final String standard = id("profile", "Standard");

  private String id(String noun, String name) {
    return api.get("/crm/v8/settings/" + noun + "s")
        .at("/" + noun + "s")
        .valueStream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private String email(String name) {
    return name + "." + org.orgId() + "@example.com";
  }

  private static String json(String text) {
    return "{" + text.replace('\'', '"') + "}";
  }

  /** A user to be, with more keys. */
  private String user(String name, String more) {
    return json(
        "'users':[{'first_name':'%s','email':'%s','role':'%s','profile':'%s'%s}]"
            .formatted(name, email(name), manager, standard, more));
  }

  private String added(String name, String more) {
    return api.post("/crm/v8/users", user(name, more))
        .hasStatus(201)
        .at("/users/0/details/id")
        .asString();
  }

  private Answer put(String id, String keys) {
    return api.put("/crm/v8/users/" + id, json("'users':[{" + keys + "}]"));
  }

  private JsonNode get(String id) {
    return api.get("/crm/v8/users/" + id).at("/users/0");
  }

  private void refused(Answer answer, String code, String message, String details) {
    answer.hasStatus(400).itemIsError("users", 0, code, message, details);
  }

  private String confirmed(String name) {
    return Long.toString(TestUsers.standard(org, name + "@example.com"));
  }

  private Api as(String id) {
    return org.api(Long.parseLong(id), TestOrg.ALL_SCOPES);
  }

  @Test
  void aUserIsAddedWithWhatIsSaidAndIsInvited() {
    Answer answer =
        api.post(
                "/crm/v8/users",
                json(
                    "'users':[{'first_name':'Ann','last_name':'Lee','email':'%s','role':{'name':'x','id':'%s'},'profile':{'id':'%s'},'phone':'1','dob':'1990-12-31','number_separator':'space','decimal_separator':'COMMA','name_format__s':'Saluation,Last Name,First Name','time_zone':'US/Samoa','locale':'de_DE','date_format':'dd.MM.yyyy','Reporting_To':{'id':'%d'},'customize_info':{'show_home':true}}]"
                        .formatted(email("ann"), manager, standard, org.adminId())))
            .hasStatus(201);
    assertThat(answer.at("/users/0/message").asString()).isEqualTo("User added");
    assertThat(answer.at("/users/0/details/invitation_url").asString())
        .startsWith(org.server().url() + "/accounts/invitation?code=");
    JsonNode user = get(answer.at("/users/0/details/id").asString());
    assertThat(user.path("full_name").asString()).isEqualTo("Lee Ann");
    assertThat(user.path("status").asString()).isEqualTo("active");
    assertThat(user.path("confirm").asBoolean()).isFalse();
    assertThat(user.path("zuid").isNull()).isTrue();
    assertThat(user.at("/role/name").asString()).isEqualTo("Manager");
    assertThat(user.at("/profile/name").asString()).isEqualTo("Standard");
    assertThat(user.at("/Reporting_To/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(user.at("/Invited_By__s/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(user.path("Invited_Time__s").asString()).endsWith("+05:30");
    assertThat(user.path("number_separator").asString()).isEqualTo("Space");
    assertThat(user.path("decimal_separator").asString()).isEqualTo("Comma");
    assertThat(user.path("time_zone").asString()).isEqualTo("US/Samoa");
    assertThat(user.at("/customize_info/show_home").asBoolean()).isTrue();
    assertThat(user.at("/customize_info/show_detail_view").asBoolean()).isTrue();
    assertThat(api.get("/crm/v8/users?type=NotConfirmedUsers").at("/users")).hasSize(1);
  }

  @Test
  void whatAUserNeedsMustBeThere() {
    for (String key : List.of("email", "first_name", "role", "profile")) {
      String body = user("bob", "").replace("\"" + key + "\"", "\"other\"");
      refused(
          api.post("/crm/v8/users", body),
          "MANDATORY_NOT_FOUND",
          "required field not found",
          "{\"api_name\":\"%s\",\"json_path\":\"$.users[0].%s\"}".formatted(key, key));
    }
    String two = json("'users':[{},{}]");
    api.post("/crm/v8/users", two)
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"users\",\"json_path\":\"$.users\"}");
    assertThat(api.get("/crm/v8/users/actions/count").at("/count").asInt()).isEqualTo(1);
  }

  @Test
  void valuesAreChecked() {
    invalid("'time_zone':'Mars'", "time_zone", "Give a proper time zone value");
    invalid("'last_name':'<b>'", "last_name", "Special Characters Found");
    invalid("'time_format':'noon'", "time_format", "Pattern not matched");
    invalid("'date_format':'x'", "date_format", "Pattern not matched");
    invalid("'status':'deleted'", "status", "Pattern not matched");
    invalid("'distance_preference__s':'Feet'", "distance_preference__s", "Pattern not matched");
    invalid("'website':'a b'", "website", "Pattern not matched");
    invalid("'locale':'xx_YY'", "locale", "INVALID_DATA");
    invalid("'language':'klingon'", "language", "Give a proper language code");
    invalid("'name_format__s':'First Name'", "name_format__s", "Valid name format should be given");
    invalid(
        "'sort_order_preference__s':'x'",
        "sort_order_preference__s",
        "Valid sort order preference should be given");
    invalid(
        "'number_separator':'x'",
        "number_separator",
        "Invalid data. Valid values are Comma/Period/Space (Not case-sensitive)");
    invalid(
        "'decimal_separator':'Space'",
        "decimal_separator",
        "Invalid data. Valid values are Comma/Period (Not case-sensitive)");
    refused(
        api.post("/crm/v8/users", user("eve", ",'number_separator':'Period'")),
        "MAPPING_MISMATCH",
        "the number separator and decimal separator values should not be same",
        "{\"mapped_field\":{\"api_name\":\"number_separator\",\"json_path\":\"$.users[0].number_separator\"},\"api_name\":\"decimal_separator\",\"json_path\":\"$.users[0].decimal_separator\"}");
    refused(
        api.post("/crm/v8/users", user("eve", "").replace(email("eve"), "eve")),
        "INVALID_DATA",
        "Invalid Email Id. Please choose a different email id",
        "{\"api_name\":\"email\"}");
    refused(
        api.post("/crm/v8/users", user("eve", ",'phone':5")),
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"text\",\"api_name\":\"phone\",\"json_path\":\"$.users[0].phone\"}");
    refused(
        api.post("/crm/v8/users", user("e".repeat(51), "")),
        "INVALID_DATA",
        "invalid data",
        "{\"maximum_length\":50,\"api_name\":\"first_name\",\"json_path\":\"$.users[0].first_name\"}");
    refused(
        api.post("/crm/v8/users", user("eve", ",'dob':'1990'")),
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"date\",\"api_name\":\"dob\",\"json_path\":\"$.users[0].dob\"}");
    assertThat(api.get("/crm/v8/users/actions/count").at("/count").asInt()).isEqualTo(1);
  }

  private void invalid(String keys, String name, String message) {
    refused(
        api.post("/crm/v8/users", user("eve", "," + keys)), "INVALID_DATA", message, place(name));
  }

  private static String place(String name) {
    return "{\"api_name\":\"%s\",\"json_path\":\"$.users[0].%s\"}".formatted(name, name);
  }

  @Test
  void whatOnlyTheServerSetsAndWhatThereIsNotIsRefused() {
    notAdded(
        "'created_by':{'id':'1'}",
        "NOT_SUPPORTED",
        "Created by & Modified by fields cannot be updated by api",
        place("created_by"));
    notAdded(
        "'type__s':'Team User'",
        "NOT_SUPPORTED",
        "type__s is cannot be updated by api",
        place("type__s"));
    notAdded(
        "'type__s':'Digital Employee'",
        "NOT_ALLOWED",
        "The specified user type is not allowed",
        place("type__s"));
    notAdded(
        "'$current_shift':{'id':'1'}",
        "INVALID_REQUEST",
        "Invalid current shift id",
        "{\"api_name\":\"$current_shift\",\"json_path\":\"$.users[0].$current_shift.id\"}");
    notAdded(
        "'$next_shift':{'id':'1'}",
        "INVALID_REQUEST",
        "Invalid next shift id",
        "{\"api_name\":\"$next_shift\",\"json_path\":\"$.users[0].$next_shift.id\"}");
    notAdded(
        "'$shift_effective_from':'2030-01-01'",
        "DEPENDENT_MISMATCH",
        "Dependent Field value should not be null",
        "{\"dependee\":{\"api_name\":\"$next_shift\",\"json_path\":\"$.users[0].$next_shift\"},\"api_name\":\"$shift_effective_from\",\"json_path\":\"$.users[0].$shift_effective_from\"}");
    notAdded(
        "'share_among_subordinates':true",
        "FEATURE_NOT_AVAILABLE",
        "Share among Subordinates Feature is not available",
        "{}");
    String body = user("eve", "");
    refused(
        api.post("/crm/v8/users", body.replace(standard, manager)),
        "INVALID_DATA",
        "INVALID_DATA",
        place("profile"));
    refused(
        api.post("/crm/v8/users", body.replace(manager, standard)),
        "INVALID_DATA",
        "INVALID_DATA",
        place("role"));
  }

  private void notAdded(String keys, String code, String message, String details) {
    refused(api.post("/crm/v8/users", user("eve", "," + keys)), code, message, details);
  }

  @Test
  void managersAreAboveThoseWhoReportToThem() {
    String first = added("first", "");
    String second = added("second", ",'Reporting_To':'" + first + "'");
    String top = added("top", "").isEmpty() ? "" : Long.toString(org.adminId());
    String invalid = "invalid data";
    String self = "{\"expected_data_type\":\"ReportingTo Id should not be the same as userId\"}";
    refused(reports(first, first), "INVALID_DATA", invalid, self);
    refused(
        reports(first, second),
        "INVALID_DATA",
        "the reporting manager must be superior in reporting hierarchy",
        "{\"api_name\":\"id\",\"json_path\":\"$.users[0].Reporting_To.id\"}");
    refused(
        reports(first, standard),
        "INVALID_DATA",
        invalid,
        "{\"expected_data_type\":\"Invalid Reporting Manager\"}");
    refused(
        reports(first, "x"),
        "INVALID_DATA",
        invalid,
        "{\"expected_data_type\":\"Valid userid should be given\"}");
    reports(first, top).hasStatus(200);
    refused(
        put(first, "'role':'" + id("role", "CEO") + "','Reporting_To':{'id':'" + second + "'}"),
        "INVALID_DATA",
        "Reporting manager should be from parent roles or from the same role to which the current"
            + " user belongs",
        "{\"api_name\":\"Reporting_To\"}");
    String gone = added("gone", "");
    api.delete("/crm/v8/users/" + gone).hasStatus(200);
    refused(
        reports(first, gone),
        "NOT_ALLOWED",
        "the id given seems to be already deleted",
        "{\"api_name\":\"Reporting_To\",\"json_path\":\"$.users[0].Reporting_To.id\"}");
    put(second, "'Reporting_To':null").hasStatus(200);
    assertThat(get(second).path("Reporting_To").isNull()).isTrue();
    assertThat(get(first).at("/Reporting_To/id").asString()).isEqualTo(top);
  }

  private Answer reports(String id, String managerId) {
    return put(id, "'Reporting_To':{'id':'" + managerId + "'}");
  }

  @Test
  void aRoleMustFitThoseWhoReport() {
    String ceo = id("role", "CEO");
    String above = added("above", ",'role':'" + ceo + "'");
    put(above, "'role':'" + ceo + "'").hasStatus(200);
    String below = added("below", "");
    String lower = added("lower", ",'Reporting_To':'" + below + "'");
    assertThat(lower).isNotEmpty();
    put(below, "'role':'" + ceo + "'").hasStatus(200);
    put(lower, "'Reporting_To':'" + below + "'").hasStatus(200);
    Answer answer = put(below, "'role':'" + manager + "'").hasStatus(200);
    assertThat(answer.at("/users/0/code").asString()).isEqualTo("SUCCESS");
    put(lower, "'role':'" + ceo + "'")
        .hasStatus(400)
        .itemIsError(
            "users",
            0,
            "CONFLICTING_DATA_FOUND",
            "the user must be updated with new eligible reporting manager because of changing user"
                + " role",
            place("Reporting_To"));
    put(lower, "'role':'" + ceo + "','Reporting_To':null").hasStatus(200);
    put(below, "'role':'" + ceo + "','Reporting_To':'" + lower + "'").hasStatus(200);
    put(lower, "'role':'" + manager + "'")
        .hasStatus(400)
        .hasCode("/users/0", "CONFLICTING_DATA_FOUND");
  }

  @Test
  void usersAreChangedOneAndMany() {
    String ann = added("ann", "");
    String bob = added("bob", "");
    put(ann, "'phone':'12','last_name':'Lee','first_name':null").hasStatus(200);
    assertThat(get(ann).path("full_name").asString()).isEqualTo("Lee");
    assertThat(get(ann).path("phone").asString()).isEqualTo("12");
    refused(
        put(ann, "'last_name':null"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        place("first_name"));
    Answer both =
        api.put(
            "/crm/v8/users",
            json(
                "'users':[{'id':'%s','city':'Rome'},{'id':'%s','city':'Oslo'},{'city':'x'},{'id':'5'}]"
                    .formatted(ann, bob)));
    both.hasStatus(207)
        .itemIsError("users", 2, "MANDATORY_NOT_FOUND", "required field not found", at("id", 2))
        .itemIsError("users", 3, "INVALID_DATA", "the id given seems to be invalid", at("id", 3));
    assertThat(get(ann).path("city").asString()).isEqualTo("Rome");
    assertThat(get(bob).path("city").asString()).isEqualTo("Oslo");
    assertThat(get(bob).at("/Modified_By/id").asString()).isEqualTo(Long.toString(org.adminId()));
    String eleven = "{},".repeat(11);
    api.put("/crm/v8/users", json("'users':[" + eleven.substring(0, eleven.length() - 1) + "]"))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":10,\"api_name\":\"users\",\"json_path\":\"$.users\"}");
    for (String unknown : List.of("5", "x")) {
      put(unknown, "'city':'x'")
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
  }

  private static String at(String name, int index) {
    return "{\"api_name\":\"%s\",\"json_path\":\"$.users[%d].%s\"}".formatted(name, index, name);
  }

  @Test
  void addressesAreUnique() {
    String ann = added("ann", "");
    String bob = added("bob", "");
    refused(
        api.post("/crm/v8/users", user("ANN", "").replace(email("ANN"), email("Ann"))),
        "DUPLICATE_DATA",
        "Failed to add user since same email id is already present",
        "{}");
    refused(
        put(bob, "'email':'" + email("ann") + "'"),
        "DUPLICATE_DATA",
        "Email already exists",
        place("email"));
    api.delete("/crm/v8/users/" + ann).hasStatus(200);
    Answer moved = put(bob, "'email':'" + email("ann") + "'").hasStatus(200);
    assertThat(moved.at("/users/0/details/invitation_url").asString()).contains("code=");
    assertThat(get(bob).path("email").asString()).isEqualTo(email("ann"));
    refused(
        put(confirmed("carl"), "'email':'" + email("carl") + "'"),
        "EMAIL_UPDATE_NOT_ALOWED",
        "Cannot update email of a confirmed CRM User",
        "{\"api_name\":\"email\"}");
  }

  @Test
  void usersAreDeactivatedAndActivated() {
    String ann = confirmed("ann");
    Api asAnn = as(ann);
    asAnn.get("/crm/v8/users").hasStatus(200);
    put(ann, "'status':'inactive'").hasStatus(200);
    asAnn.get("/crm/v8/users").hasStatus(401).hasCode("", "INVALID_TOKEN");
    JsonNode user = get(ann);
    assertThat(user.path("status").asString()).isEqualTo("inactive");
    assertThat(user.at("/Status_Updated_By__s/id").asString())
        .isEqualTo(Long.toString(org.adminId()));
    assertThat(user.path("Status_Updated_Time__s").asString()).isNotEmpty();
    String about = "{\"id\":\"%s\",\"json_path\":\"$.users[0].id\"}";
    for (String keys : List.of("'status':'inactive'", "'city':'Rome'")) {
      refused(
          put(ann, keys),
          "ID_ALREADY_DEACTIVATED",
          "User is already deactivated",
          about.formatted(ann));
    }
    String lead = json("'data':[{'Last_Name':'L','Owner':{'id':'" + ann + "'}}]");
    api.post("/crm/v8/Leads", lead)
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Owner\",\"json_path\":\"$.data[0].Owner.id\"}");
    put(ann, "'status':'active'").hasStatus(200);
    asAnn.get("/crm/v8/users").hasStatus(200);
    api.post("/crm/v8/Leads", lead).hasStatus(201);
    refused(
        put(ann, "'status':'active'"),
        "ID_ALREADY_ACTIVE",
        "User is already active",
        about.formatted(ann));
  }

  @Test
  void tokensOfUsersWhoWentAreRefusedOnEveryServerAtOnce() {
    try (TestServer one = TestServer.amongOthers();
        TestServer two = TestServer.amongOthers()) {
      for (String change : List.of("deactivate", "delete")) {
        String id = confirmed(change);
        String token = org.token(Long.parseLong(id), TestOrg.ALL_SCOPES);
        String admin = org.token(org.adminId(), TestOrg.ALL_SCOPES);
        var here = new Api(one.url(), token);
        var there = new Api(two.url(), token);
        here.get("/crm/v8/users").hasStatus(200);
        there.get("/crm/v8/users").hasStatus(200);
        var by = new Api(one.url(), admin);
        if (change.equals("delete")) {
          by.delete("/crm/v8/users/" + id).hasStatus(200);
        } else {
          by.put("/crm/v8/users/" + id, json("'users':[{'status':'inactive'}]")).hasStatus(200);
        }
        there.get("/crm/v8/users").hasStatus(401).hasCode("", "INVALID_TOKEN");
        here.get("/crm/v8/users").hasStatus(401).hasCode("", "INVALID_TOKEN");
      }
    }
  }

  @Test
  void licencesLimitActiveUsers() {
    String ann = added("ann", "");
    TestUsers.licences(org, 2);
    refused(
        api.post("/crm/v8/users", user("bob", "")),
        "LICENSE_LIMIT_EXCEEDED",
        "Request exceeds your license limit. Need to upgrade in order to add a user",
        "{}");
    put(ann, "'status':'inactive'").hasStatus(200);
    added("bob", "");
    refused(
        put(ann, "'status':'active'"), "LICENSE_LIMIT_EXCEEDED", "License Limit is Exceeded", "{}");
    assertThat(
            api.get("/crm/v8/__features/user_licenses")
                .at("/__features/0/details/available_count/total")
                .asInt())
        .isZero();
  }

  @Test
  void anOrgKeepsItsPrimaryContactAndAnAdministrator() {
    String admin = Long.toString(org.adminId());
    String other =
        Long.toString(TestUsers.create(org, "other@example.com", "Administrator", "active", true));
    Api asOther = as(other);
    String oneself = "You can't perform this action over logged in user";
    String inactive = json("'users':[{'status':'inactive'}]");
    refused(
        asOther.put("/crm/v8/users/" + admin, inactive),
        "INVALID_REQUEST",
        "Primary Contact cannot be deactivated",
        "{\"id\":\"" + admin + "\",\"json_path\":\"$.users[0].id\"}");
    refused(
        asOther.delete("/crm/v8/users/" + admin),
        "INVALID_REQUEST",
        "Primary contact cannot be deleted",
        "{\"id\":\"" + admin + "\",\"json_path\":\"$.users[0].id\"}");
    refused(asOther.put("/crm/v8/users/" + other, inactive), "INVALID_REQUEST", oneself, "{}");
    refused(asOther.delete("/crm/v8/users/" + other), "INVALID_REQUEST", oneself, "{}");
    for (String keys : List.of("'profile':'" + standard + "'", "'role':'" + manager + "'")) {
      refused(
          put(admin, keys),
          "AUTHORIZATION_FAILED",
          "Profile and Role cannot be Updated by the user.",
          "{}");
    }
    asOther
        .put("/crm/v8/users/" + admin, json("'users':[{'profile':'" + standard + "'}]"))
        .hasStatus(200);
    api.get("/crm/v8/users?type=CurrentUser").hasStatus(200);
    TestUsers.allow(org, "Standard", "Crm_Implied_Manage_Users");
    refused(
        put(other, "'status':'inactive'"),
        "NOT_ALLOWED",
        "You are not allowed to perform this operation.",
        "{\"id\":\"" + other + "\"}");
    refused(
        api.delete("/crm/v8/users/" + other),
        "NOT_ALLOWED",
        "You are not allowed to perform this operation.",
        "{\"id\":\"" + other + "\"}");
  }

  @Test
  void othersChangeOnlyThemselvesOrSubordinates() {
    String ann = confirmed("ann");
    String bob = confirmed("bob");
    Api asAnn = as(ann);
    String missing = "{\"permissions\":[\"Crm_Implied_Manage_Users\"]}";
    asAnn
        .post("/crm/v8/users", user("eve", ""))
        .isError(403, "NO_PERMISSION", "permission denied", missing);
    asAnn
        .put("/crm/v8/users/" + bob, json("'users':[{'city':'x'}]"))
        .isError(403, "NO_PERMISSION", "permission denied", missing);
    asAnn
        .delete("/crm/v8/users/" + bob)
        .isError(403, "NO_PERMISSION", "permission denied", missing);
    asAnn
        .put(
            "/crm/v8/users/" + ann,
            json("'users':[{'city':'Rome','time_zone':'US/Samoa','language':'de_DE'}]"))
        .hasStatus(200);
    assertThat(get(ann).path("time_zone").asString()).isEqualTo("US/Samoa");
    refused(
        asAnn.put("/crm/v8/users/" + ann, json("'users':[{'Reporting_To':'" + bob + "'}]")),
        "AUTHORIZATION_FAILED",
        "Either trial is expired or user does not have sufficient previlege to perform this action",
        "{}");
    TestUsers.allow(org, "Standard", "Crm_Implied_Manage_Subordinate_Users");
    refused(
        asAnn.put("/crm/v8/users/" + bob, json("'users':[{'city':'x'}]")),
        "NOT_ALLOWED",
        "Non subordinate users cannot be updated",
        place("id"));
    put(ann, "'role':'" + id("role", "CEO") + "'").hasStatus(200);
    asAnn.put("/crm/v8/users/" + bob, json("'users':[{'city':'Oslo'}]")).hasStatus(200);
    assertThat(get(bob).path("city").asString()).isEqualTo("Oslo");
  }

  @Test
  void someThingsOnlyTheUserDecides() {
    String ann = confirmed("ann");
    refused(
        put(ann, "'name_format__s':'Last Name,First Name,Salutation'"),
        "NOT_ALLOWED",
        "Cannot update the name_format__s of another User",
        "{\"api_name\":\"name_format__s\"}");
    refused(
        put(ann, "'sort_order_preference__s':'Last Name,First Name'"),
        "NOT_ALLOWED",
        "Cannot update the sort_order_preference__s of another User",
        "{\"api_name\":\"sort_order_preference__s\"}");
    refused(
        put(ann, "'time_zone':'US/Samoa'"),
        "INVALID_DATA",
        "Cannot update the time_zone of another User",
        place("time_zone"));
    refused(
        put(ann, "'language':'de_DE'"),
        "INVALID_DATA",
        "Cannot update the language of another User",
        place("language"));
    put(ann, "'time_zone':'UTC','language':'en_US'").hasStatus(200);
    refused(
        put(added("new", ""), "'customize_info':{'show_home':true}"),
        "FEATURE_NOT_ENABLED",
        "User is not confirmed so customization info can't be updated",
        "{}");
  }

  @Test
  void deletedUsersStayNameable() {
    String ann = confirmed("ann");
    String below = added("below", ",'Reporting_To':'" + ann + "'");
    String lead =
        api.post("/crm/v8/Leads", json("'data':[{'Last_Name':'L','Owner':{'id':'" + ann + "'}}]"))
            .savedId(0);
    api.delete("/crm/v8/users/" + ann).hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Owner/name").asString())
        .isEqualTo("Doe");
    assertThat(api.get("/crm/v8/users?type=DeletedUsers").at("/users/0/id").asString())
        .isEqualTo(ann);
    assertThat(get(ann).path("status").asString()).isEqualTo("deleted");
    assertThat(get(below).path("Reporting_To").isNull()).isTrue();
    refused(
        api.delete("/crm/v8/users/" + ann),
        "ID_ALREADY_DELETED",
        "User is already deleted",
        "{\"json_path\":\"$.users[0].id\",\"id\":\"" + ann + "\"}");
    refused(
        put(ann, "'city':'x'"),
        "CANNOT_UPDATE_DELETED_USER",
        "Deleted user cannot be updated",
        "{}");
    api.delete("/crm/v8/users/5")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":1}");
  }

  @Test
  void scopesAreAskedFor() {
    Api reader = org.api(org.adminId(), "ZohoCRM.users.READ");
    reader
        .post("/crm/v8/users", user("eve", ""))
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    reader.delete("/crm/v8/users/5").hasStatus(401).hasCode("", "OAUTH_SCOPE_MISMATCH");
  }

  @Test
  void oldVersionsHaveOldNames() {
    String id = Long.toString(org.adminId());
    api.put(
            "/crm/v3/users/" + id,
            json("'users':[{'name_format':'Saluation,Last Name,First Name'}]"))
        .hasStatus(200);
    assertThat(get(id).path("full_name").asString()).isEqualTo("Boyle Patricia");
  }
}
