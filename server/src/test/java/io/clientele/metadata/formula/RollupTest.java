package io.clientele.metadata.formula;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rollup summaries over the deals, tasks, contacts and notes of an account. Reference: Fields
 * Metadata, Rollup Summary Field.
 */
class RollupTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  private String account = "";

  @BeforeAll
  static void define() {
    CustomFields.add(
        ORG,
        "Deals",
        List.of(CustomFields.formula("Double_Amount", "currency", "${Deals.Amount} * 2")));
    CustomFields.add(
        ORG,
        "Accounts",
        List.of(
            deals("Deal_Count", "integer", "COUNT", "id", ""),
            deals("Deal_Sum", "currency", "SUM", "Amount", ""),
            deals("Deal_Average", "double", "AVERAGE", "Amount", ""),
            deals("Deal_Least", "currency", "MIN", "Amount", ""),
            deals("Deal_Most", "currency", "MAX", "Amount", ""),
            deals("Deal_Last", "date", "RECENT", "Closing_Date", ""),
            deals("Deal_First", "date", "OLDEST", "Closing_Date", ""),
            deals("Amounts", "integer", "COUNT", "Amount", ""),
            deals("Double_Sum", "currency", "SUM", "Double_Amount", ""),
            deals("Won_Sum", "currency", "SUM", "Amount", one("Stage", "equal", "'Closed Won'")),
            deals(
                "Some",
                "integer",
                "COUNT",
                "id",
                "{'group_operator':'or','group':["
                    + one("Amount", "greater_than", "250")
                    + ","
                    + one("Deal_Name", "contains", "'SMALL'")
                    + "]}"),
            deals("Others", "integer", "COUNT", "id", one("Stage", "not_equal", "'Closed Won'")),
            deals("Unpriced", "integer", "COUNT", "id", one("Amount", "equal", "'${EMPTY}'")),
            deals("Priced", "integer", "COUNT", "id", one("Amount", "equal", "'${NOTEMPTY}'")),
            deals("Mine", "integer", "COUNT", "id", one("Owner", "equal", "{'id':'OWNER'}")),
            deals(
                "Early",
                "integer",
                "COUNT",
                "id",
                one("Closing_Date", "less_than", "'2024-02-01'")),
            deals("Between", "integer", "COUNT", "id", one("Amount", "between", "['100','200']")),
            list(
                "Open_Tasks",
                "Tasks",
                "{'function':'COUNT','function_parameters':[{'api_name':'id'}]}"),
            list(
                "Done_Tasks",
                "Tasks_History",
                "{'function':'COUNT','function_parameters':[{'api_name':'id'}]}"),
            list("Products_Linked", "Products", "{'function':'COUNT','function_parameters':[]}"),
            rollup(
                "Contact_Count",
                "{'return_type':'integer','rollup_based_on':'lookup','related_list':null,"
                    + "'based_on_module':{'api_name':'Contacts'},"
                    + "'expression':{'function':'COUNT','criteria':null,"
                    + "'function_parameters':[{'api_name':'id'}]}}"),
            CustomFields.formula("Score", "double", "${Deal Sum} / ${Accounts.Deal Count}")));
  }

  private static ObjectNode deals(
      String name, String returns, String function, String field, String criteria) {
    String filter = criteria.isEmpty() ? "null" : criteria;
    return rollup(
        name,
        "{'return_type':'"
            + returns
            + "','based_on_module':{'api_name':'Deals'},'related_list':{'api_name':'Deals'},"
            + "'rollup_based_on':'related_list','expression':{'function':'"
            + function
            + "','function_parameters':[{'api_name':'"
            + field
            + "'}],'criteria':"
            + filter
            + "}}");
  }

  private static ObjectNode list(String name, String list, String expression) {
    return rollup(
        name,
        "{'return_type':'integer','related_list':{'api_name':'"
            + list
            + "'},'expression':"
            + expression
            + "}");
  }

  private static ObjectNode rollup(String name, String definition) {
    String owner = Long.toString(ORG.adminId());
    return CustomFields.rollup(name, definition.replace('\'', '"').replace("OWNER", owner));
  }

  private static String one(String field, String comparator, String value) {
    return "{'field':{'api_name':'%s'},'comparator':'%s','value':%s}"
        .formatted(field, comparator, value);
  }

  @BeforeEach
  void account() {
    account =
        API.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme\"}]}")
            .hasStatus(201)
            .savedId(0);
  }

  private String deal(String name, String amount, String date, String stage) {
    return API.post(
            "/crm/v8/Deals",
            """
            {"data":[{"Deal_Name":"%s","Amount":%s,"Closing_Date":"%s","Stage":"%s",
            "Account_Name":{"id":"%s"}}]}"""
                .formatted(name, amount, date, stage, account))
        .hasStatus(201)
        .savedId(0);
  }

  private JsonNode read() {
    return API.get("/crm/v8/Accounts/" + account).hasStatus(200).at("/data/0");
  }

  private static void has(JsonNode record, String name, String value) {
    assertThat(record.path(name).toString()).as(name).isEqualTo(value);
  }

  @Test
  void withoutRowsCountsAndSumsAreZero() {
    JsonNode record = read();
    has(record, "Deal_Count", "0");
    has(record, "Deal_Sum", "0");
    has(record, "Deal_Average", "null");
    has(record, "Deal_Most", "null");
    has(record, "Deal_Last", "null");
    has(record, "Score", "null");
  }

  @Test
  void rowsAreSummarised() {
    deal("Small one", "100.5", "2024-01-31", "Qualification");
    deal("Big", "300", "2024-03-01", "Closed Won");
    deal("Unknown", "null", "2024-02-01", "Closed Won");
    JsonNode record = read();
    has(record, "Deal_Count", "3");
    has(record, "Deal_Sum", "400.5");
    has(record, "Deal_Average", "200.25");
    has(record, "Deal_Least", "100.5");
    has(record, "Deal_Most", "300");
    has(record, "Deal_First", "\"2024-01-31\"");
    has(record, "Deal_Last", "\"2024-03-01\"");
    has(record, "Amounts", "2");
    has(record, "Double_Sum", "801");
    has(record, "Score", "133.5");
  }

  @Test
  void criteriaChooseTheRows() {
    deal("Small one", "100.5", "2024-01-31", "Qualification");
    deal("Big", "300", "2024-03-01", "Closed Won");
    deal("Unknown", "null", "2024-02-01", "Closed Won");
    JsonNode record = read();
    has(record, "Won_Sum", "300");
    has(record, "Some", "2");
    has(record, "Others", "1");
    has(record, "Unpriced", "1");
    has(record, "Priced", "2");
    has(record, "Mine", "3");
    has(record, "Early", "1");
    has(record, "Between", "1");
  }

  @Test
  void changesAreSeenAtOnce() {
    String small = deal("Small", "100", "2024-01-31", "Qualification");
    has(read(), "Deal_Sum", "100");
    String big = deal("Big", "300", "2024-03-01", "Closed Won");
    has(read(), "Deal_Sum", "400");
    API.put("/crm/v8/Deals/" + small, "{\"data\":[{\"Amount\":150,\"Stage\":\"Closed Won\"}]}")
        .hasStatus(200);
    has(read(), "Deal_Sum", "450");
    has(read(), "Won_Sum", "450");
    API.delete("/crm/v8/Deals/" + big).hasStatus(200);
    has(read(), "Deal_Sum", "150");
    has(read(), "Deal_Last", "\"2024-01-31\"");
    API.put("/crm/v8/Deals/" + small, "{\"data\":[{\"Account_Name\":null}]}").hasStatus(200);
    has(read(), "Deal_Count", "0");
  }

  @Test
  void otherWaysToBelongToARecord() {
    String other =
        API.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Other\"}]}").savedId(0);
    API.post(
            "/crm/v8/Contacts",
            """
            {"data":[{"Last_Name":"A","Account_Name":{"id":"%s"}},
            {"Last_Name":"B","Account_Name":{"id":"%s"}}]}"""
                .formatted(account, other))
        .hasStatus(201);
    API.post(
            "/crm/v8/Tasks",
            """
            {"data":[{"Subject":"Call","What_Id":{"id":"%1$s"},"$se_module":"Accounts"},
            {"Subject":"Wait","What_Id":{"id":"%1$s"},"$se_module":"Accounts"},
            {"Subject":"Write","Status":"Completed","What_Id":{"id":"%1$s"},"$se_module":"Accounts"},
            {"Subject":"Go","What_Id":{"id":"%2$s"},"$se_module":"Accounts"}]}"""
                .formatted(account, other))
        .hasStatus(201);
    JsonNode record = read();
    has(record, "Contact_Count", "1");
    has(record, "Open_Tasks", "2");
    has(record, "Done_Tasks", "1");
    has(record, "Products_Linked", "0");
  }

  /** A million deals do not slow an account's sum: its deals come by their lookup. */
  @Test
  void rowsComeThroughTheIndexOfTheirLookup() {
    Metadata metadata = ORG.metadata();
    Module accounts = metadata.get("Accounts");
    var database = ORG.server().installation().database();
    var tables = new ModuleTables(database, ORG.server().installation().jobs());
    String sum =
        FormulaFields.value(
            metadata, tables, accounts, accounts.field("Won_Sum").orElseThrow(), "t");
    List<String> plan =
        database.write(
            tx -> {
              tx.update(sql("set local enable_seqscan = off"));
              String query = "select " + sum + " from " + tables.of(metadata, accounts) + " t";
              return tx.list(sql("explain " + query), row -> row.getString(1));
            });
    assertThat(plan).anyMatch(line -> line.contains("Index Cond: (account_name = t.id)"));
  }
}
