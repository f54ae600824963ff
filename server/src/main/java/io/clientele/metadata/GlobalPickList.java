package io.clientele.metadata;

import io.clientele.http.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list of values that pick list fields of several modules share. A field that says {@code
 * "global_picklist":{"id":…}} has its values, as they are at any time.
 */
public record GlobalPickList(Setting setting) {
  public static final String NOUN = "global_picklist";

  /** A field that has the values of the list. */
  public record Use(Module module, Field field) {}

  public static List<GlobalPickList> list(Metadata metadata) {
    return metadata.settings(NOUN).stream().map(GlobalPickList::new).toList();
  }

  public static Optional<GlobalPickList> find(Metadata metadata, long id) {
    return list(metadata).stream().filter(list -> list.id() == id).findFirst();
  }

  public long id() {
    return setting.id();
  }

  public String apiName() {
    return setting.apiName();
  }

  public JsonNode body() {
    return setting.body();
  }

  public String displayLabel() {
    return body().path("display_label").asString("");
  }

  /** False as soon as its deletion is under way. */
  public boolean present() {
    return body().path("presence").asBoolean(true);
  }

  /** False for lists of the system. */
  public boolean customizable() {
    return body().path("customizable").asBoolean(true);
  }

  /** Its values in the order in which they are shown. */
  public List<JsonNode> values() {
    List<JsonNode> values = body().path("pick_list_values").valueStream().toList();
    return body().path("pick_list_values_sorted_lexically").asBoolean(false)
        ? values.stream().sorted(Comparator.comparing(GlobalPickList::sortKey)).toList()
        : values;
  }

  private static String sortKey(JsonNode value) {
    return value.path("display_value").asString("").toLowerCase(Locale.ROOT);
  }

  /** The fields that have its values. */
  public List<Use> uses(Metadata metadata) {
    return metadata.modules().stream()
        .flatMap(
            module ->
                module.fields().stream()
                    .filter(field -> boundTo(field.definition()).equals(Long.toString(id())))
                    .map(field -> new Use(module, field)))
        .toList();
  }

  /** The field's document with the values of the list it is bound to, if it is. */
  static Setting bind(Setting field, List<Setting> lists) {
    String id = boundTo(field.body());
    return lists.stream()
        .filter(list -> Long.toString(list.id()).equals(id))
        .findFirst()
        .map(list -> field.withBody(bound(field.body(), new GlobalPickList(list))))
        .orElse(field);
  }

  private static JsonNode bound(JsonNode field, GlobalPickList list) {
    ObjectNode body = ((ObjectNode) field).deepCopy();
    body.putArray("pick_list_values").addAll(list.values());
    body.set(
        "pick_list_values_sorted_lexically",
        Json.MAPPER
            .getNodeFactory()
            .booleanNode(list.body().path("pick_list_values_sorted_lexically").asBoolean(false)));
    body.putObject(NOUN).put("api_name", list.apiName()).put("id", Long.toString(list.id()));
    return body;
  }

  private static String boundTo(JsonNode field) {
    return field.path(NOUN).path("id").asString("");
  }
}
