package io.clientele.metadata.mapdependency;

import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The fields of an org's first layout of a module, and bodies that map their values. */
final class LayoutFields {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final String module;

  LayoutFields(String module) {
    this.module = module;
  }

  TestOrg org() {
    return org;
  }

  Api api() {
    return api;
  }

  long layout() {
    return org.metadata().get(module).layouts().getFirst().id();
  }

  /** Where the dependencies of the layout are; {@code more} comes before the query. */
  String path(String more) {
    return "/crm/v8/settings/layouts/%d/map_dependency%s?module=%s"
        .formatted(layout(), more, module);
  }

  Field field(String in, String name) {
    return org.metadata().get(in).field(name).orElseThrow();
  }

  String reference(String name) {
    return "{\"id\":\"" + field(module, name).id() + "\"}";
  }

  /** The id of a value. */
  String option(String in, String field, String displayValue) {
    return field(in, field)
        .definition()
        .path("pick_list_values")
        .valueStream()
        .filter(value -> value.path("display_value").asString().equals(displayValue))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  /** The child's values beside one value of the parent. */
  String maps(String parent, String value, String child, String... values) {
    var maps = new StringBuilder();
    for (String one : values) {
      maps.append(maps.isEmpty() ? "" : ",")
          .append("{\"id\":\"" + option(module, child, one) + "\"}");
    }
    return "{\"id\":\"%s\",\"maps\":[%s]}".formatted(option(module, parent, value), maps);
  }

  static String body(String parent, String child, String values) {
    return """
    {"map_dependency":[{"parent":%s,"child":%s,"pick_list_values":%s}]}"""
        .formatted(parent, child, values);
  }

  Answer post(String parent, String child, String values) {
    return api.post(path(""), body(reference(parent), reference(child), "[" + values + "]"));
  }

  /** Creates one; answers its id. */
  String create(String parent, String child, String values) {
    return post(parent, child, values).hasStatus(201).at("/map_dependency/0/details/id").asString();
  }

  /** Changes a document. */
  void edit(String noun, long id, UnaryOperator<ObjectNode> edit) {
    change(
        change -> {
          Setting setting =
              change.metadata().settings(noun).stream()
                  .filter(one -> one.id() == id)
                  .findFirst()
                  .orElseThrow();
          change.update(setting, edit.apply(((ObjectNode) setting.body()).deepCopy()));
        });
  }

  private void change(Consumer<MetadataChange> work) {
    org.server()
        .installation()
        .changes()
        .change(
            org.orgId(),
            org.adminId(),
            change -> {
              work.accept(change);
              return true;
            });
  }
}
