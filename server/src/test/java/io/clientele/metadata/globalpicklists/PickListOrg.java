package io.clientele.metadata.globalpicklists;

import io.clientele.http.Json;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An org with global pick lists, and what no operation of the API does yet. */
final class PickListOrg {
  static final String LISTS = "/crm/v8/settings/global_picklists";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  TestOrg org() {
    return org;
  }

  Api api() {
    return api;
  }

  Answer post(String list) {
    return api.post(LISTS, "{\"global_picklists\":[" + list + "]}");
  }

  Answer patch(String id, String list) {
    return api.patch(LISTS + "/" + id, "{\"global_picklists\":[" + list + "]}");
  }

  /** Creates a list with values of these names; answers its id. */
  String create(String label, String... values) {
    return post(list(label, values)).hasStatus(201).at("/global_picklists/0/details/id").asString();
  }

  static String list(String label, String... values) {
    ObjectNode list = Json.MAPPER.createObjectNode().put("display_label", label);
    for (String value : values) {
      list.withArray("pick_list_values")
          .addObject()
          .put("display_value", value)
          .put("type", "used");
    }
    return list.toString();
  }

  JsonNode read(String id) {
    return api.get(LISTS + "/" + id).hasStatus(200).at("/global_picklists/0");
  }

  /** The id of a value. */
  String valueId(String list, String displayValue) {
    return read(list)
        .path("pick_list_values")
        .valueStream()
        .filter(value -> value.path("display_value").asString().equals(displayValue))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  /** Gives a field the values of a list. */
  void bind(String module, String field, String list) {
    edit(
        module,
        field,
        body -> {
          body.putObject("global_picklist").put("id", list);
          return body;
        });
  }

  /** Changes the document of a field. */
  void edit(String module, String field, UnaryOperator<ObjectNode> edit) {
    change(
        change -> {
          long id = change.metadata().get(module).id();
          Setting setting =
              change.metadata().settings("field", id).stream()
                  .filter(one -> one.apiName().equals(field))
                  .findFirst()
                  .orElseThrow();
          change.update(setting, edit.apply(((ObjectNode) setting.body()).deepCopy()));
        });
  }

  /** Changes the document of a list. */
  void editList(String list, UnaryOperator<ObjectNode> edit) {
    change(
        change -> {
          var found = GlobalPickList.find(change.metadata(), Long.parseLong(list)).orElseThrow();
          change.update(found.setting(), edit.apply(((ObjectNode) found.body()).deepCopy()));
        });
  }

  void change(Consumer<MetadataChange> work) {
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

  void runJobs() {
    org.server().installation().jobs().runDue(org.orgId());
  }
}
