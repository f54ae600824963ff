package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.UserName;
import io.clientele.testing.Answer;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Records through a query. Reference: Records through a COQL Query. */
@Proves({"POST /crm/{version}/coql", "POST /clientele/v1/coql/explain"})
class CoqlTest {
  private static final CoqlOrg ORG = new CoqlOrg();

  @Test
  void columnsOfTheRowsThatFit() {
    ORG.finds(
        "select Last_Name, First_Name from Contacts where Last_Name = 'boyle'",
        """
        {"Last_Name":"Boyle","First_Name":"Patricia","id":"%s"}"""
            .formatted(ORG.boyle));
    ORG.finds(
        "SELECT 'Full_Name' FROM Contacts WHERE \"Lead_Source\" = 'Trade Show'",
        """
        {"Full_Name":"Smith","id":"%s"}"""
            .formatted(ORG.smith));
    ORG.ask("select id from Contacts where Last_Name = 'Nobody'").hasStatus(204).hasNoBody();
  }

  @Test
  void lookupsAndUsersTellTheirNames() {
    ORG.finds(
        "select Account_Name, Owner from Contacts where id = " + ORG.boyle,
        """
        {"Account_Name":{"name":"Zylker","id":"%s"},"Owner":{"name":"Boyle","id":"%s"},"id":"%s"}"""
            .formatted(ORG.zylker, ORG.org.adminId(), ORG.boyle));
    ORG.finds(
        "select Account_Name from Contacts where Account_Name is null and Last_Name = Smith",
        "{\"Account_Name\":null,\"id\":\"%s\"}".formatted(ORG.smith));
  }

  @Test
  void lookupsAreFollowedByDots() {
    ORG.finds(
        "select 'Account_Name.Account_Name' as 'Account Name', Account_Name.Parent_Account.Employees,"
            + " Account_Name.Parent_Account from Contacts"
            + " where Account_Name.Parent_Account.Account_Name = 'King'",
        """
        {"Account Name":"Zylker","Account_Name.Parent_Account.Employees":40,
         "Account_Name.Parent_Account":{"name":"King","id":"%s"},"id":"%s"}"""
            .formatted(ORG.king, ORG.boyle));
    assertThat(
            ORG.names(
                "Deal_Name",
                "select Deal_Name from Deals where Account_Name.Employees > 10"
                    + " or Account_Name.Employees is null"))
        .containsExactly("Large");
    assertThat(
            ORG.names(
                "Deal_Name",
                "select Deal_Name from Deals where id is not null"
                    + " order by Account_Name.Account_Name desc, Amount"))
        .containsExactly("Small", "Middle", "Large");
  }

  @Test
  void usersRolesAndProfiles() {
    ORG.finds(
        "select Owner.role.name, Owner.profile.name, Owner.email, !Contacts.Owner.role.id"
            + " from Contacts where Owner.profile.name = 'Administrator' and Last_Name = 'Smith'",
        """
        {"Owner.role.name":"CEO","Owner.profile.name":"Administrator","Owner.email":"%s",
         "!Contacts.Owner.role.id":"%s","id":"%s"}"""
            .formatted(email(), roleId(), ORG.smith));
    ORG.finds(
        "select last_name, role, profile.name from Users where status = 'active'",
        """
        {"last_name":"Boyle","role":{"name":"CEO","id":"%s"},"profile.name":"Administrator","id":"%s"}"""
            .formatted(roleId(), ORG.org.adminId()));
  }

  private static String email() {
    return admin().email();
  }

  private static long roleId() {
    return admin().roleId();
  }

  private static UserName admin() {
    return Objects.requireNonNull(ORG.org.metadata().userName(ORG.org.adminId()));
  }

  @Test
  void whatAnActivityIsAbout() {
    String task =
        ORG.create(
            "Tasks",
            "{\"Subject\":\"Call\",\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"Accounts\"}"
                .formatted(ORG.king));
    ORG.create("Tasks", "{\"Subject\":\"Other\"}");
    ORG.finds(
        "select 'What_Id->Accounts.Account_Name', What_Id.module.api_name from Tasks"
            + " where 'What_Id->Accounts.id' in ('%s') and What_Id = '%s'"
                .formatted(ORG.king, ORG.king),
        """
        {"What_Id->Accounts.Account_Name":"King","What_Id.module.api_name":"Accounts","id":"%s"}"""
            .formatted(task));
    ORG.finds("select id from Tasks where 'What_Id->Deals.Deal_Name' is not null");
  }

  @Test
  void comparisons() {
    compares("Amount > 100", "Large", "Middle");
    compares("Amount >= 100 and Amount < 5000", "Small");
    compares("Amount between 100 and 5000", "Middle", "Small");
    compares("Amount not between 100 and 5000", "Large");
    compares("Amount in (100, '250000.5')", "Large", "Small");
    compares("Amount != 100", "Large", "Middle");
    compares("Closing_Date <= '2030-02-28'", "Large", "Small");
    compares("Closing_Date = 2030-02-28", "Small");
    compares("Deal_Name like 'S%'", "Small");
    compares("Deal_Name like '%L'", "Small");
    compares("Deal_Name like '%l%'", "Large", "Middle", "Small");
    compares("Deal_Name like 'm%le'", "Middle");
    compares("Deal_Name not like '%ll%'", "Large", "Middle");
    compares("Deal_Name not in ('large', 'Middle')", "Small");
    compares(
        "(Amount = 100 or (Deal_Name = Large and Amount > 1)) and id is not null",
        "Large",
        "Small");
    compares("Created_Time >= '2020-01-01T00:00:00+0530'", "Large", "Middle", "Small");
    compares("Created_Time < '2020-01-01T00:00:00Z'");
    compares("Closing_Date > ${TODAY}", "Large", "Middle", "Small");
    compares("Owner = " + ORG.org.adminId(), "Large", "Middle", "Small");
    compares("Account_Name not in ('" + ORG.king + "')", "Middle", "Small");
    assertThat(
            ORG.names("Last_Name", "select Last_Name from Contacts where Email_Opt_Out = 'true'"))
        .containsExactly("Boyle");
  }

  private static void compares(String where, String... names) {
    assertThat(
            ORG.names(
                "Deal_Name", "select Deal_Name from Deals where " + where + " order by Deal_Name"))
        .as(where)
        .containsExactly(names);
  }

  @Test
  void subqueries() {
    compares("Account_Name in (select id from Accounts where Employees < 10)", "Middle", "Small");
    compares("Account_Name not in (select id from Accounts where Employees < 10)", "Large");
    compares("Account_Name in (select id from Accounts where Employees < 0)");
    compares("Amount = (select MAX(Amount) from Deals where id is not null)", "Large");
    compares(
        "Closing_Date between (select Closing_Date from Deals where Amount = 100)"
            + " and (select Closing_Date from Deals where Amount = 5000)",
        "Middle",
        "Small");
    compares(
        "Account_Name in (select Account_Name from Contacts where Account_Name in"
            + " (select id from Accounts where Parent_Account.Account_Name = King))",
        "Middle",
        "Small");
    ORG.fails(
        "select id from Deals where Amount > (select Amount from Deals where id is not null)",
        "INVALID_QUERY",
        "subquery return more than one values which is incompatible for the operator",
        "{\"sub_query_sequence\":0,\"operator\":\">\"}");
  }

  @Test
  void groupsAndAggregates() {
    ORG.finds(
        "select Account_Name.Account_Name, COUNT(id), SUM(Amount) as total, MAX(Closing_Date)"
            + " from Deals where id is not null group by Account_Name.Account_Name"
            + " order by total desc",
        """
        {"Account_Name.Account_Name":"King","COUNT(id)":1,"total":250000.5,
         "MAX(Closing_Date)":"2030-01-31"}""",
        """
        {"Account_Name.Account_Name":"Zylker","COUNT(id)":2,"total":5100,
         "MAX(Closing_Date)":"2030-03-31"}""");
    ORG.finds(
        "select AVG(Amount), MIN(Amount), MAX(Created_Time) from Deals where Amount < 0",
        "{\"AVG(Amount)\":null,\"MIN(Amount)\":null,\"MAX(Created_Time)\":null}");
    ORG.finds("select AVG(Amount) from Deals where Amount <= 5000", "{\"AVG(Amount)\":2550}");
    ORG.finds(
        "select Account_Name, COUNT(Stage) from Deals where Amount < 6000 group by Account_Name",
        "{\"Account_Name\":{\"name\":\"Zylker\",\"id\":\"%s\"},\"COUNT(Stage)\":2}"
            .formatted(ORG.zylker));
  }

  @Test
  void pages() {
    String query = "select Deal_Name from Deals where id is not null order by Amount desc ";
    Answer first = ORG.ask(query + "limit 2");
    assertThat(first.at("/info").toString()).isEqualTo("{\"count\":2,\"more_records\":true}");
    assertThat(ORG.names("Deal_Name", query + "limit 2 offset 2")).containsExactly("Small");
    assertThat(ORG.names("Deal_Name", query + "limit 1, 2")).containsExactly("Middle", "Small");
    assertThat(ORG.names("Deal_Name", query + "offset 1 limit 1")).containsExactly("Middle");
    assertThat(ORG.ask(query + "offset 1").at("/info/more_records").asBoolean(true)).isFalse();
  }

  @Test
  void theRowsOfAView() {
    String view =
        ORG.api
            .post(
                "/crm/v8/settings/custom_views?module=Deals",
                """
                {"custom_views":[{"name":"Not large","access_type":"public","fields":[{"api_name":"id"}],
                  "criteria":{"field":{"api_name":"Amount"},"comparator":"less_than","value":"6000"}}]}""")
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    assertThat(
            ORG.names(
                "Deal_Name",
                "select Deal_Name from Deals#" + view + " where Amount > 100 order by Amount"))
        .containsExactly("Middle");
    ORG.fails(
        "select id from Deals#12 where id is not null",
        "INVALID_QUERY",
        "cvid given seems to be invalid",
        "{\"cvid\":\"12\"}");
  }

  @Test
  void rowsOfSubformsAndTerritories() {
    ORG.finds(
        "select Territories from Accounts where Account_Name = 'King'",
        "{\"Territories\":[],\"id\":\"%s\"}".formatted(ORG.king));
    ORG.fails(
        "select id from Accounts where Territories is null",
        "INVALID_QUERY",
        "unsupported column in criteria",
        "{\"cv_criteria\":false,\"column_name\":\"Territories\",\"value\":\"${EMPTY}\",\"operator\":\"=\"}");
    String product = ORG.create("Products", "{\"Product_Name\":\"Chair\"}");
    String quote =
        ORG.create(
            "Quotes",
            """
            {"Subject":"Chairs","Account_Name":{"id":"%s"},"Quoted_Items":[
              {"Product_Name":{"id":"%s"},"Quantity":3,"List_Price":10}]}"""
                .formatted(ORG.king, product));
    var row =
        ORG.rows(
                "select Parent_Id.Subject, Parent_Id, Product_Name, Quantity from Quoted_Items"
                    + " where Parent_Id = "
                    + quote)
            .getFirst();
    assertThat(row.path("Parent_Id.Subject").asString()).isEqualTo("Chairs");
    assertThat(row.path("Parent_Id").path("id").asString()).isEqualTo(quote);
    assertThat(row.path("Product_Name").path("name").asString()).isEqualTo("Chair");
    assertThat(row.path("Quantity").asInt()).isEqualTo(3);
  }

  @Test
  void imagesAreFoundByTheirIds() {
    String product = ORG.create("Products", "{\"Product_Name\":\"Table\"}");
    String query = "select Record_Image from Products where id = " + product + " and ";
    ORG.finds(query + "Record_Image is not null");
    ORG.api
        .upload(
            "/crm/v8/Products/" + product + "/photo",
            Form.file("table.png", TestImages.of("png", 2, 2)))
        .hasStatus(200);
    String image =
        ORG.rows(query + "Record_Image is not null").getFirst().path("Record_Image").asString();
    assertThat(ORG.rows(query + "Record_Image in ('" + image + "')")).hasSize(1);
  }

  @Test
  void convertedLeadsAreAskedForByName() {
    String lead = ORG.create("Leads", "{\"Last_Name\":\"Convert\",\"Company\":\"Me\"}");
    ORG.api.post("/crm/v8/Leads/" + lead + "/actions/convert", "{\"data\":[{}]}").hasStatus(200);
    ORG.finds("select Last_Name from Leads where Company = 'Me'");
    ORG.finds(
        "select Last_Name from Leads where Company = 'Me' and Converted__s = true",
        "{\"Last_Name\":\"Convert\",\"id\":\"%s\"}".formatted(lead));
  }

  @Test
  void fieldsAreToldWithTheirMetadata() {
    var body =
        (tools.jackson.databind.node.ObjectNode)
            CoqlOrg.body(
                "select Last_Name, Account_Name.Employees from Contacts where Last_Name = 'Smith'");
    body.putArray("include_meta").add("fields");
    Answer answer = ORG.api.post("/crm/v8/coql", body.toString()).hasStatus(200);
    assertThat(answer.at("/fields/Last_Name/data_type").asString()).isEqualTo("text");
    assertThat(answer.at("/fields/Account_Name.Employees/data_type").asString())
        .isEqualTo("integer");
    ORG.org
        .api(ORG.org.adminId(), "ZohoCRM.coql.READ,ZohoCRM.modules.ALL")
        .post("/crm/v8/coql", body.toString())
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
  }

  @Test
  void tokensAndProfilesMustAllowIt() {
    String query = "select Account_Name.Account_Name from Contacts where id is not null";
    var api = ORG.org.api(ORG.org.adminId(), "ZohoCRM.coql.READ,ZohoCRM.modules.contacts.READ");
    CoqlOrg.ask(api, query).hasStatus(200);
    CoqlOrg.ask(api, "select id from Deals where id is not null")
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    CoqlOrg.ask(ORG.org.api(ORG.org.adminId(), "ZohoCRM.modules.ALL"), query).hasStatus(401);
    var org = TestOrg.create();
    long user = TestUsers.standard(org, "standard@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Accounts");
    var standard = org.api(user, TestOrg.ALL_SCOPES);
    CoqlOrg.ask(standard, "select id from Contacts where id is not null").hasStatus(204);
    CoqlOrg.ask(standard, query)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_View_Accounts\"]}");
  }

  @Test
  void queriesAreExplained() {
    String query =
        "select Deal_Name from Deals where Account_Name in"
            + " (select id from Accounts where Employees > 10) order by Amount desc limit 3";
    Answer answer =
        ORG.api.post("/clientele/v1/coql/explain", CoqlOrg.body(query).toString()).hasStatus(200);
    assertThat(answer.at("/query").asString()).isEqualTo(query);
    assertThat(answer.at("/statements").size()).isEqualTo(2);
    assertThat(answer.at("/statements/1/sql").asString()).startsWith("select");
    assertThat(answer.at("/statements/1/plan/0").asString()).contains("cost");
    assertThat(answer.at("/statements/0/query").asString())
        .isEqualTo("select id from Accounts where Employees > 10");
    assertThat(answer.at("/statements/0/binds/0").asString()).isEqualTo("10");
  }
}
