package io.clientele.metadata.views;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.metadata.criteria.Kind;
import java.util.HashSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a view shows, selects and sorts by: read from the body of a call into what is kept. */
final class ViewParts {
  private static final int MAXIMUM_FIELDS = 250;
  private static final int MAXIMUM_CROSS_FILTERS = 3;

  private final MetadataChange change;
  private final Module module;
  private final Item item;
  private final ObjectNode view;

  ViewParts(MetadataChange change, Module module, Item item, ObjectNode view) {
    this.change = change;
    this.module = module;
    this.item = item;
    this.view = view;
  }

  /** Takes over each part that the body has. */
  void apply() {
    if (item.json().has("fields")) {
      fields();
    }
    if (item.json().has("criteria")) {
      JsonNode criteria = item.json().path("criteria");
      view.set(
          "criteria",
          criteria.isNull()
              ? null
              : Criteria.check(change, module, criteria, "criteria", item.at("criteria")));
    }
    if (item.json().has("cross_filters")) {
      view.set("cross_filters", item.has("cross_filters") ? crossFilters() : null);
    }
    sorting();
    if (item.has("wrap_text")) {
      view.set("wrap_text", item.json().path("wrap_text"));
    }
  }

  /** {@code sort_by} and {@code sort_order}; without a field there is no order either. */
  void sorting() {
    if (item.json().has("sort_by")) {
      JsonNode by = item.json().path("sort_by");
      boolean named = by.hasNonNull("api_name") || by.hasNonNull("id");
      view.put("sort_by", named ? sortable(by, item.at("sort_by")) : null);
    }
    if (item.has("sort_order")) {
      view.put("sort_order", item.text("sort_order"));
    }
    if (view.path("sort_by").isNull()) {
      view.putNull("sort_order");
    } else if (view.path("sort_order").isNull()) {
      view.put("sort_order", "asc");
    }
  }

  private String sortable(JsonNode by, String path) {
    String name = name(by, path);
    boolean sortable = module.field(name).flatMap(Kind::of).filter(Kind::isSortable).isPresent();
    if (!sortable) {
      throw unknown(by, path);
    }
    return name;
  }

  private void fields() {
    JsonNode list = item.json().path("fields");
    if (!list.isArray() || list.isEmpty()) {
      throw item.invalid("fields");
    }
    if (list.size() > MAXIMUM_FIELDS) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_FIELDS).at("fields", item.at("fields"));
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      String path = item.at("fields") + "[" + i + "]";
      JsonNode column = list.get(i);
      String name = name(column, path);
      if (!names.add(name)) {
        throw ErrorCode.DUPLICATE_DATA.error().at("api_name", path + ".api_name");
      }
      ObjectNode entry = Json.MAPPER.createObjectNode();
      entry.put("api_name", name).put("_pin", column.path("_pin").asBoolean(false));
      for (String key : new String[] {"_width", "_pin_order"}) {
        if (column.hasNonNull(key)) {
          entry.set(key, column.path(key));
        }
      }
      kept.add(entry);
    }
    view.set("fields", kept);
  }

  /** The API name of the field that is named by it, by its id, or by both. */
  private String name(JsonNode named, String path) {
    if (!named.hasNonNull("api_name")) {
      if (!named.hasNonNull("id")) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("api_name", path + ".api_name");
      }
      return module
          .field(named.path("id").asLong(0))
          .map(Field::apiName)
          .orElseThrow(() -> unknown(named, path));
    }
    String name = named.path("api_name").asString("");
    Field field =
        References.findField(change.metadata().seenBy(change.userId()), module, name)
            .orElseThrow(() -> unknown(named, path));
    if (named.hasNonNull("id") && named.path("id").asLong(0) != field.id()) {
      throw ErrorCode.INVALID_DATA.error().at("id", path + ".id");
    }
    return name;
  }

  private static ApiError unknown(JsonNode named, String path) {
    String key = named.hasNonNull("api_name") ? "api_name" : "id";
    return ErrorCode.INVALID_DATA.error().at(key, path + "." + key);
  }

  private ArrayNode crossFilters() {
    JsonNode list = item.json().path("cross_filters");
    if (list.size() > MAXIMUM_CROSS_FILTERS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", MAXIMUM_CROSS_FILTERS)
          .at("cross_filters", item.at("cross_filters"));
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (int i = 0; i < list.size(); i++) {
      kept.add(crossFilter(list.get(i), item.at("cross_filters") + "[" + i + "]"));
    }
    return kept;
  }

  /** A filter by related records: those of a list that hangs on one lookup of theirs. */
  private ObjectNode crossFilter(JsonNode filter, String path) {
    JsonNode relation = filter.path("relation");
    String name = relation.path("api_name").asString("").replaceFirst("__r$", "");
    String at = path + ".relation.api_name";
    Setting list =
        module.relatedLists().stream()
            .filter(one -> one.apiName().equals(name))
            .filter(ViewParts::hangsOnOneLookup)
            .findFirst()
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", at));
    Module related =
        change
            .metadata()
            .seenBy(change.userId())
            .find(list.body().path("module").asString(""))
            .filter(Module::hasTable)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", at));
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.set("include_objects", filter.path("include_objects"));
    kept.put("relation", name);
    kept.set(
        "criteria",
        Criteria.check(
            change, related, filter.path("criteria"), "cross_filters", path + ".criteria"));
    return kept;
  }

  private static boolean hangsOnOneLookup(Setting list) {
    JsonNode via = list.body().path("via");
    return via.hasNonNull("field") && !via.has("linking_module") && !via.has("open");
  }
}
