package io.clientele.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which fields a record of a module has, in which sections, and which of them must be filled.
 *
 * @param required the fields mandatory in this layout beyond those the system demands
 */
public record Layout(
    long id,
    long moduleId,
    String name,
    String displayLabel,
    boolean active,
    List<String> fields,
    Set<String> required,
    JsonNode definition) {

  static Layout of(Setting setting) {
    JsonNode body = setting.body();
    var fields = new ArrayList<String>();
    var required = new TreeSet<String>();
    for (JsonNode section : body.path("sections")) {
      for (JsonNode field : section.path("fields")) {
        String apiName = field.isObject() ? field.path("api_name").asString() : field.asString();
        fields.add(apiName);
        if (field.path("required").asBoolean(false)) {
          required.add(apiName);
        }
      }
    }
    String name = body.path("name").asString(setting.apiName());
    return new Layout(
        setting.id(),
        setting.parent(),
        name,
        body.path("display_label").asString(name),
        !body.path("status").asString("active").equals("inactive"),
        List.copyOf(fields),
        Set.copyOf(required),
        body);
  }
}
