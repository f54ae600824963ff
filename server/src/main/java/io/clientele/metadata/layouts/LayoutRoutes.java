package io.clientele.metadata.layouts;

import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.util.Arrays;
import java.util.List;

/** The layouts of a module (layouts, read side). */
public final class LayoutRoutes {
  private static final String SCOPE = "settings.layouts";

  private final MetadataCache cache;

  public LayoutRoutes(MetadataCache cache) {
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/layouts", SCOPE, this::list)
        .get("/settings/layouts/{layout}", SCOPE, this::one);
  }

  /** All layouts of a module; 204 when it has none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    LayoutMode mode = LayoutMode.of(call);
    return module.layouts().isEmpty()
        ? Reply.noContent()
        : reply(call, new LayoutJson(reader, module, mode), reader, module.layouts());
  }

  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    LayoutMode mode = LayoutMode.of(call);
    Layout found =
        PathId.require(
            call,
            "layout",
            id -> module.layouts().stream().filter(layout -> layout.id() == id).findFirst());
    return reply(call, new LayoutJson(reader, module, mode), reader, List.of(found));
  }

  private static Reply reply(Call call, LayoutJson layouts, Reader reader, List<Layout> items) {
    List<String> include = Arrays.asList(call.query("include").orElse("").split(","));
    int profiles = reader.metadata().settings("profile").size();
    return Reply.list(
        "layouts",
        items,
        (keys, layout) -> {
          layouts.write(keys, layout);
          if (include.contains("total_profiles")) {
            keys.number("total_profiles", profiles);
          }
          if (include.contains("portal_user_types")) {
            keys.array("portal_user_types", List.of(), (inner, type) -> {});
          }
        });
  }
}
