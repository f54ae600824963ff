package io.clientele.metadata.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Computed fields wherever fields are: lists, views, writes, other formulas, and the check. */
class FormulaFieldsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  /** There already, as when a definition is changed. */
  @BeforeAll
  static void define() {
    CustomFields.add(ORG, "Leads", List.of(CustomFields.formula("Wrong", "double", "1")));
  }

  private static FormulaException refused(String module, ObjectNode definition) {
    Metadata metadata = ORG.metadata();
    Module of = metadata.get(module);
    FormulaException mistake =
        catchThrowableOfType(
            FormulaException.class, () -> FormulaFields.check(metadata, of, definition));
    assertThat(mistake).as(definition::toString).isNotNull();
    return mistake;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          double   | 1 + ${Nothing}               | 4 | PARTICIPATING_FIELD_NOT_FOUND | no field Nothing
          double   | ${Vendors.Phone}             | 0 | PARTICIPATING_FIELD_NOT_FOUND | no field Vendors.Phone
          double   | 2 * ${Email}                 | 4 | INCORRECT_DATA_TYPE_PARAM     | expected number, found text
          double   | Abs(${Email})                | 4 | INCORRECT_DATA_TYPE_PARAM     | expected number, found text
          double   | Len(12)                      | 4 | INCORRECT_DATA_TYPE_PARAM     | expected text, found number
          double   | Year(12)                     | 5 | INCORRECT_DATA_TYPE_PARAM     | Year takes a date
          date     | Adddate(Now(), 1, 'WEEK')    | 18 | INCORRECT_DATA_TYPE_PARAM    | Adddate takes 'YEAR', 'MONTH', 'DAY', 'HOUR' or 'MIN'
          date     | Adddate(Now(), 1, ${Email})  | 18 | INCORRECT_DATA_TYPE_PARAM    | Adddate takes a text in quotes
          boolean  | ${Email} == 1                | 9 | INCORRECT_DATA_TYPE_PARAM     | expected text, found number
          boolean  | 1 < ''                       | 2 | INCORRECT_DATA_TYPE_PARAM     | nothing is greater or less than an empty value
          boolean  | 1 && true                    | 0 | INCORRECT_DATA_TYPE_PARAM     | expected boolean, found number
          double   | If(true, 1, 'x')             | 12 | INCORRECT_DATA_TYPE_PARAM    | expected number, found text
          double   | Max(1, 'x')                  | 7 | INCORRECT_DATA_TYPE_PARAM     | expected number, found text
          double   | ${Tag}                       | 0 | INCORRECT_DATA_TYPE_PARAM     | Tag cannot be used in a formula
          double   | 'x'                          | 0 | INVALID_DATA                  | the expression is text, the field returns double
          boolean  | 1                            | 0 | INVALID_DATA                  | the expression is number, the field returns boolean
          picklist | 1                            | 0 | INVALID_DATA                  | no return type picklist
          double   | ${Wrong} + 1                 | 0 | INVALID_DATA                  | Wrong would depend on itself
          double   | 1 +                          | 3 | SYNTAX_ERROR                  | unexpected end
          date     | 1 / (2 - 2                   | 10 | MISSING_BRACES               | missing )
          """)
  void wrongDefinitionsAreRefused(
      String returns, String expression, int position, Problem problem, String message) {
    FormulaException mistake = refused("Leads", CustomFields.formula("Wrong", returns, expression));
    assertThat(mistake.getMessage()).endsWith(message);
    assertThat(mistake.problem()).isEqualTo(problem);
    assertThat(mistake.position()).isEqualTo(position);
  }

  @Test
  void circlesAreRefusedAndReadAsNothing() {
    CustomFields.add(
        ORG,
        "Vendors",
        List.of(
            CustomFields.formula("One", "double", "${Two} + 1"),
            CustomFields.formula("Two", "double", "${Three} + 1"),
            CustomFields.formula("Three", "double", "${One} + 1")));
    FormulaException mistake = refused("Vendors", CustomFields.formula("One", "double", "${Two}"));
    assertThat(mistake.problem()).isEqualTo(Problem.INVALID_DATA);
    assertThat(mistake.getMessage()).endsWith("One would depend on itself");
    API.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\"}]}").hasStatus(201);
    Answer list = API.get("/crm/v8/Vendors?fields=Vendor_Name,One").hasStatus(200);
    assertThat(list.at("/data/0/One").isNull()).isTrue();
  }

  @Test
  void chainsThatGrowTooLongAreRefused() {
    List<ObjectNode> fields = new java.util.ArrayList<>();
    fields.add(CustomFields.formula("C0", "double", "${Unit Price} + 1"));
    for (int i = 1; i < 9; i++) {
      String before = "${C" + (i - 1) + "}";
      fields.add(
          CustomFields.formula(
              "C" + i,
              "double",
              String.join(" + ", List.of(before, before, before, before, before, before))));
    }
    CustomFields.add(ORG, "Products", fields);
    assertThat(refused("Products", fields.getLast()).problem())
        .isEqualTo(Problem.DYNAMIC_EXPRESSION_LENGTH_EXCEEDED);
  }

  @Test
  void wrongRollupsAreRefused() {
    String good =
        """
        {"return_type":"integer","related_list":{"api_name":"Deals"},
        "expression":{"function":"COUNT","function_parameters":[{"api_name":"id"}]}}""";
    FormulaFields.check(
        ORG.metadata(), ORG.metadata().get("Accounts"), CustomFields.rollup("Good", good));
    for (String[] change :
        List.of(
            new String[] {"\"Deals\"", "\"Nothing\""},
            new String[] {"\"Deals\"", "\"Emails\""},
            new String[] {"COUNT", "MEDIAN"},
            new String[] {"{\"api_name\":\"id\"}", "{\"api_name\":\"Nothing\"}"},
            new String[] {
              "\"COUNT\",\"function_parameters\":[{\"api_name\":\"id",
              "\"SUM\",\"function_parameters\":[{\"api_name\":\"Stage"
            },
            new String[] {
              "\"COUNT\"",
              "\"COUNT\",\"criteria\":{\"field\":{\"api_name\":\"Nothing\"},\"comparator\":\"equal\",\"value\":1}"
            },
            new String[] {
              "\"COUNT\"",
              "\"COUNT\",\"criteria\":{\"field\":{\"api_name\":\"Amount\"},\"comparator\":\"like\",\"value\":1}"
            },
            new String[] {
              "\"COUNT\"",
              "\"COUNT\",\"criteria\":{\"field\":{\"api_name\":\"Amount\"},\"comparator\":\"equal\",\"value\":\"1; drop\"}"
            },
            new String[] {"integer", "date"})) {
      assertThat(good).contains(change[0]);
      refused("Accounts", CustomFields.rollup("Bad", good.replace(change[0], change[1])));
    }
  }

  @Test
  void listsViewsAndSortingKnowThem() {
    ObjectNode view =
        (ObjectNode)
            Json.MAPPER.readTree(
                """
                {"name":"Big","system_name":"Big","sort_by":"Weight","sort_order":"desc",
                "fields":["Account_Name"],"criteria":{"group_operator":"and","group":[
                {"field":{"api_name":"Weight"},"comparator":"greater_than","value":"20"},
                {"field":{"api_name":"Grade"},"comparator":"starts_with","value":"h"},
                {"field":{"api_name":"Founded"},"comparator":"less_than","value":"2021-01-01"},
                {"field":{"api_name":"Heavy"},"comparator":"equal","value":true}]}}""");
    CustomFields.add(
        ORG,
        "Accounts",
        List.of(
            CustomFields.formula("Weight", "integer", "${Employees} * 10"),
            CustomFields.formula("Grade", "text", "If(${Weight} > 20, 'heavy', 'light')"),
            CustomFields.formula("Heavy", "boolean", "${Weight} > 20"),
            CustomFields.formula(
                "Founded", "date", "Newdate(2000 + ${Employees}, 1, 1, 0, 0, 'AM')")));
    CustomFields.addAs(ORG, "custom_view", "Accounts", List.of(view));
    API.post(
            "/crm/v8/Accounts",
            """
            {"data":[{"Account_Name":"A","Employees":1},{"Account_Name":"B","Employees":5},
            {"Account_Name":"C","Employees":9},{"Account_Name":"D"},{"Account_Name":"E","Employees":30}]}""")
        .hasStatus(201);
    long viewId =
        ORG.metadata().get("Accounts").customViews().stream()
            .filter(candidate -> candidate.name().equals("Big"))
            .findFirst()
            .orElseThrow()
            .id();
    Answer list =
        API.get("/crm/v8/Accounts?fields=Account_Name,Weight,Grade&cvid=" + viewId).hasStatus(200);
    assertThat(list.at("/data").valueStream().map(row -> row.path("Account_Name").asString()))
        .containsExactly("C", "B");
    assertThat(list.at("/data/0/Weight").asInt()).isEqualTo(90);
    assertThat(list.at("/data/0/Grade").asString()).isEqualTo("heavy");
  }

  @Test
  void writersPassThemOver() {
    CustomFields.add(
        ORG,
        "Campaigns",
        List.of(CustomFields.formula("Cost_Twice", "currency", "Actual_Cost * 2")));
    String id =
        API.post(
                "/crm/v8/Campaigns",
                "{\"data\":[{\"Campaign_Name\":\"C\",\"Actual_Cost\":4,\"Cost_Twice\":1}]}")
            .hasStatus(201)
            .savedId(0);
    API.put("/crm/v8/Campaigns/" + id, "{\"data\":[{\"Actual_Cost\":5,\"Cost_Twice\":\"x\"}]}")
        .hasStatus(200);
    Answer one = API.get("/crm/v8/Campaigns/" + id + "?fields=Cost_Twice").hasStatus(200);
    assertThat(one.at("/data/0/Cost_Twice").asInt()).isEqualTo(10);
    API.delete("/crm/v8/Campaigns/" + id).hasStatus(200);
  }

  @Test
  void fieldsOfLookedUpRecordsAreUsed() {
    CustomFields.add(
        ORG,
        "Contacts",
        List.of(
            CustomFields.formula("Trade", "text", "${Contacts.Account Name.Industry}"),
            CustomFields.formula("Trade_Too", "text", "Concat(${Accounts.Industry}, '!')"),
            CustomFields.formula("Firm", "text", "Upper(${Account Name})"),
            CustomFields.formula("Share", "double", "${Account_Name.Per_Head} * 2"),
            CustomFields.formula("Chief", "text", "${Reporting To}")));
    CustomFields.add(
        ORG,
        "Accounts",
        List.of(CustomFields.formula("Per_Head", "double", "${Annual Revenue} / ${Employees}")));
    String account =
        API.post(
                "/crm/v8/Accounts",
                """
                {"data":[{"Account_Name":"Acme","Industry":"Data","Annual_Revenue":100,"Employees":8}]}""")
            .savedId(0);
    Answer saved =
        API.post(
                "/crm/v8/Contacts",
                """
                {"data":[{"Last_Name":"With","Account_Name":{"id":"%s"}},{"Last_Name":"Without"}]}"""
                    .formatted(account))
            .hasStatus(201);
    Answer with = API.get("/crm/v8/Contacts/" + saved.savedId(0)).hasStatus(200);
    assertThat(with.at("/data/0/Trade").asString()).isEqualTo("Data");
    assertThat(with.at("/data/0/Trade_Too").asString()).isEqualTo("Data!");
    assertThat(with.at("/data/0/Firm").asString()).isEqualTo("ACME");
    assertThat(with.at("/data/0/Share").asString()).isEqualTo("25");
    assertThat(with.at("/data/0/Chief").isNull()).isTrue();
    Answer without = API.get("/crm/v8/Contacts/" + saved.savedId(1)).hasStatus(200);
    assertThat(without.at("/data/0/Trade").isNull()).isTrue();
    assertThat(without.at("/data/0/Trade_Too").asString()).isEqualTo("!");
  }

  /** The totals of quotes are formulas of the standard modules, over their lines. */
  @Test
  void standardTotalsAreComputed() {
    String product =
        API.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"P\"}]}").savedId(0);
    String id =
        API.post(
                "/crm/v8/Quotes",
                """
                {"data":[{"Subject":"Q","Adjustment":1,"Quoted_Items":[
                {"Product_Name":{"id":"%1$s"},"Quantity":2,"List_Price":10.5,"Discount":1},
                {"Product_Name":{"id":"%1$s"},"Quantity":1,"List_Price":5,"Line_Tax":[{"name":"Vat","percentage":10}]}]}]}"""
                    .formatted(product))
            .hasStatus(201)
            .savedId(0);
    Answer quote = API.get("/crm/v8/Quotes/" + id).hasStatus(200);
    assertThat(quote.at("/data/0/Quoted_Items/0/Total").asString()).isEqualTo("21");
    assertThat(quote.at("/data/0/Quoted_Items/0/Net_Total").asString()).isEqualTo("20");
    assertThat(quote.at("/data/0/Sub_Total").asString()).isEqualTo("25.5");
    assertThat(quote.at("/data/0/Grand_Total").asString()).isEqualTo("26.5");
  }
}
