package io.clientele.users;

import io.clientele.http.Item;
import io.clientele.http.Shape;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the pages of a client look to a user: panels, colours, the group of tabs. */
final class UserLooks {
  private static final String INFO = "customize_info";
  private static final String THEME = "theme";
  private static final String TABS = "default_tab_group";

  private static final Shape TAB = Shape.empty().text("background", 10).text("font_color", 10);
  private static final Shape PANELS =
      Shape.empty()
          .flag("notes_desc")
          .flag("show_right_panel")
          .flag("bc_view")
          .flag("unpin_recent_item")
          .flag("show_home")
          .flag("show_detail_view")
          .flag("show_left_panel");
  private static final Shape COLOURS =
      Shape.empty()
          .text("new_background", 10)
          .text("background", 10)
          .oneOf("screen", "fixed")
          .oneOf("type", "default", "custom");
  private static final List<String> TAB_NAMES = List.of("normal_tab", "selected_tab", "header");
  private static final Shape SHAPE =
      Shape.empty()
          .object(INFO, PANELS)
          .object(
              THEME,
              COLOURS.object("normal_tab", TAB).object("selected_tab", TAB).object("header", TAB));

  private UserLooks() {}

  static void read(Item item, ObjectNode body) {
    SHAPE.check(item);
    if (item.json().get(INFO) instanceof ObjectNode info) {
      over(body, INFO, PANELS.keep(new Item(info, item.at(INFO))));
    }
    if (item.json().get(THEME) instanceof ObjectNode theme) {
      ObjectNode kept = COLOURS.keep(new Item(theme, item.at(THEME)));
      for (String name : TAB_NAMES) {
        if (theme.get(name) instanceof ObjectNode tab) {
          kept.set(name, TAB.keep(new Item(tab, item.at(THEME) + "." + name)));
        }
      }
      over(body, THEME, kept);
    }
    if (item.has(TABS)) {
      String group = item.text(TABS);
      if (!group.matches("\\d{1,9}")) {
        throw item.invalid(TABS).with("expected_data_type", "integer");
      }
      body.put(TABS, group);
    }
  }

  /** What is said goes over what was said before, or else over the defaults. */
  private static void over(ObjectNode body, String name, ObjectNode said) {
    JsonNode before = body.path(name);
    ObjectNode all =
        (before.isObject() ? (ObjectNode) before : (ObjectNode) UserJson.standard(name)).deepCopy();
    all.setAll(said);
    body.set(name, all);
  }
}
