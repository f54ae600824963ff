package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a record's layout says of its values. As documented, only rows that name their layout are
 * held to it: its mandatory fields must be filled, fields it has not got are passed over.
 */
final class DraftLayout {
  private final Metadata metadata;
  private final Module module;
  private final boolean creating;
  private final boolean binding;
  private final long userId;

  /**
   * @param binding whether rows that name a layout are held to it
   */
  DraftLayout(Metadata metadata, Module module, boolean creating, boolean binding, long userId) {
    this.metadata = metadata;
    this.module = module;
    this.creating = creating;
    this.binding = binding;
    this.userId = userId;
  }

  /** The layout that the row names; a new record without one gets the default of its creator. */
  void read(Draft draft, JsonNode row) {
    Optional<Field> field = module.field("Layout");
    if (field.isEmpty()) {
      return;
    }
    if (row.path("Layout").isObject()) {
      Object id = field.get().type().parse(row.path("Layout"), field.get(), draft.path("Layout"));
      Layout layout =
          metadata
              .findLayout(id instanceof Long number ? number : 0)
              .filter(found -> found.moduleId() == module.id() && found.active())
              .orElseThrow(() -> Invalid.id(field.get(), draft.path("Layout.id")));
      if (binding) {
        draft.setLayout(layout);
      }
      draft.set(field.get(), layout.id());
    } else if (creating) {
      metadata
          .defaultLayout(module, userId)
          .ifPresent(layout -> draft.set(field.get(), layout.id()));
    }
  }

  /** Whether a value for the field counts. */
  boolean takes(Draft draft, Field field) {
    return draft
        .layout()
        .map(
            layout ->
                !layout.readOnly().contains(field.apiName()) && !module.isOutside(layout, field))
        .orElse(true);
  }

  /** Refuses values that the pick list has not got in the layout. */
  void checkPickList(Draft draft, Field field, JsonNode value) {
    List<String> values =
        draft.layout().flatMap(layout -> layout.pickList(field.apiName())).orElse(null);
    if (values == null) {
      return;
    }
    String path = draft.path(field.apiName());
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(values, field, value.get(i), path + "[" + i + "]");
      }
    } else {
      check(values, field, value, path);
    }
  }

  private static void check(List<String> values, Field field, JsonNode value, String path) {
    if (!value.isString() || value.asString().isEmpty() || value.asString().equals("-None-")) {
      return;
    }
    String known = field.pickListValue(value.asString());
    if (known == null || !values.contains(known)) {
      throw Invalid.oneOf(values, field, path);
    }
  }

  /** Whether the row's layout demands a value for the field. */
  static boolean requires(Draft draft, Field field) {
    return draft.layout().map(layout -> layout.required().contains(field.apiName())).orElse(false);
  }
}
