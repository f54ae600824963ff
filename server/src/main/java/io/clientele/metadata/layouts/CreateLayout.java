package io.clientele.metadata.layouts;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.pipelines.Pipelines;
import io.clientele.metadata.pipelines.WritePipeline;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A new layout as the copy of another of its module. The API has no operation for it, so this is
 * one of our own: {@code POST /clientele/v1/settings/layouts}.
 */
public final class CreateLayout {
  /** As many layouts as a reply of the API may have. */
  private static final int MAXIMUM = 15;

  private static final Shape SHAPE =
      Shape.empty()
          .text("name", UpdateLayout.NAME_LENGTH)
          .text("api_name", UpdateLayout.NAME_LENGTH)
          .require("name")
          .object("source", Shape.empty().id("id").require("id"))
          .list("profiles", LayoutProfiles.SHAPE);

  private CreateLayout() {}

  /**
   * Keys: {@code name}; {@code api_name}, made of the name when it is not there; {@code source},
   * the layout to copy, the module's first one when it is not there; {@code profiles}, who sees it,
   * those of the source when they are not there.
   */
  public static Done create(MetadataChange change, Module module, Item item) {
    SHAPE.check(item);
    String name = UpdateLayout.name(module, item);
    Layout source = source(module, item);
    if (module.layouts().size() >= MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).at("name", item.at("name"));
    }
    ObjectNode body = (ObjectNode) source.definition().deepCopy();
    body.put("name", name)
        .put("display_label", name)
        .put("api_name", apiName(module, item, name))
        .put("generated_type", "custom")
        .put("status", "active");
    body.remove("default_profiles");
    body.path("sections")
        .forEach(section -> ((ObjectNode) section).put("id", Long.toString(change.nextId())));
    if (item.has("profiles")) {
      new LayoutProfiles(change.metadata(), module).replace(body, item);
    }
    long id = change.nextId();
    change.insert(id, "layout", module.id(), name, body);
    if (!Pipelines.of(module).inLayout(source.id()).isEmpty()) {
      Layout layout = change.metadata().findLayout(id).orElseThrow();
      new WritePipeline(change, layout).copyFrom(source);
    }
    return Done.of("layout created", id);
  }

  private static Layout source(Module module, Item item) {
    if (!item.has("source")) {
      return module.layouts().getFirst();
    }
    var source = new Item((ObjectNode) item.json().get("source"), item.at("source"));
    return PathId.parse(source.text("id"))
        .flatMap(module::layout)
        .orElseThrow(() -> UpdateLayout.invalidId(source));
  }

  /** The one a client chose, or the name in letters, digits and underscores and a number. */
  private static String apiName(Module module, Item item, String name) {
    if (item.has("api_name")) {
      String chosen = item.text("api_name");
      if (!chosen.matches("[A-Za-z][A-Za-z0-9_]*")) {
        throw item.invalid("api_name");
      }
      if (taken(module, chosen)) {
        throw ErrorCode.DUPLICATE_DATA.error().at("api_name", item.at("api_name"));
      }
      return chosen;
    }
    String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    String base = plain.isEmpty() ? "Layout" : plain;
    String candidate = base;
    for (int number = 1; taken(module, candidate); number++) {
      candidate = base + number;
    }
    return candidate;
  }

  private static boolean taken(Module module, String apiName) {
    return module.layouts().stream()
        .map(layout -> layout.definition().path("api_name").asString(layout.name()))
        .anyMatch(other -> other.toLowerCase(Locale.ROOT).equals(apiName.toLowerCase(Locale.ROOT)));
  }
}
