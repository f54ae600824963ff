package io.clientele.metadata.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What formulas are worth, over a lead with values and one without, both written before the
 * formulas were there. Reference: Creating Formula Fields.
 */
class FormulaValuesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  private static JsonNode full = Json.MAPPER.createObjectNode();
  private static JsonNode empty = Json.MAPPER.createObjectNode();

  @BeforeAll
  static void write() {
    ObjectNode colours = CustomFields.plain("Colours", "multiselectpicklist");
    colours.putArray("pick_list_values").add("Red").add("Blue");
    CustomFields.add(
        ORG,
        "Leads",
        List.of(
            CustomFields.plain("Start", "date"),
            CustomFields.plain("Call_At", "datetime"),
            colours));
    var saved =
        API.post(
                "/crm/v8/Leads",
                """
                {"data":[{"Last_Name":"Boyle","First_Name":"Patricia","Company":"Acme",
                "Annual_Revenue":1234.5,"No_of_Employees":40,"Email":"p@example.com",
                "Email_Opt_Out":true,"Lead_Source":"Cold Call","Start":"2024-01-31",
                "Call_At":"2024-01-02T02:00:00+05:30","Colours":["Red","Blue"]},
                {"Last_Name":"Empty"}]}""")
            .hasStatus(201);
    List<ObjectNode> formulas = new ArrayList<>();
    formulas.add(
        CustomFields.formula(
            "Base", "double", "${Annual_Revenue} * null + ${Annual_Revenue} / 1 + 0.5"));
    for (int i = 0; i < FormulaCases.ALL.size(); i++) {
      formulas.add(
          CustomFields.formula(
              "F" + i, FormulaCases.ALL.get(i).returns(), FormulaCases.ALL.get(i).formula()));
    }
    CustomFields.add(ORG, "Leads", formulas);
    full = API.get("/crm/v8/Leads/" + saved.savedId(0)).hasStatus(200).at("/data/0");
    empty = API.get("/crm/v8/Leads/" + saved.savedId(1)).hasStatus(200).at("/data/0");
  }

  static List<FormulaCases.Case> cases() {
    return FormulaCases.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void formulaHasItsValue(FormulaCases.Case expected) {
    String name = "F" + FormulaCases.ALL.indexOf(expected);
    assertThat(full.path(name).toString()).isEqualTo(expected.full());
    assertThat(empty.path(name).toString()).isEqualTo(expected.empty());
  }
}
