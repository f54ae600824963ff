package io.clientele.metadata.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Module;
import io.clientele.metadata.formula.Value.Type;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a formula says, reading it never fails. */
class RandomFormulasTest {
  private static final long SEED = 20_260_514;
  private static final int FORMULAS = 500;
  private static final int AT_ONCE = 100;
  private static final int DEPTH = 5;

  private static final List<Type> TYPES =
      List.of(Type.NUMBER, Type.TEXT, Type.BOOLEAN, Type.DATETIME);
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private final RandomFormulas formulas = new RandomFormulas(SEED);

  @BeforeAll
  static void write() {
    CustomFields.add(
        ORG,
        "Leads",
        List.of(
            CustomFields.plain("Start", "date"),
            CustomFields.plain("Far", "date"),
            CustomFields.plain("Call_At", "datetime"),
            CustomFields.plain("Huge", "double"),
            CustomFields.plain("Tiny", "double")));
    API.post(
            "/crm/v8/Leads",
            """
            {"data":[{"Last_Name":"Boyle O'Neil\\\\","First_Name":"ünï","Annual_Revenue":-1234.5,
            "No_of_Employees":40,"Email":"p@example.com","Email_Opt_Out":true,"Huge":9999999999999999,
            "Tiny":0.01,"Start":"2024-02-29","Far":"9999-12-31","Call_At":"0006-01-02T02:00:00Z"},
            {"Last_Name":"Empty","Huge":-9999999999999999,"Far":"0001-01-01"}]}""")
        .hasStatus(201);
  }

  @Test
  void noneFailsOnData() {
    Module leads = ORG.metadata().get("Leads");
    long values = 0;
    for (int batch = 0; batch < FORMULAS / AT_ONCE; batch++) {
      List<ObjectNode> fields = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        fields.add(valid(leads, "R" + batch + "_" + i));
      }
      CustomFields.add(ORG, "Leads", fields);
      for (List<ObjectNode> some : List.of(fields.subList(0, 50), fields.subList(50, AT_ONCE))) {
        String names =
            String.join(
                ",", some.stream().map(field -> field.path("api_name").asString()).toList());
        JsonNode data = API.get("/crm/v8/Leads?fields=" + names).hasStatus(200).at("/data");
        assertThat(data).hasSize(2);
        for (JsonNode row : data) {
          values += row.valueStream().filter(value -> !value.isNull()).count();
        }
      }
    }
    assertThat(values).as("most have a value").isGreaterThan(FORMULAS);
  }

  private ObjectNode valid(Module leads, String name) {
    while (true) {
      Type type = formulas.pick(TYPES);
      String returns =
          switch (type) {
            case NUMBER -> formulas.pick(List.of("double", "currency", "integer", "bigint"));
            case TEXT, NOTHING -> "text";
            case BOOLEAN -> "boolean";
            case DATE, DATETIME -> formulas.pick(List.of("date", "datetime"));
          };
      String text = FormulaPrinter.print(formulas.next(type, DEPTH));
      ObjectNode field = CustomFields.formula(name, returns, text);
      try {
        FormulaFields.check(ORG.metadata(), leads, field);
        return field;
      } catch (FormulaException e) {
        assertThat(text.length() > 5_000 || text.contains("null") || text.contains("''"))
            .as(text + " " + e.getMessage())
            .isTrue();
      }
    }
  }

  /** As deep as formulas go, and as long: the database's stack has to bear it. */
  @Test
  void deepestAndLongestAreRead() {
    List<ObjectNode> fields = new ArrayList<>();
    fields.add(nested("Deep_Root", "Sqrt(", "${Annual Revenue}", ")", 58));
    fields.add(nested("Deep_Power", "(1 + ${Tiny} ^ ", "2", ")", 29));
    fields.add(nested("Deep_If", "If(Sqrt(${Huge}) > 1, 1, 1 + ", "2", ")", 29));
    fields.add(
        nested("Deep_Date", "Adddate(", "Newdate(2000 + ${Tiny},1,1,0,0,'AM')", ",1,'DAY')", 50));
    fields.add(nested("Deep_Replace", "Replace(", "'aa'", ",'a','aaaaaaaaaaaaaaaaaaaa')", 50));
    fields.add(nested("Long_Sum", "", "1", " + ${Tiny}", 400));
    fields.add(nested("Longer_Sum", "", "1", "+1", 2_490));
    fields.add(nested("Some_Sum", "", "1", " - ${Tiny}", 19));
    fields.add(nested("Long_Product", "", "1", " * ${Huge}", 55));
    fields.add(nested("Long_And", "", "true", " && ${Tiny} > 0", 300));
    fields.forEach(
        field -> FormulaFields.check(ORG.metadata(), ORG.metadata().get("Leads"), field));
    CustomFields.add(ORG, "Leads", fields);
    for (ObjectNode field : fields) {
      API.get("/crm/v8/Leads?fields=" + field.path("api_name").asString()).hasStatus(200);
    }
  }

  private static ObjectNode nested(
      String name, String before, String inner, String after, int times) {
    String returns =
        name.endsWith("Date")
            ? "datetime"
            : name.endsWith("And") ? "boolean" : name.endsWith("Replace") ? "text" : "double";
    return CustomFields.formula(name, returns, before.repeat(times) + inner + after.repeat(times));
  }
}
