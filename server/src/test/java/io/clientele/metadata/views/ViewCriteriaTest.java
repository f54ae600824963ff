package io.clientele.metadata.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What views select: each comparator, seen through the rows a list answers. */
class ViewCriteriaTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = TestServer.withClock(CLOCK);
  private static final TestOrg ORG = TestOrg.createOn(SERVER);
  private static final Api API = ORG.api();
  private static final LocalDate TODAY =
      LocalDate.ofInstant(CLOCK.instant(), ZoneId.of("Asia/Kolkata"));

  private static String acme = "";
  private static String beta = "";

  @BeforeAll
  static void records() {
    Answer accounts =
        API.post(
                "/crm/v8/Accounts",
                """
                {"data":[{"Account_Name":"Acme","Industry":"Banking"},
                  {"Account_Name":"Beta","Industry":"Farming"}]}""")
            .hasStatus(201);
    acme = accounts.savedId(0);
    beta = accounts.savedId(1);
    API.post(
            "/crm/v8/Deals",
            """
            {"data":[
             {"Deal_Name":"One","Stage":"Qualification","Amount":10,"Closing_Date":"%s",
              "Account_Name":{"id":"%s"},"Next_Step":"call 100%% now"},
             {"Deal_Name":"two","Stage":"Closed Won","Amount":20,"Closing_Date":"%s",
              "Account_Name":{"id":"%s"}},
             {"Deal_Name":"Three","Stage":"Qualification","Amount":30,"Closing_Date":"%s"},
             {"Deal_Name":"Four","Stage":"Qualification","Closing_Date":"%s"}]}"""
                .formatted(
                    TODAY, acme, TODAY.plusDays(1), beta, TODAY.minusDays(1), TODAY.plusDays(400)))
        .hasStatus(201);
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String criterion(String field, String comparator, String value) {
    return "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"%s\",\"value\":%s}"
        .formatted(field, comparator, value);
  }

  private static Answer create(String module, String more) {
    return API.post(
        "/crm/v8/settings/custom_views?module=" + module,
        """
        {"custom_views":[{"name":"%s","access_type":"public","fields":[{"api_name":"id"}],%s}]}"""
            .formatted("V" + CLOCK.hashCode() + Math.abs(more.hashCode()) + module, more));
  }

  /** The names of the records that a view with these keys shows, in order. */
  private static List<String> shown(String module, String name, String more) {
    String id = create(module, more).hasStatus(201).at("/custom_views/0/details/id").asString();
    Answer list = API.get("/crm/v8/" + module + "?fields=" + name + "&cvid=" + id);
    API.delete("/crm/v8/settings/custom_views?module=" + module + "&ids=" + id).hasStatus(200);
    return list.status() == 204
        ? List.of()
        : list.at("/data").valueStream().map(row -> row.path(name).asString()).toList();
  }

  private static void selects(String criteria, String... names) {
    assertThat(
            shown(
                "Deals",
                "Deal_Name",
                "\"criteria\":" + criteria + ",\"sort_by\":{\"api_name\":\"id\"}"))
        .as(criteria)
        .containsExactly(names);
  }

  @Test
  void textsAreComparedWhateverTheirCase() {
    selects(criterion("Deal_Name", "equal", "\"ONE\""), "One");
    selects(criterion("Deal_Name", "equal", "[\"one\",\"TWO\"]"), "One", "two");
    selects(criterion("Deal_Name", "not_equal", "\"one\""), "two", "Three", "Four");
    selects(criterion("Deal_Name", "in", "[\"Four\"]"), "Four");
    selects(criterion("Deal_Name", "not_in", "[\"Four\",\"three\"]"), "One", "two");
    selects(criterion("Deal_Name", "starts_with", "[\"t\",\"f\"]"), "two", "Three", "Four");
    selects(criterion("Deal_Name", "ends_with", "\"E\""), "One", "Three");
    selects(criterion("Deal_Name", "contains", "\"o\""), "One", "two", "Four");
    selects(criterion("Deal_Name", "not_contains", "\"o\""), "Three");
    selects(criterion("Deal_Name", "like", "\"t%e\""), "Three");
    selects(criterion("Deal_Name", "not_like", "\"t%e\""), "One", "two", "Four");
    selects(criterion("Next_Step", "contains", "\"0%\""), "One");
    selects(criterion("Next_Step", "contains", "\"0_\""));
    selects(criterion("Next_Step", "equal", "\"${EMPTY}\""), "two", "Three", "Four");
    selects(criterion("Next_Step", "equal", "\"${NOTEMPTY}\""), "One");
    selects(criterion("Next_Step", "not_contains", "\"call\""), "two", "Three", "Four");
  }

  @Test
  void numbersAreCompared() {
    selects(criterion("Amount", "equal", "20.0"), "two");
    selects(criterion("Amount", "not_equal", "20"), "One", "Three", "Four");
    selects(criterion("Amount", "less_than", "20"), "One");
    selects(criterion("Amount", "less_equal", "20"), "One", "two");
    selects(criterion("Amount", "greater_than", "\"20\""), "Three");
    selects(criterion("Amount", "greater_equal", "20"), "two", "Three");
    selects(criterion("Amount", "between", "[15,25]"), "two");
    selects(criterion("Amount", "not_between", "[15,25]"), "One", "Three", "Four");
    selects(criterion("Amount", "in", "[10,30]"), "One", "Three");
    selects(criterion("Amount", "not_in", "[10,30]"), "two", "Four");
    selects(criterion("Probability", "less_than", "1e30"), "One", "two", "Three", "Four");
  }

  @Test
  void daysAreComparedByNameAndDate() {
    String field = "Closing_Date";
    selects(criterion(field, "equal", "\"${TODAY}\""), "One");
    selects(criterion(field, "equal", "\"${TOMORROW}\""), "two");
    selects(criterion(field, "equal", "\"${YESTERDAY}\""), "Three");
    selects(criterion(field, "equal", "\"${TOMORROWPLUS}\""), "two", "Four");
    selects(criterion(field, "equal", "\"${YESTERDAYMINUS}\""), "Three");
    selects(criterion(field, "equal", "\"${NEXT_N_DAYS:5}\""), "two");
    selects(criterion(field, "equal", "\"${LAST_N_DAYS:5}\""), "Three");
    selects(criterion(field, "equal", "\"${AGEINDAYS}+1\""), "Three");
    selects(criterion(field, "less_equal", "\"${DUEINDAYS}+1\""), "One", "two", "Three");
    selects(criterion(field, "greater_equal", "\"${AGEINDAYS}+0\""), "One", "Three");
    selects(criterion(field, "greater_than", "\"" + TODAY + "\""), "two", "Four");
    selects(criterion(field, "not_equal", "\"" + TODAY + "\""), "two", "Three", "Four");
    selects(
        criterion(field, "between", "[\"%s\",\"%s\"]".formatted(TODAY.minusDays(1), TODAY)),
        "One",
        "Three");
    selects(
        criterion(field, "not_between", "[\"%s\",\"%s\"]".formatted(TODAY.minusDays(1), TODAY)),
        "two",
        "Four");
    selects(criterion("Created_Time", "equal", "\"${TODAY}\""), "One", "two", "Three", "Four");
    selects(criterion("Created_Time", "less_than", "\"2020-01-01T00:00:00+05:30\""));
    selects(criterion(field, "equal", "\"0000-01-01\""));
    for (String word :
        "THISWEEK LASTWEEK NEXTWEEK THISMONTH LASTMONTH NEXTMONTH THISYEAR LASTYEAR NEXTYEAR THISFY PREVFY NEXTFY THISFQ PREVFQ NEXTFQ LAST_N_WEEKS:2 NEXT_N_MONTHS:3 LAST_N_YEARS:9999 NEXT_N_YEARS:9999"
            .split(" ")) {
      create("Deals", "\"criteria\":" + criterion(field, "equal", "\"${" + word + "}\""))
          .hasStatus(201);
    }
  }

  @Test
  void lookupsUsersAndTheirRolesAreCompared() {
    selects(criterion("Account_Name", "equal", "{\"id\":\"" + acme + "\"}"), "One");
    selects(
        criterion(
            "Account_Name", "equal", "[{\"id\":\"%s\"},{\"id\":\"%s\"}]".formatted(acme, beta)),
        "One",
        "two");
    selects(
        criterion("Account_Name", "not_equal", "{\"id\":\"" + acme + "\"}"),
        "two",
        "Three",
        "Four");
    selects(criterion("Account_Name.Industry", "equal", "\"banking\""), "One");
    selects(criterion("Account_Name.Industry", "equal", "\"${EMPTY}\""), "Three", "Four");
    selects(criterion("Owner", "not_equal", "{\"name\":\"${CURRENTUSER}\"}"));
    selects(
        criterion("Owner", "equal", "{\"id\":\"${CURRENTUSERROLE}\",\"name\":\"Role\"}"),
        "One",
        "two",
        "Three",
        "Four");
    String role =
        Long.toString(
            java.util.Objects.requireNonNull(ORG.metadata().userName(ORG.adminId())).roleId());
    selects(
        criterion("Owner", "equal", "{\"id\":\"" + role + "\"}"), "One", "two", "Three", "Four");
    long other = TestUsers.standard(ORG, "other@example.com");
    selects(criterion("Owner", "equal", "{\"id\":\"" + other + "\"}"));
  }

  @Test
  void groupsNest() {
    String one = criterion("Deal_Name", "equal", "\"One\"");
    String two = criterion("Deal_Name", "equal", "\"two\"");
    String cheap = criterion("Amount", "less_than", "20");
    selects(
        "{\"group_operator\":\"and\",\"group\":[%s,{\"group_operator\":\"OR\",\"group\":[%s,%s]}]}"
            .formatted(cheap, one, two),
        "One");
    selects("{\"group_operator\":\"or\",\"group\":[%s,%s]}".formatted(cheap, two), "One", "two");
  }

  @Test
  void flagsTagsAndChoicesAreCompared() {
    API.post(
            "/crm/v8/Products",
            """
            {"data":[{"Product_Name":"Bolt","Product_Active":true,"Tag":[{"name":"Steel"}],
              "Tax":["Vat","Sales Tax"]},
              {"Product_Name":"Nut","Product_Active":false,"Tax":["Vat"]},
              {"Product_Name":"Screw","Product_Active":false}]}""")
        .hasStatus(201);
    String sort = ",\"sort_by\":{\"api_name\":\"Product_Name\"}";
    List<List<String>> cases =
        List.of(
            List.of(criterion("Product_Active", "equal", "true"), "Bolt"),
            List.of(criterion("Product_Active", "not_equal", "true"), "Nut,Screw"),
            List.of(criterion("Tag", "equal", "\"steel\""), "Bolt"),
            List.of(criterion("Tag", "not_contains", "\"tee\""), "Nut,Screw"),
            List.of(criterion("Tax", "equal", "\"Vat\""), "Nut"),
            List.of(criterion("Tax", "equal", "[\"Sales Tax\",\"Vat\"]"), "Bolt"),
            List.of(criterion("Tax", "contains", "[\"Vat\"]"), "Bolt,Nut"),
            List.of(criterion("Tax", "not_in", "[\"Sales Tax\"]"), "Nut,Screw"),
            List.of(criterion("Tax", "starts_with", "\"sales\""), "Bolt"),
            List.of(criterion("Tax", "equal", "\"${EMPTY}\""), "Screw"));
    for (List<String> one : cases) {
      assertThat(shown("Products", "Product_Name", "\"criteria\":" + one.getFirst() + sort))
          .as(one.getFirst())
          .isEqualTo(Arrays.asList(one.get(1).split(",")));
    }
  }

  @Test
  void linksAreCompared() {
    String other = Long.toString(TestUsers.standard(ORG, "member@example.com"));
    String me = Long.toString(ORG.adminId());
    String service =
        """
        {"Service_Name":"%s","Duration":30,"Availability_Type":"Every Business Days","Price":20,
         "Location":"Client Address","Members":[%s]}""";
    String member = "{\"Members\":{\"id\":\"%s\"}}";
    API.post(
            "/crm/v8/Services__s",
            "{\"data\":[%s,%s]}"
                .formatted(
                    service.formatted("Alone", member.formatted(me)),
                    service.formatted(
                        "Both", member.formatted(me) + "," + member.formatted(other))))
        .hasStatus(201);
    String mine = "[{\"id\":\"%s\"}]".formatted(me);
    String theirs = "[{\"id\":\"%s\"}]".formatted(other);
    String both = "[{\"id\":\"%s\"},{\"id\":\"%s\"}]".formatted(me, other);
    List<List<String>> cases =
        List.of(
            List.of("include_all", both, "Both"),
            List.of("include_any", both, "Alone,Both"),
            List.of("include_any", theirs, "Both"),
            List.of("exclude_all", theirs, "Alone"),
            List.of("exclude_all", mine, ""),
            List.of("exclude_any", both, "Alone"),
            List.of("equal", "\"${EMPTY}\"", ""),
            List.of("equal", "\"${NOTEMPTY}\"", "Alone,Both"));
    for (List<String> one : cases) {
      String keys =
          "\"criteria\":"
              + criterion("Members", one.get(0), one.get(1))
              + ",\"sort_by\":{\"api_name\":\"Service_Name\"}";
      assertThat(String.join(",", shown("Services__s", "Service_Name", keys)))
          .as(one.toString())
          .isEqualTo(one.get(2));
    }
  }

  @Test
  void relatedRecordsSelect() {
    String filter =
        """
        "cross_filters":[{"include_objects":%s,"relation":{"api_name":"Deals__r"},
          "criteria":%s}],"sort_by":{"api_name":"Account_Name"}""";
    String open = criterion("Stage", "equal", "\"Qualification\"");
    assertThat(shown("Accounts", "Account_Name", filter.formatted(true, open)))
        .containsExactly("Acme");
    assertThat(shown("Accounts", "Account_Name", filter.formatted(false, open)))
        .containsExactly("Beta");
    Answer view = create("Accounts", filter.formatted(true, open)).hasStatus(201);
    Answer read =
        API.get(
            "/crm/v8/settings/custom_views/%s?module=Accounts"
                .formatted(view.at("/custom_views/0/details/id").asString()));
    assertThat(read.at("/custom_views/0/cross_filters/0/criteria/field/api_name").asString())
        .isEqualTo("Stage");
    assertThat(read.at("/custom_views/0/cross_filters/0/relation/id").isString()).isTrue();
    create("Accounts", filter.formatted(true, open).replace("Deals__r", "Nothing__r"))
        .itemIsError(
            "custom_views",
            0,
            "INVALID_DATA",
            "invalid data",
            """
            {"api_name":"api_name",
             "json_path":"$.custom_views[0].cross_filters[0].relation.api_name"}""");
  }

  @Test
  void viewsSortByWhatIsShown() {
    assertThat(
            shown(
                "Deals",
                "Deal_Name",
                "\"sort_by\":{\"api_name\":\"Account_Name\"},\"sort_order\":\"desc\""))
        .startsWith("two", "One");
    assertThat(
            shown(
                "Deals",
                "Deal_Name",
                "\"sort_by\":{\"api_name\":\"Amount\"},\"sort_order\":\"desc\""))
        .containsExactly("Three", "two", "One", "Four");
    assertThat(shown("Deals", "Deal_Name", "\"sort_by\":{\"api_name\":\"Owner\"}")).hasSize(4);
  }

  private static void refused(String criteria, String code, String message, String details) {
    create("Deals", "\"criteria\":" + criteria)
        .hasStatus(400)
        .itemIsError(
            "custom_views", 0, code, message, details.replace("$c", "$.custom_views[0].criteria"));
  }

  @Test
  void whatIsMissingIsTold() {
    String mandatory = "required field not found";
    refused(
        "{\"comparator\":\"equal\",\"value\":1}",
        "MANDATORY_NOT_FOUND",
        mandatory,
        "{\"api_name\":\"field\",\"json_path\":\"$c.field\"}");
    refused(
        "{\"field\":{},\"comparator\":\"equal\",\"value\":1}",
        "MANDATORY_NOT_FOUND",
        mandatory,
        "{\"api_name\":\"api_name\",\"json_path\":\"$c.field.api_name\"}");
    for (String key : List.of("comparator", "value")) {
      refused(
          criterion("Amount", "equal", "1").replace("\"" + key + "\"", "\"x\""),
          "DEPENDENT_FIELD_MISSING",
          "Dependent Field missing",
          """
          {"dependee":{"api_name":"field","json_path":"$c.field"},
           "api_name":"%1$s","json_path":"$c.%1$s"}"""
              .formatted(key));
    }
    refused(
        "{\"group\":[]}",
        "MANDATORY_NOT_FOUND",
        mandatory,
        "{\"api_name\":\"group_operator\",\"json_path\":\"$c.group_operator\"}");
    refused(
        "{\"group_operator\":\"and\"}",
        "MANDATORY_NOT_FOUND",
        mandatory,
        "{\"api_name\":\"group\",\"json_path\":\"$c.group\"}");
  }

  @Test
  void whatIsWrongIsTold() {
    refused(
        "7",
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"jsonobject\",\"api_name\":\"criteria\",\"json_path\":\"$c\"}");
    refused(
        "{\"group_operator\":\"xor\",\"group\":[]}",
        "INVALID_DATA",
        "invalid data",
        """
        {"api_name":"group_operator","json_path":"$c.group_operator",
         "supported_values":["and","or"]}""");
    refused(
        "{\"group_operator\":\"and\",\"group\":{}}",
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"group\",\"json_path\":\"$c.group\"}");
    refused(
        "{\"group_operator\":\"and\",\"group\":[%s]}".formatted(criterion("Amount", "equal", "1")),
        "INVALID_DATA",
        "invalid data",
        "{\"minimum_length\":2,\"api_name\":\"group\",\"json_path\":\"$c.group\"}");
    for (String name : List.of("Nothing", "Account_Name.Nothing", "Account_Name.Owner.id")) {
      refused(
          criterion(name, "equal", "1"),
          "INVALID_DATA",
          "invalid data",
          "{\"api_name\":\"api_name\",\"json_path\":\"$c.field.api_name\"}");
    }
    refused(
        "{\"field\":{\"api_name\":\"Amount\",\"id\":\"1\"},\"comparator\":\"equal\",\"value\":1}",
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"id\",\"json_path\":\"$c.field.id\"}");
    refused(
        criterion("Amount", "equal", "1,\"type\":\"merge_field\""),
        "INVALID_DATA",
        "invalid data",
        """
        {"api_name":"type","json_path":"$c.type","supported_values":["value","pre_defined"]}""");
    String many = String.join(",", Collections.nCopies(26, criterion("Amount", "equal", "1")));
    refused(
        "{\"group_operator\":\"and\",\"group\":[%s]}".formatted(many),
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{\"limit\":25,\"api_name\":\"criteria\",\"json_path\":\"$c.group[25]\"}");
  }

  @Test
  void comparatorsMustFitTheField() {
    refused(
        criterion("Send_Invitation", "equal", "1"),
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"api_name\",\"json_path\":\"$c.field.api_name\"}");
    refused(
        criterion("Owner", "is", "1"),
        "INVALID_DATA",
        "Please give a valid comparator",
        """
        {"api_name":"comparator","json_path":"$c.comparator",
         "supported_values":["equal","not_equal"]}""");
    refused(
        criterion("Owner", "contains", "\"a\""),
        "DEPENDENT_MISMATCH",
        "dependent mismatch",
        """
        {"dependee":{"api_name":"api_name","json_path":"$c.field.api_name"},
         "api_name":"comparator","json_path":"$c.comparator",
         "supported_values":["equal","not_equal"]}""");
  }

  @Test
  void valuesMustFitTheFieldAndTheComparator() {
    List<List<String>> wrongTypes =
        List.of(
            List.of("Deal_Name", "equal", "7", "string"),
            List.of("Amount", "less_than", "\"much\"", "double"),
            List.of("Closing_Date", "equal", "\"${SOMEDAY}\"", "date"),
            List.of("Created_Time", "equal", "7", "datetime"),
            List.of("Account_Name", "equal", "true", "jsonobject"));
    for (List<String> one : wrongTypes) {
      refused(
          criterion(one.get(0), one.get(1), one.get(2)),
          "DEPENDENT_MISMATCH",
          "dependent mismatch",
          """
          {"dependee":{"api_name":"api_name","json_path":"$c.field.api_name"},
           "expected_data_type":"%s","api_name":"value","json_path":"$c.value"}"""
              .formatted(one.get(3)));
    }
    refused(
        criterion("Amount", "between", "7"),
        "DEPENDENT_MISMATCH",
        "dependent mismatch",
        """
        {"dependee":{"api_name":"comparator","json_path":"$c.comparator"},
         "expected_data_type":"jsonarray","api_name":"value","json_path":"$c.value"}""");
    List<List<String>> notWith =
        List.of(
            List.of("Closing_Date", "less_than", "\"${THISWEEK}\""),
            List.of("Amount", "not_equal", "\"${EMPTY}\""));
    for (List<String> one : notWith) {
      refused(
          criterion(one.get(0), one.get(1), one.get(2)),
          "DEPENDENT_MISMATCH",
          "dependent mismatch",
          """
          {"dependee":{"api_name":"comparator","json_path":"$c.comparator"},
           "api_name":"value","json_path":"$c.value"}""");
    }
    refused(
        criterion("Account_Name", "equal", "{\"id\":\"1\"}"),
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"id\",\"json_path\":\"$c.value.id\"}");
    refused(
        criterion("Owner", "equal", "{\"name\":\"Nobody\"}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"id\",\"json_path\":\"$c.value.id\"}");
    refused(
        criterion("Amount", "between", "[1,2,3]"),
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"value\",\"json_path\":\"$c.value\",\"maximum_length\":2}");
  }

  @Test
  void onlySoManyLookupsAreFollowed() {
    String group =
        "{\"group_operator\":\"or\",\"group\":[%s,%s,%s]}"
            .formatted(
                criterion("Account_Name.Industry", "equal", "\"a\""),
                criterion("Contact_Name.Last_Name", "equal", "\"a\""),
                criterion("Campaign_Source.Status", "equal", "\"a\""));
    refused(
        group,
        "LOOKUP_LIMIT_EXCEEDED",
        "lookup limit exceeded",
        """
        {"used_in":[{"name":"criteria","lookup_limit":2,"lookup_fields":[
          {"api_name":"Account_Name"},{"api_name":"Contact_Name"},
          {"api_name":"Campaign_Source"}]}]}""");
  }

  @Test
  void pagesOfASortedViewLeadForwardAndBack() {
    String id =
        create("Deals", "\"sort_by\":{\"api_name\":\"Account_Name\"},\"sort_order\":\"asc\"")
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    String list = "/crm/v8/Deals?fields=Deal_Name&per_page=1&cvid=" + id;
    Answer first = API.get(list).hasStatus(200);
    assertThat(first.at("/data/0/Deal_Name").asString()).isEqualTo("One");
    Answer second = API.get(list + token(first, "next_page_token")).hasStatus(200);
    assertThat(second.at("/data/0/Deal_Name").asString()).isEqualTo("two");
    Answer back = API.get(list + token(second, "previous_page_token")).hasStatus(200);
    assertThat(back.at("/data/0/Deal_Name").asString()).isEqualTo("One");
  }

  private static String token(Answer page, String name) {
    return "&page_token=" + Api.encode(page.at("/info/" + name).asString());
  }
}
