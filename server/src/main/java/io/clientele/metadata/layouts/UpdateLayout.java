package io.clientele.metadata.layouts;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Layout;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.Set;

/**
 * Update Custom Layout: its name, who sees it, its sections and their fields. What the body does
 * not name stays as it is.
 */
public final class UpdateLayout {
  static final int NAME_LENGTH = 255;

  /** Words that no layout can be renamed to. */
  private static final Set<String> KEYWORDS = Set.of("standard", "standard__s", "all", "unused");

  private static final Shape SHAPE =
      Shape.empty()
          .text("name", NAME_LENGTH)
          .flag("show_business_card")
          .list("profiles", LayoutProfiles.SHAPE)
          .list("sections", LayoutSections.SHAPE);

  private UpdateLayout() {}

  /** Changes the layout that the item names by its {@code id}. */
  public static Done update(MetadataChange change, Module module, Item item) {
    item.require("id");
    Layout layout =
        PathId.parse(item.text("id")).flatMap(module::layout).orElseThrow(() -> invalidId(item));
    return update(change, module, layout, item);
  }

  /**
   * @throws ApiError about the first key that is wrong
   */
  public static Done update(MetadataChange change, Module module, Layout layout, Item item) {
    LayoutSections.checkLimits(item);
    return updateWhole(change, module, layout, item);
  }

  /** The same for as many sections and fields as the item has, which a call may not have. */
  public static Done updateWhole(MetadataChange change, Module module, Layout layout, Item item) {
    SHAPE.check(item);
    refuseApiName(layout, item);
    Setting setting = setting(change, module, layout);
    var document = new LayoutDocument(setting.copy());
    String name = setting.apiName();
    if (item.has("name") && !item.text("name").equals(layout.name())) {
      name = name(module, item);
      document.body().put("name", name).put("display_label", name);
    }
    if (item.has("show_business_card")) {
      document.body().set("show_business_card", item.json().get("show_business_card"));
    }
    if (item.has("profiles")) {
      new LayoutProfiles(change.metadata(), module).change(document.body(), item);
    }
    if (item.has("sections")) {
      new LayoutSections(change, module, document).change(item);
    }
    change.update(setting, name, setting.position(), document.body());
    return Done.of("layout updated", layout.id());
  }

  /** The name of a new or renamed layout, when it is free. */
  static String name(Module module, Item item) {
    String name = item.require("name").text("name").strip();
    if (KEYWORDS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      throw item.invalid("name").message("System keyword not allowed in layout label");
    }
    if (module.layouts().stream().anyMatch(other -> other.name().equalsIgnoreCase(name))) {
      throw ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
    }
    return name;
  }

  static Setting setting(MetadataChange change, Module module, Layout layout) {
    return change.metadata().settings("layout", module.id()).stream()
        .filter(candidate -> candidate.id() == layout.id())
        .findFirst()
        .orElseThrow();
  }

  private static void refuseApiName(Layout layout, Item item) {
    String apiName = layout.definition().path("api_name").asString(layout.name());
    if (item.has("api_name") && !item.text("api_name").equals(apiName)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("api_name cannot be changed")
          .at("api_name", item.at("api_name"));
    }
  }

  static ApiError invalidId(Item item) {
    return item.invalid("id").message("the id given seems to be invalid");
  }
}
