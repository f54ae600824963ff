package io.clientele.metadata.globalpicklists;

import static io.clientele.metadata.globalpicklists.GlobalPickListsTest.details;
import static io.clientele.metadata.globalpicklists.GlobalPickListsTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the values of a global pick list may be, and how they change. */
class GlobalPickListValuesTest {
  private static final PickListOrg ORG = new PickListOrg();
  private static final String VALUES = "$.global_picklists[0].pick_list_values";
  private static int number;

  private static Answer post(String values) {
    return ORG.post(
        "{\"display_label\":\"Values " + ++number + "\",\"pick_list_values\":[" + values + "]}");
  }

  private static Answer patch(String list, String values) {
    return ORG.patch(list, "{\"pick_list_values\":[" + values + "]}");
  }

  private static List<String> shown(String list) {
    return ORG.read(list)
        .path("pick_list_values")
        .valueStream()
        .map(value -> value.path("display_value").asString())
        .toList();
  }

  @Test
  void valuesThatCannotBe() {
    for (String name : List.of("display_value", "reference_value")) {
      String other = name.equals("display_value") ? "" : "\"display_value\":\"a\",";
      details(
          post("{%s\"%s\":\"%s\"}".formatted(other, name, "x".repeat(121))),
          "INVALID_DATA",
          "{\"maximum_length\":120,\"api_name\":\"%s\",\"json_path\":\"%s[0].%s\"}"
              .formatted(name, VALUES, name));
      rejected(
          post("{%s\"%s\":\"a<b\"}".formatted(other, name)),
          "INVALID_DATA",
          "Special characters are not allowed in Options",
          name,
          VALUES + "[0]." + name);
      for (String empty : List.of("\"\"", "null")) {
        rejected(
            post("{%s\"%s\":%s}".formatted(other, name, empty)),
            "MANDATORY_NOT_FOUND",
            (name.equals("display_value") ? "Display" : "Reference")
                + " value in pick list values cannot be empty or null",
            name,
            VALUES + "[0]." + name);
      }
    }
    rejected(
        post("{\"type\":\"used\"}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "display_value",
        VALUES + "[0].display_value");
    rejected(
        post("{\"display_value\":\"-None-\"}"),
        "INVALID_DATA",
        "invalid data",
        "display_value",
        VALUES + ".display_value");
    details(
        post("{\"display_value\":\"a\"},{\"display_value\":\"b\",\"type\":\"sometimes\"}"),
        "INVALID_DATA",
        "{\"regex\":\"used|unused\",\"api_name\":\"type\",\"json_path\":\"%s[1].type\"}"
            .formatted(VALUES));
    details(
        post("{\"display_value\":5}"),
        "INVALID_DATA",
        "{\"expected_data_type\":\"text\",\"api_name\":\"display_value\",\"json_path\":\"%s[0].display_value\"}"
            .formatted(VALUES));
    details(
        post("\"a\""),
        "INVALID_DATA",
        "{\"expected_data_type\":\"jsonobject\",\"api_name\":\"pick_list_values\",\"json_path\":\"%s[0]\"}"
            .formatted(VALUES));
    details(
        ORG.post("{\"display_label\":\"Text\",\"pick_list_values\":\"a\"}"),
        "INVALID_DATA",
        "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"pick_list_values\",\"json_path\":\"%s\"}"
            .formatted(VALUES));
  }

  @Test
  void aListHasUsedValuesAndEachOnce() {
    for (Answer answer : List.of(post("{\"display_value\":\"a\",\"type\":\"unused\"}"), post(""))) {
      rejected(
          answer,
          "INVALID_DATA",
          "Values in the pick list field cannot be empty.",
          "pick_list_values",
          VALUES);
    }
    rejected(
        post("{\"display_value\":\"a\"},{\"display_value\":\"A\"}"),
        "DUPLICATE_DATA",
        "Duplicate option found. Enter a unique option.",
        "pick_list_values",
        VALUES);
    rejected(
        post(
            """
            {"display_value":"a","actual_value":"x","reference_value":"r"},
            {"display_value":"b","actual_value":"y","reference_value":"R"}"""),
        "DUPLICATE_DATA",
        "Duplicate reference option found. Enter a unique reference option.",
        "pick_list_values",
        VALUES);
  }

  @Test
  void aListHasAThousandUsedAndFiveHundredUnusedValues() {
    limit(1001, "used", 1000, "values");
    limit(501, "unused", 500, "unused values");
    String most = many(1000, "used") + "," + many(500, "unused");
    post(most).hasStatus(201);
  }

  private static void limit(int count, String type, int limit, String what) {
    Answer answer = post("{\"display_value\":\"first\"}," + many(count, type));
    details(
        answer,
        "LIMIT_EXCEEDED",
        """
        {"limit_due_to":[{"api_name":"pick_list_values","json_path":"%s"}],"limit":%d}"""
            .formatted(VALUES, limit));
    assertThat(answer.at("/global_picklists/0/message").asString())
        .isEqualTo(
            "Sorry, you have reached the limit of %d %s added for this pick list field."
                .formatted(limit, what));
  }

  private static String many(int count, String type) {
    var values = new StringBuilder();
    for (int i = 0; i < count; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append("{\"display_value\":\"%s %d\",\"type\":\"%s\"}".formatted(type, i, type));
    }
    return values.toString();
  }

  @Test
  void valuesAreAddedRenamedMovedAndDeleted() {
    String list = ORG.create("Changing", "a", "b", "c");
    String a = ORG.valueId(list, "a");
    String b = ORG.valueId(list, "b");
    patch(
            list,
            """
            {"id":"%s","display_value":"A!","sequence_number":3},{"id":"%s","_delete":null},
            {"display_value":"d","sequence_number":1}"""
                .formatted(a, b))
        .hasStatus(200);
    assertThat(shown(list)).containsExactly("d", "c", "A!");
    JsonNode renamed = ORG.read(list).at("/pick_list_values/2");
    assertThat(renamed.path("id").asString()).isEqualTo(a);
    assertThat(renamed.path("actual_value").asString()).isEqualTo("a");
    patch(list, "{\"id\":\"%s\",\"type\":\"unused\"}".formatted(a)).hasStatus(200);
    assertThat(ORG.read(list).at("/pick_list_values/2/type").asString()).isEqualTo("unused");

    rejected(
        patch(list, "{\"id\":\"1\",\"display_value\":\"x\"}"),
        "INVALID_DATA",
        "invalid data",
        "id",
        VALUES + "[0].id");
    rejected(
        patch(list, "{\"type\":\"used\"}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "display_value",
        VALUES + "[0].display_value");
    rejected(
        patch(list, "{\"id\":\"%s\",\"reference_value\":\"\"}".formatted(a)),
        "MANDATORY_NOT_FOUND",
        "Actual value in pick list values cannot be empty or null",
        "reference_value",
        VALUES + "[0].reference_value");
    String c = ORG.valueId(list, "c");
    String d = ORG.valueId(list, "d");
    details(
        patch(
            list,
            "{\"id\":\"%s\",\"type\":\"unused\"},{\"id\":\"%s\",\"type\":\"unused\"}"
                .formatted(c, d)),
        "LIMIT_EXCEEDED",
        "{\"limit_due_to\":[{\"api_name\":\"type\",\"json_path\":\"%s[1].type\"}],\"limit\":1}"
            .formatted(VALUES));
    details(
        patch(
            list,
            "{\"id\":\"%s\",\"_delete\":true},{\"id\":\"%s\",\"_delete\":true}".formatted(c, d)),
        "LIMIT_EXCEEDED",
        "{\"limit_due_to\":{\"api_name\":\"_delete\",\"json_path\":\"%s[1]._delete\"},\"limit\":1}"
            .formatted(VALUES));
    assertThat(shown(list)).containsExactly("d", "c", "A!");
  }
}
