package io.clientele.records.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches by criteria: each operator with each type of field, and the language around them. */
@Proves("GET /crm/{version}/{module}/search")
class SearchCriteriaTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private static final Searches DEALS = new Searches(API, "Deals", "Deal_Name");
  private static String acme = "";
  private static String one = "";

  @BeforeAll
  static void records() {
    for (String field :
        List.of(
            "{\"field_label\":\"Days\",\"data_type\":\"multiselectpicklist\",\"pick_list_values\":[{\"display_value\":\"Monday\"},{\"display_value\":\"Tuesday\"},{\"display_value\":\"Friday\"}]}",
            "{\"field_label\":\"Rush\",\"data_type\":\"boolean\"}",
            "{\"field_label\":\"Big\",\"data_type\":\"bigint\"}",
            "{\"field_label\":\"Site\",\"data_type\":\"website\"}",
            "{\"field_label\":\"Mail\",\"data_type\":\"email\"}",
            "{\"field_label\":\"Call\",\"data_type\":\"phone\"}",
            "{\"field_label\":\"Met\",\"data_type\":\"datetime\"}",
            "{\"field_label\":\"Double\",\"data_type\":\"formula\",\"formula\":{\"return_type\":\"double\",\"expression\":\"${Amount} * 2\"}}",
            "{\"field_label\":\"Loud\",\"data_type\":\"formula\",\"formula\":{\"return_type\":\"string\",\"expression\":\"Upper(${Deal Name})\"}}")) {
      API.post("/crm/v8/settings/fields?module=Deals", "{\"fields\":[" + field + "]}")
          .hasStatus(201);
    }
    var accounts = new Searches(API, "Accounts", "Account_Name");
    acme = accounts.create("{\"Account_Name\":\"Acme Corporation (UK)\"}");
    accounts.create("{\"Account_Name\":\"Acme Labs\"}");
    one =
        DEALS.create(
            """
            {"Deal_Name":"ABC Inc","Stage":"Qualification","Amount":10,"Closing_Date":"2026-01-01",
             "Account_Name":{"id":"%s"},"Days":["Monday","Friday"],"Rush":true,"Big":"9007199254740993",
             "Site":"https://www.sparrow.example.com/a","Mail":"one@sparrow.example.com","Call":"+1 555-0100",
             "Met":"2026-01-01T10:00:00+05:30","Next_Step":"call, then (maybe) write\\\\",
             "Description":"Loves sparrows"}"""
                .formatted(acme));
    DEALS.create(
        """
        {"Deal_Name":"abc","Stage":"Closed Won","Amount":20,"Closing_Date":"2026-01-02",
         "Days":["Tuesday"],"Met":"2026-01-01T12:30:00+05:30","Next_Step":"A&B"}""");
    DEALS.create(
        "{\"Deal_Name\":\"XABC\",\"Stage\":\"Qualification\",\"Amount\":30.5,\"Closing_Date\":\"2026-01-03\"}");
  }

  private static void selects(String criteria, String... names) {
    DEALS.selects(criteria, names);
  }

  @Test
  void texts() {
    selects("(Deal_Name:equals:ABC)", "ABC Inc", "abc");
    selects("(Deal_Name:equals:inc)", "ABC Inc");
    selects("(Deal_Name:equals:inc abc)");
    selects("(Deal_Name:not_equal:ABC)", "ABC Inc", "XABC");
    selects("(Deal_Name:starts_with:ab)", "ABC Inc", "abc");
    selects("(Deal_Name:starts_with:bc)");
    selects("(Deal_Name:in:ABC,xabc)", "abc", "XABC");
    selects("(Description:equals:sparrows)", "ABC Inc");
    selects("(Description:starts_with:loves sp)", "ABC Inc");
    selects("(Site:equals:sparrow.example.com)", "ABC Inc");
    selects("(Site:starts_with:https)", "ABC Inc");
    selects("(Mail:equals:one@sparrow.example.com)", "ABC Inc");
    selects("(Mail:starts_with:one@)", "ABC Inc");
    selects("(Call:equals:+1 555 0100)", "ABC Inc");
    selects("(Call:in:+1 555-0100,2)", "ABC Inc");
    selects("(Loud:equals:INC)", "ABC Inc");
    selects("(Loud:starts_with:xa)", "XABC");
    selects("(deal_name:equals:inc)", "ABC Inc");
  }

  @Test
  void pickLists() {
    selects("(Stage:equals:Qualification)", "ABC Inc", "XABC");
    selects("(Stage:equals:Closed)");
    selects("(Stage:not_equal:Qualification)", "abc");
    selects("(Stage:in:Closed Won,Closed Lost)", "abc");
    selects("(Days:equals:Monday)", "ABC Inc");
    selects("(Days:in:Friday,Tuesday)", "ABC Inc", "abc");
    selects("(Days:not_equal:Tuesday)", "ABC Inc", "XABC");
    selects("(Days:starts_with:Tue)", "abc");
  }

  @Test
  void numbers() {
    selects("(Amount:equals:20.00)", "abc");
    selects("(Amount:not_equal:20)", "ABC Inc", "XABC");
    selects("(Amount:greater_than:20)", "XABC");
    selects("(Amount:greater_equal:20)", "abc", "XABC");
    selects("(Amount:less_than:20)", "ABC Inc");
    selects("(Amount:less_equal:20)", "ABC Inc", "abc");
    selects("(Amount:between:15,30.5)", "abc", "XABC");
    selects("(Amount:in:10,30.5)", "ABC Inc", "XABC");
    selects("(Big:equals:9007199254740993)", "ABC Inc");
    selects("(Double:greater_than:40)", "XABC");
    selects("(id:equals:" + one + ")", "ABC Inc");
    selects("(id:in:1," + one + ")", "ABC Inc");
  }

  @Test
  void flagsAndMoments() {
    selects("(Rush:equals:true)", "ABC Inc");
    selects("(Rush:not_equal:true)", "abc", "XABC");
    selects("(Closing_Date:equals:2026-01-02)", "abc");
    selects("(Closing_Date:between:2026-01-02,2026-01-09)", "abc", "XABC");
    selects("(Closing_Date:in:2026-01-01,2026-01-03)", "ABC Inc", "XABC");
    selects("(Closing_Date:less_equal:2026-01-02)", "ABC Inc", "abc");
    selects("(Closing_Date:not_equal:2026-01-02)", "ABC Inc", "XABC");
    selects("(Met:equals:2026-01-01T04:30:00Z)", "ABC Inc");
    selects("(Met:equals:2026-01-01T10:00:00+0530)", "ABC Inc");
    selects("(Met:equals:2026-01-01T10:00:00 05:30)", "ABC Inc");
    selects("(Met:equals:2026-01-01T10:00:00)", "ABC Inc");
    selects("(Met:greater_than:2026-01-01T10:00:00+05:30)", "abc");
    selects("(Met:between:2026-01-01,2026-01-01)", "ABC Inc", "abc");
    selects("Met:between:2026-01-01T04:00:00+00:00,2026-01-01T05:00:00+00:00", "ABC Inc");
  }

  @Test
  void recordsAndUsers() {
    selects("(Account_Name:equals:" + acme + ")", "ABC Inc");
    selects("(Account_Name.id:equals:" + acme + ")", "ABC Inc");
    selects("(Account_Name:equals:acme corporation)", "ABC Inc");
    selects("(Account_Name:in:Acme Corporation \\(UK\\),Nobody)", "ABC Inc");
    selects("(Account_Name:starts_with:Acme)", "ABC Inc");
    selects("(Account_Name:equals:Labs)");
    selects("(Account_Name:not_equal:Acme Corporation \\(UK\\))", "abc", "XABC");
    selects("(Owner:equals:" + ORG.adminId() + ")", "ABC Inc", "abc", "XABC");
    selects("(Owner:equals:Patricia Boyle)", "ABC Inc", "abc", "XABC");
    selects("(Owner:in:Patricia Boyle,Somebody)", "ABC Inc", "abc", "XABC");
    selects("(Owner:not_equal:Somebody Else)", "ABC Inc", "abc", "XABC");
    selects("(Owner:equals:Somebody)");
    selects("(Owner:starts_with:patri)", "ABC Inc", "abc", "XABC");
  }

  @Test
  void emptiness() {
    selects("(Account_Name:equals:null)", "abc", "XABC");
    selects("(Account_Name:not_equal:null)", "ABC Inc");
    selects("(Next_Step:equals:${EMPTY})", "XABC");
    selects("(Next_Step:equals:${NOTEMPTY})", "ABC Inc", "abc");
  }

  @Test
  void groupsAndEscapes() {
    selects("((Deal_Name:equals:ABC)and(Amount:less_than:20))", "ABC Inc");
    selects("(Deal_Name:equals:ABC) AND (Amount:less_than:20)", "ABC Inc");
    selects(
        "((Amount:equals:10) or ((Stage:equals:Closed Won)and(Amount:equals:20)))",
        "ABC Inc",
        "abc");
    selects("((Amount:equals:30.5)or(Amount:equals:10)and(Amount:equals:20))", "XABC");
    selects("(((Amount:equals:30.5)or(Amount:equals:10))and(Amount:equals:20))");
    selects("(Next_Step:starts_with:call\\, then \\(maybe\\) write\\\\)", "ABC Inc");
    selects("(Next_Step:equals:then \\(maybe)", "ABC Inc");
    selects("(Next_Step:starts_with:call\\, t\\hen)");
    assertThat(
            API.get("/crm/v8/Deals/search?criteria=((Next_Step:equals:A&B)and(Amount:equals:20))&")
                .hasStatus(200)
                .ids())
        .hasSize(1);
    assertThat(
            API.get(
                    "/crm/v8/Deals/search?criteria=((Next_Step:equals:A&B)or(Amount:equals:1))&fields=id&page=1")
                .hasStatus(200)
                .at("/data/0")
                .propertyNames())
        .containsExactly("id");
    assertThat(API.get("/crm/v8/Deals/search?criteria=(Deal_Name:equals:ABC+Inc)").ids())
        .hasSize(1);
  }

  @Test
  void idsOfOtherSystems() {
    API.post(
            "/crm/v8/settings/fields?module=Contacts",
            """
            {"fields":[{"field_label":"Ext Contact","data_type":"text","external":{"type":"org","show":true}}]}""")
        .hasStatus(201);
    var contacts = new Searches(API, "Contacts", "Last_Name");
    String a = contacts.create("{\"Last_Name\":\"Ext A\",\"Ext_Contact\":\"sys/1\"}");
    String b = contacts.create("{\"Last_Name\":\"Ext B\",\"Ext_Contact\":\"sys/2\"}");
    contacts.create("{\"Last_Name\":\"Ext C\",\"Ext_Contact\":\"sys/3\"}");
    assertThat(
            API.get(
                    "/crm/v8/Contacts/search?criteria=(Ext_Contact:in:sys/1,sys/2)",
                    "X-EXTERNAL",
                    "Contacts.Ext_Contact")
                .hasStatus(200)
                .ids())
        .containsExactly(b, a);
    for (String header :
        new String[] {"Contacts.Last_Name", "Contacts.No", "No.Ext_Contact", "x"}) {
      API.get("/crm/v8/Contacts/search?criteria=(Ext_Contact:in:sys/1)", "X-EXTERNAL", header)
          .isError(400, "INVALID_DATA", "invalid data", "{\"header_name\":\"X-EXTERNAL\"}");
    }
  }

  @Test
  void convertedLeadsAreLeftOutUnlessAskedFor() {
    var leads = new Searches(API, "Leads", "Last_Name");
    leads.create("{\"Last_Name\":\"Still\"}");
    leads.selects("(Last_Name:equals:Still)", "Still");
    leads.answer("criteria", "(Last_Name:equals:Still)", "converted=true").hasStatus(204);
    leads.answer("criteria", "(Last_Name:equals:Still)", "converted=both").hasStatus(200);
  }

  private static void fails(String criteria, String message, String details) {
    for (String path : List.of("search", "actions/count")) {
      API.get("/crm/v8/Deals/" + path + "?criteria=" + Api.encode(criteria))
          .isError(400, "INVALID_QUERY", message, details);
    }
  }

  private static void fails(String criteria, String details) {
    fails(criteria, "Invalid query formed", details);
  }

  @Test
  void mistakes() {
    for (String text :
        List.of(
            "abc",
            "(",
            ")",
            "()",
            "(a)",
            "(Deal_Name:equals)",
            "(Deal_Name:equals:a",
            "(Deal_Name:equals:a))",
            "(Deal_Name:equals:a)(Amount:equals:1)",
            "(Deal_Name:equals:a)and",
            "(Deal_Name:equals:a)xor(Amount:equals:1)",
            "((((",
            ":::",
            "(".repeat(3000))) {
      assertThat(API.get("/crm/v8/Deals/search?criteria=" + Api.encode(text)).status())
          .as(text)
          .isEqualTo(400);
    }
    fails("(Deal_Name:equals:a", "{}");
    String unavailable =
        "{\"reason\":\"the field is not available for search\",\"api_name\":\"%s\"}";
    fails("(Nothing:equals:a)", unavailable.formatted("Nothing"));
    fails("(Account_Name.Industry:equals:a)", unavailable.formatted("Account_Name.Industry"));
    fails("(Deal_Name.id:equals:a)", unavailable.formatted("Deal_Name.id"));
    String special =
        "{\"reason\":\"special characters are not allowed\",\"api_name\":\"Deal_Name\"}";
    fails("(Deal_Name:equals:Burns,B)", special);
    fails("(Deal_Name:equals:Burns (B))", special);
    String operator =
        "{\"operator\":\"%s\",\"reason\":\"invalid operator found\",\"api_name\":\"%s\"}";
    fails("(Deal_Name:greater_than:a)", operator.formatted("greater_than", "Deal_Name"));
    fails("(Deal_Name:sounds:a)", operator.formatted("sounds", "Deal_Name"));
    fails("(Stage:starts_with:Qual)", operator.formatted("starts_with", "Stage"));
    fails("(Rush:in:true)", operator.formatted("in", "Rush"));
    fails("(Amount:starts_with:1)", operator.formatted("starts_with", "Amount"));
    String value =
        "{\"expected_data_type\":\"%s\",\"reason\":\"invalid value for search\",\"api_name\":\"%s\",\"value\":\"%s\"}";
    fails("(Amount:equals:ten)", value.formatted("currency", "Amount", "ten"));
    fails("(Amount:equals:1E999999999)", value.formatted("currency", "Amount", "1E999999999"));
    fails("(Amount:between:1)", value.formatted("currency", "Amount", "1"));
    fails("(Rush:equals:yes)", value.formatted("boolean", "Rush", "yes"));
    fails("(Closing_Date:equals:soon)", value.formatted("date", "Closing_Date", "soon"));
    fails(
        "(Met:equals:2026-13-01T00:00:00Z)",
        value.formatted("datetime", "Met", "2026-13-01T00:00:00Z"));
    fails("(Deal_Name:equals:)", value.formatted("text", "Deal_Name", ""));
    String many = IntStream.range(0, 101).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
    fails(
        "(Deal_Name:in:" + many + ")",
        "Only 100 values are allowed in \"IN\" criteria",
        "{\"api_name\":\"Deal_Name\"}");
  }

  @Test
  void fifteenConditionsAndNoMore() {
    String fifteen =
        IntStream.range(0, 15)
            .mapToObj(i -> "(Amount:equals:" + i + ")")
            .collect(Collectors.joining("or"));
    selects("(" + fifteen + ")", "ABC Inc");
    API.get("/crm/v8/Deals/search?criteria=" + Api.encode("(" + fifteen + "or(Amount:equals:1))"))
        .isError(
            400,
            "CRITERIA_LIMIT_EXCEEDED",
            "no of criterium that can be given exceed the limit 15",
            "{}");
  }
}
