package io.clientele.metadata.modules;

import io.clientele.access.ModuleProfiles;
import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The wire shape of a module as lists tell it. */
final class ModuleJson {
  private static final List<String> COPIED =
      List.of(
          "has_more_profiles",
          "access_type",
          "private_profile",
          "global_search_supported",
          "description",
          "recycle_bin_on_delete",
          "plural_label",
          "presence_sub_menu",
          "actual_plural_label",
          "lookupable",
          "isBlueprintSupported",
          "visibility",
          "convertable",
          "sub_menu_available",
          "actual_singular_label",
          "show_as_tab",
          "web_link",
          "sequence_number",
          "singular_label",
          "api_supported",
          "api_name",
          "quick_create",
          "generated_type",
          "feeds_required",
          "public_fields_configured",
          "arguments",
          "module_name",
          "business_card_field_limit",
          "track_current_data",
          "inventory_template_supported",
          "triggers_supported",
          "emailTemplate_support",
          "email_parser_supported",
          "filter_supported",
          "scoring_supported",
          "webform_supported");

  /** What the user may do with records, and the permission of the profile that allows it. */
  private static final String[][] RIGHTS = {
    {"creatable", "Create"}, {"editable", "Edit"}, {"deletable", "Delete"}, {"viewable", "View"}
  };

  private final Reader reader;
  private final Rights rights;

  ModuleJson(Reader reader) {
    this.reader = reader;
    this.rights = Rights.of(reader);
  }

  void write(Keys keys, Module module) {
    JsonNode definition = module.definition().path("module");
    keys.id("id", module.id());
    COPIED.forEach(name -> keys.node(name, definition.path(name)));
    for (String[] right : RIGHTS) {
      keys.flag(
          right[0],
          definition.path(right[0]).asBoolean(true) && rights.allow(right[1], module.apiName()));
    }
    status(keys, definition.path("status").asString("visible"));
    profiles(keys, module);
    parent(keys, definition.path("parent_module").path("api_name").asString(""));
    history(keys, module);
  }

  /** A word from v5 on, a flag before. */
  private void status(Keys keys, String status) {
    if (reader.version().atLeast(ApiVersion.V5)) {
      keys.text("status", status);
    } else {
      keys.flag("visible", status.equals("visible"));
    }
  }

  private void profiles(Keys keys, Module module) {
    List<Setting> profiles = ModuleProfiles.of(reader.metadata(), module);
    keys.array(
            "profiles",
            profiles,
            (inner, profile) ->
                inner
                    .text("name", profile.body().path("name").asString(profile.apiName()))
                    .id("id", profile.id()))
        .number("profile_count", profiles.size());
  }

  private void parent(Keys keys, String parent) {
    keys.object(
        "parent_module",
        inner -> {
          if (!parent.isEmpty()) {
            References.module(inner, reader.metadata(), parent);
          }
        });
  }

  private void history(Keys keys, Module module) {
    Optional<Setting> setting = setting(reader.metadata(), module);
    References.time(
        keys, "modified_time", setting.map(References::modified).orElse(null), reader.zone());
    References.user(
        keys, reader.metadata(), "modified_by", setting.map(Setting::modifiedBy).orElse(null));
  }

  private static Optional<Setting> setting(Metadata metadata, Module module) {
    return metadata.setting("module", module.id());
  }
}
