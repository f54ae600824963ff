package io.clientele.metadata.relatedlists;

import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The wire shape of a related list. */
public final class RelatedListJson {
  private static final List<String> COPIED =
      List.of(
          "sequence_number",
          "display_label",
          "api_name",
          "name",
          "action",
          "href",
          "type",
          "customize_sort",
          "customize_fields",
          "customize_display_label",
          "status");

  /** Keys that only lists over a linking module have. */
  private static final List<String> LINKED = List.of("connectedmodule", "linkingmodule");

  private RelatedListJson() {}

  public static void write(Keys keys, Reader reader, Module module, Setting list) {
    JsonNode body = list.body();
    keys.id("id", list.id());
    COPIED.forEach(name -> keys.node(name, body.path(name)));
    for (String name : LINKED) {
      if (body.path(name).isString()) {
        keys.node(name, body.path(name));
      }
    }
    String related = body.path("module").asString("");
    if (related.isEmpty()) {
      keys.none("module");
    } else if (reader.version().atLeast(ApiVersion.V4)) {
      keys.object("module", inner -> References.module(inner, reader.metadata(), related));
    } else {
      keys.text("module", related);
    }
    if (body.path("parent_related_lists").isArray()) {
      keys.array(
          "parent_related_lists",
          parents(module, body.path("parent_related_lists")),
          (inner, parent) -> inner.text("api_name", parent.apiName()).id("id", parent.id()));
    }
  }

  private static List<Setting> parents(Module module, JsonNode names) {
    List<String> wanted = names.valueStream().map(JsonNode::asString).toList();
    return module.relatedLists().stream().filter(list -> wanted.contains(list.apiName())).toList();
  }
}
