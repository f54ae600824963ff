package io.clientele.metadata.formula;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Setting;
import io.clientele.metadata.Settings;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Fields put into an org's metadata as its own would be. */
final class CustomFields {
  private CustomFields() {}

  static ObjectNode formula(String name, String returns, String expression) {
    ObjectNode field =
        Json.MAPPER
            .createObjectNode()
            .put("api_name", name)
            .put("field_label", name.replace('_', ' '))
            .put("data_type", "formula");
    field.putObject("formula").put("return_type", returns).put("expression", expression);
    return field;
  }

  static ObjectNode rollup(String name, String rollup) {
    ObjectNode field =
        Json.MAPPER
            .createObjectNode()
            .put("api_name", name)
            .put("field_label", name.replace('_', ' '))
            .put("data_type", "rollup_summary");
    field.set("rollup_summary", Json.MAPPER.readTree(rollup));
    return field;
  }

  static ObjectNode plain(String name, String dataType) {
    return Json.MAPPER
        .createObjectNode()
        .put("api_name", name)
        .put("field_label", name.replace('_', ' '))
        .put("data_type", dataType);
  }

  /** Adds them, and answers the metadata that has them. */
  static Metadata add(TestOrg org, String module, List<ObjectNode> fields) {
    return addAs(org, "field", module, fields);
  }

  /** Adds documents of any noun that belong to a module. */
  static Metadata addAs(TestOrg org, String noun, String module, List<ObjectNode> bodies) {
    var installation = org.server().installation();
    long parent = org.metadata().get(module).id();
    installation
        .database()
        .change(
            tx -> {
              Iterator<Long> ids = Settings.nextIds(tx, org.org(), bodies.size()).iterator();
              List<Setting> settings = new ArrayList<>();
              for (ObjectNode body : bodies) {
                String name = body.path("api_name").asString(body.path("name").asString(""));
                settings.add(Settings.of(ids.next(), noun, parent, name, 900, body));
              }
              Settings.insert(tx, org.org(), settings);
              Settings.changed(tx, org.org());
            });
    installation.metadata().changed(org.orgId());
    return org.metadata();
  }
}
