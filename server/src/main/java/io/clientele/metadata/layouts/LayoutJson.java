package io.clientele.metadata.layouts;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.http.Keys;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.fields.FieldJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The wire shape of a layout. */
public final class LayoutJson {
  private final Reader reader;
  private final Metadata metadata;
  private final Module module;
  private final LayoutMode mode;
  private final boolean mayCustomize;

  public LayoutJson(Reader reader, Module module, LayoutMode mode) {
    this.reader = reader;
    this.metadata = reader.metadata();
    this.module = module;
    this.mode = mode;
    this.mayCustomize =
        Access.allows(metadata, reader.userId(), Action.permission("Customize", module.apiName()));
  }

  public void write(Keys keys, Layout layout) {
    JsonNode body = layout.definition();
    keys.id("id", layout.id())
        .text("name", layout.name())
        .text("api_name", body.path("api_name").asString(layout.name()))
        .text("display_label", layout.displayLabel())
        .text("status", body.path("status").asString("active"))
        .flag("visible", body.path("visible").asBoolean(true))
        .text("source", body.path("source").asString("crm"))
        .text("generated_type", body.path("generated_type").asString("default"))
        .flag("show_business_card", body.path("show_business_card").asBoolean(true))
        .flag("has_more_profiles", false)
        .none("created_for");
    history(keys, layout);
    profiles(keys, layout);
    JsonNode mapping = body.path("convert_mapping");
    if (mapping.isObject()) {
      keys.object("convert_mapping", inner -> convertMapping(inner, mapping));
    } else {
      keys.none("convert_mapping");
    }
    keys.object("actions_allowed", actions -> actionsAllowed(actions, layout));
    new SectionJson(reader, module, layout, mode, mayCustomize).write(keys);
  }

  private void history(Keys keys, Layout layout) {
    Optional<Setting> setting =
        metadata.settings("layout", module.id()).stream()
            .filter(candidate -> candidate.id() == layout.id())
            .findFirst();
    boolean standard = layout.definition().path("generated_type").asString("").equals("default");
    References.user(keys, metadata, "created_by", setting.map(Setting::createdBy).orElse(null));
    References.user(keys, metadata, "modified_by", setting.map(Setting::modifiedBy).orElse(null));
    References.time(
        keys,
        "created_time",
        standard ? null : setting.map(Setting::createdTime).orElse(null),
        reader.zone());
    References.time(
        keys, "modified_time", setting.map(References::modified).orElse(null), reader.zone());
  }

  /** Null for users who may not customize the module, as documented. */
  private void profiles(Keys keys, Layout layout) {
    if (!mayCustomize) {
      keys.none("profiles");
      return;
    }
    List<Setting> profiles = metadata.settings("profile").stream().filter(layout::serves).toList();
    keys.array("profiles", profiles, (inner, profile) -> profile(inner, layout, profile));
  }

  private void profile(Keys keys, Layout layout, Setting profile) {
    Layout first = module.defaultLayout(profile).orElse(layout);
    keys.flag("default", first.id() == layout.id())
        .text("name", profile.body().path("name").asString(profile.apiName()))
        .id("id", profile.id())
        .object("_default_view", view -> view(view, first))
        .object("_default_assignment_view", view -> view(view, first));
  }

  private static void view(Keys keys, Layout layout) {
    keys.text("name", layout.name()).id("id", layout.id()).text("type", "layout");
  }

  private void actionsAllowed(Keys keys, Layout layout) {
    boolean custom = mayCustomize && !layout.isStandard();
    keys.flag("edit", mayCustomize)
        .flag("rename", mayCustomize)
        .flag("clone", mayCustomize)
        .flag("downgrade", false)
        .flag("delete", custom)
        .flag("deactivate", custom && layout.active())
        .flag("set_layout_permissions", mayCustomize);
  }

  /** Which layout of which module records get that are made from one of this layout. */
  private void convertMapping(Keys keys, JsonNode mapping) {
    mapping.forEachEntry(
        (name, target) ->
            metadata
                .find(name)
                .ifPresent(
                    other ->
                        keys.object(
                            name.equals("Sales_Orders") ? "SalesOrders" : name,
                            inner -> convertTarget(inner, other, target))));
  }

  private void convertTarget(Keys keys, Module other, JsonNode target) {
    String name = target.path("name").asString("");
    other.layouts().stream()
        .filter(layout -> isCalled(layout, name))
        .findFirst()
        .ifPresent(
            layout ->
                keys.text("display_label", layout.displayLabel())
                    .text("name", layout.name())
                    .id("id", layout.id()));
    if (target.path("fields").isArray()) {
      keys.array("fields", target.path("fields"), (inner, field) -> mapped(inner, other, field));
    }
  }

  /** A renamed layout keeps its API name, which is that of the standard layouts with a suffix. */
  private static boolean isCalled(Layout layout, String name) {
    String apiName = layout.definition().path("api_name").asString(layout.name());
    return layout.name().equals(name) || apiName.equals(name) || apiName.equals(name + "__s");
  }

  private void mapped(Keys keys, Module other, JsonNode field) {
    String name = field.path("api_name").asString("");
    References.field(keys, metadata, other, name);
    keys.text(
            "field_label",
            other
                .field(name)
                .map(found -> FieldJson.value(found, "field_label").asString(name))
                .orElse(name))
        .flag("required", field.path("required").asBoolean(false));
  }
}
