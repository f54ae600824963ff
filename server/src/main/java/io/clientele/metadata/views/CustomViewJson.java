package io.clientele.metadata.views;

import io.clientele.http.Keys;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
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
        .text("category", body.path("category").asString("public_views"))
        .text("access_type", body.path("access_type").asString("public"))
        .flag("locked", body.path("locked").asBoolean(false))
        .node("favorite", body.path("favorite"))
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
      keys.object("criteria", inner -> criteria(inner, criteria));
    } else {
      keys.none("criteria");
    }
    keys.array("fields", body.path("fields"), this::column);
    JsonNode sortBy = body.path("sort_by");
    if (name(sortBy).isEmpty()) {
      keys.none("sort_by");
    } else {
      keys.object("sort_by", inner -> field(inner, sortBy));
    }
    keys.node("sort_order", body.path("sort_order")).node("shared_to", body.path("shared_to"));
  }

  private void criteria(Keys keys, JsonNode criteria) {
    if (criteria.path("group").isArray()) {
      keys.node("group_operator", criteria.path("group_operator"))
          .array("group", criteria.path("group"), this::criteria);
      return;
    }
    keys.node("comparator", criteria.path("comparator"))
        .object("field", inner -> field(inner, criteria.path("field")))
        .text("type", criteria.path("type").asString("value"))
        .node("value", criteria.path("value"));
  }

  private void column(Keys keys, JsonNode column) {
    field(keys, column);
    keys.flag("_pin", column.path("_pin").asBoolean(false));
  }

  private void field(Keys keys, JsonNode field) {
    References.field(keys, reader.metadata(), module, name(field));
  }

  private static String name(JsonNode named) {
    return named.isObject() ? named.path("api_name").asString("") : named.asString("");
  }
}
