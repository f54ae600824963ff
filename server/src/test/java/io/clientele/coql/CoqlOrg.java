package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An org with a few accounts, contacts, deals and leads to ask about. */
final class CoqlOrg {
  final TestOrg org = TestOrg.create();
  final Api api = org.api();
  final String king;
  final String zylker;
  final String boyle;
  final String smith;

  CoqlOrg() {
    king = create("Accounts", "{\"Account_Name\":\"King\",\"Industry\":\"ASP\",\"Employees\":40}");
    zylker =
        create(
            "Accounts",
            "{\"Account_Name\":\"Zylker\",\"Parent_Account\":{\"id\":\"%s\"},\"Employees\":7}"
                .formatted(king));
    boyle =
        create(
            "Contacts",
            """
            {"Last_Name":"Boyle","First_Name":"Patricia","Account_Name":{"id":"%s"},
             "Date_of_Birth":"1980-05-17","Lead_Source":"Cold Call","Email_Opt_Out":true}"""
                .formatted(zylker));
    smith = create("Contacts", "{\"Last_Name\":\"Smith\",\"Lead_Source\":\"Trade Show\"}");
    create("Deals", deal("Large", 250000.5, "2030-01-31", king));
    create("Deals", deal("Small", 100, "2030-02-28", zylker));
    create("Deals", deal("Middle", 5000, "2030-03-31", zylker));
  }

  private static String deal(String name, double amount, String closing, String account) {
    return """
        {"Deal_Name":"%s","Amount":%s,"Closing_Date":"%s","Stage":"Qualification",
         "Pipeline":"Standard (Standard)","Account_Name":{"id":"%s"}}"""
        .formatted(name, amount, closing, account);
  }

  String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }

  /** What the query is answered with. */
  Answer ask(String query) {
    return ask(api, query);
  }

  static Answer ask(Api api, String query) {
    return api.post("/crm/v8/coql", body(query).toString());
  }

  static JsonNode body(String query) {
    return Json.MAPPER.createObjectNode().put("select_query", query);
  }

  /** The query finds these rows, in this order. */
  void finds(String query, String... rows) {
    assertThat(rows(query)).as(query).containsExactly(trees(rows));
  }

  List<JsonNode> rows(String query) {
    Answer answer = ask(query);
    return answer.status() == 204 ? List.of() : rows(answer);
  }

  static List<JsonNode> rows(Answer answer) {
    List<JsonNode> rows = answer.hasStatus(200).at("/data").valueStream().toList();
    assertThat(answer.at("/info/count").asInt()).isEqualTo(rows.size());
    return rows;
  }

  /** The values of {@code key} in the rows found. */
  List<String> names(String key, String query) {
    return rows(query).stream().map(row -> row.path(key).asString()).toList();
  }

  private static JsonNode[] trees(String... rows) {
    var trees = new JsonNode[rows.length];
    for (int i = 0; i < rows.length; i++) {
      trees[i] = Json.MAPPER.readTree(rows[i]);
    }
    return trees;
  }

  void fails(String query, String code, String message, String details) {
    ask(query).isError(400, code, message, details);
  }
}
