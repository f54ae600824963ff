package io.clientele.metadata.views;

import io.clientele.access.ViewAccess;
import io.clientele.http.Keys;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import tools.jackson.databind.JsonNode;

/** The wire shape of a custom view: short in lists, whole with its criteria and fields alone. */
public final class CustomViewJson {
  private final Reader reader;
  private final Module module;

  public CustomViewJson(Reader reader, Module module) {
    this.reader = reader;
    this.module = module;
  }

  /** What lists tell of a view. */
  public void writeShort(Keys keys, Setting view) {
    JsonNode body = view.body();
    boolean system = body.path("system_defined").asBoolean(false);
    keys.id("id", view.id())
        .node("name", body.path("name"))
        .node("display_value", body.path("display_value"))
        .node("system_name", body.path("system_name"))
        .flag("system_defined", system)
        .flag("default", body.path("default").asBoolean(false))
        .text(
            "category",
            ViewAccess.category(reader.metadata(), reader.userId(), CustomView.of(view)))
        .text("access_type", body.path("access_type").asString("public"))
        .flag("locked", body.path("locked").asBoolean(false))
        .node("favorite", favorite(reader, view))
        .none("last_accessed_time");
    References.user(keys, reader.metadata(), "created_by", view.createdBy());
    References.user(keys, reader.metadata(), "modified_by", view.modifiedBy());
    References.time(keys, "created_time", system ? null : view.createdTime(), reader.zone());
    References.time(
        keys,
        "modified_time",
        system ? References.modified(view) : view.modifiedTime(),
        reader.zone());
  }

  /** A view with what it selects, shows and sorts by. */
  public void write(Keys keys, Setting view) {
    JsonNode body = view.body();
    writeShort(keys, view);
    JsonNode criteria = body.path("criteria");
    if (criteria.isObject()) {
      keys.object("criteria", inner -> criteria(inner, module, criteria));
    } else {
      keys.none("criteria");
    }
    JsonNode crossFilters = body.path("cross_filters");
    if (crossFilters.isArray()) {
      keys.array("cross_filters", crossFilters, this::crossFilter);
    }
    keys.array("fields", body.path("fields"), this::column);
    JsonNode sortBy = body.path("sort_by");
    if (Criteria.name(sortBy).isEmpty()) {
      keys.none("sort_by");
    } else {
      keys.object("sort_by", inner -> field(inner, module, sortBy));
    }
    keys.node("sort_order", body.path("sort_order")).node("shared_to", body.path("shared_to"));
  }

  /** At which place of the reader's favourites the view stands; null when it is none. */
  static JsonNode favorite(Reader reader, Setting view) {
    return view.body().path("favorites").path(Long.toString(reader.userId()));
  }

  private void criteria(Keys keys, Module of, JsonNode criteria) {
    if (criteria.path("group").isArray()) {
      keys.node("group_operator", criteria.path("group_operator"))
          .array("group", criteria.path("group"), (inner, part) -> criteria(inner, of, part));
      return;
    }
    keys.node("comparator", criteria.path("comparator"))
        .object("field", inner -> field(inner, of, criteria.path("field")))
        .text("type", criteria.path("type").asString("value"))
        .node("value", criteria.path("value"));
  }

  private void crossFilter(Keys keys, JsonNode filter) {
    String name = filter.path("relation").asString("");
    Setting list =
        module.relatedLists().stream()
            .filter(one -> one.apiName().equals(name))
            .findFirst()
            .orElse(null);
    keys.node("include_objects", filter.path("include_objects"))
        .object(
            "relation",
            inner -> {
              inner.text("api_name", name).flag("$disrupted", list == null);
              if (list != null) {
                inner.id("id", list.id());
              }
            });
    Module related =
        list == null
            ? module
            : reader.metadata().find(list.body().path("module").asString("")).orElse(module);
    keys.object("criteria", inner -> criteria(inner, related, filter.path("criteria")));
  }

  private void column(Keys keys, JsonNode column) {
    field(keys, module, column);
    keys.flag("_pin", column.path("_pin").asBoolean(false));
    for (String key : new String[] {"_width", "_pin_order"}) {
      if (column.path(key).isNumber()) {
        keys.node(key, column.path(key));
      }
    }
  }

  private void field(Keys keys, Module of, JsonNode field) {
    References.field(keys, reader.metadata(), of, Criteria.name(field));
  }
}
