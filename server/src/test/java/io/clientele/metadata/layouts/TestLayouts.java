package io.clientele.metadata.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The layouts of one module as a client changes them; JSON is written with single quotes. */
public final class TestLayouts {
  private final Api api;
  private final String module;

  public TestLayouts(Api api, String module) {
    this.api = api;
    this.module = module;
  }

  static String body(String layouts) {
    return ("{'layouts':[" + layouts + "]}").replace('\'', '"');
  }

  /** A copy of the standard layout; answers its id. */
  public String create(String name) {
    Answer answer =
        api.post(
            "/clientele/v1/settings/layouts?module=" + module, body("{'name':'" + name + "'}"));
    return answer.hasStatus(201).at("/layouts/0/details/id").asString();
  }

  public JsonNode standard() {
    return api.get("/crm/v8/settings/layouts?module=" + module).at("/layouts/0");
  }

  JsonNode read(String id) {
    return api.get(path(id)).hasStatus(200).at("/layouts/0");
  }

  /** Changes the layout and sees that it was kept. */
  public void change(String id, String layout) {
    Answer answer = api.patch(path(id), body(layout)).hasStatus(200);
    assertThat(answer.at("/layouts/0"))
        .isEqualTo(
            Json.MAPPER.readTree(
                ("{'code':'SUCCESS','details':{'id':'"
                        + id
                        + "'},'message':'layout updated','status':'success'}")
                    .replace('\'', '"')));
  }

  void refused(String id, String layout, String code, String message, String details) {
    refused("PATCH", "/crm/v8/settings/layouts/" + id, layout, code, message, details);
  }

  void refused(
      String method, String path, String layout, String code, String message, String details) {
    Answer answer = api.send(method, path + "?module=" + module, body(layout)).hasStatus(400);
    isError(answer, 0, code, message, details);
  }

  static void isError(Answer answer, int index, String code, String message, String details) {
    JsonNode error = answer.at("/layouts/" + index);
    assertThat(error.path("code").asString("")).as(answer::toString).isEqualTo(code);
    assertThat(error.path("message").asString("")).as(answer::toString).isEqualTo(message);
    assertThat(error.path("details"))
        .as(answer::toString)
        .isEqualTo(Json.MAPPER.readTree(details.replace('\'', '"')));
  }

  /** A change of fields in the section that has the most of them. */
  public String inSection(String id, String fields) {
    JsonNode section = mainSection(id);
    return "{'sections':[{'id':'"
        + section.path("id").asString()
        + "','fields':["
        + fields
        + "]}]}";
  }

  private JsonNode mainSection(String id) {
    for (JsonNode section : read(id).path("sections")) {
      if (section.path("display_label").asString().endsWith("Information")) {
        return section;
      }
    }
    throw new AssertionError("no section");
  }

  String addSection(String id, String label) {
    change(id, "{'sections':[{'display_label':'" + label + "'}]}");
    JsonNode sections = read(id).path("sections");
    return sections.get(sections.size() - 1).path("id").asString();
  }

  /** The fields of the main section and of those behind it. */
  List<String> names(String id) {
    String main = mainSection(id).path("id").asString();
    return read(id)
        .path("sections")
        .valueStream()
        .dropWhile(section -> !section.path("id").asString().equals(main))
        .flatMap(section -> section.path("fields").valueStream())
        .map(field -> field.path("api_name").asString())
        .toList();
  }

  public String field(String apiName) {
    return api.get("/crm/v8/settings/fields?module=" + module)
        .at("/fields")
        .valueStream()
        .filter(field -> field.path("api_name").asString().equals(apiName))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  /** The id of a value of a pick list. */
  public String pickListValue(String field, String actualValue) {
    return api.get("/crm/v8/settings/fields?module=" + module)
        .at("/fields")
        .valueStream()
        .filter(one -> one.path("api_name").asString().equals(field))
        .flatMap(one -> one.path("pick_list_values").valueStream())
        .filter(value -> value.path("actual_value").asString().equals(actualValue))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  public String profile(String name) {
    return api.get("/crm/v8/settings/profiles")
        .at("/profiles")
        .valueStream()
        .filter(profile -> profile.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private String path(String id) {
    return "/crm/v8/settings/layouts/" + id + "?module=" + module;
  }
}
