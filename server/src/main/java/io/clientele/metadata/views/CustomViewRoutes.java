package io.clientele.metadata.views;

import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The custom views of a module (custom_views, read side). */
public final class CustomViewRoutes {
  private static final String SCOPE = "settings.custom_views";

  /** The categories of views with their words. */
  private static final Map<String, String> CATEGORIES = new LinkedHashMap<>();

  static {
    CATEGORIES.put("public_views", "Public Views");
    CATEGORIES.put("other_users_views", "Other User's Views");
    CATEGORIES.put("shared_with_me", "Shared With Me");
    CATEGORIES.put("created_by_me", "Created By Me");
  }

  private final MetadataCache cache;

  public CustomViewRoutes(MetadataCache cache) {
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/custom_views", SCOPE, this::list)
        .get("/settings/custom_views/{view}", SCOPE, this::one);
  }

  /** A page of a module's views; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    List<Setting> all = reader.metadata().settings("custom_view", module.id());
    Paging.Page<Setting> page =
        Paging.of(call).of(all.stream().filter(view -> isWanted(call, view)).toList());
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    var views = new CustomViewJson(reader, module);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("custom_views", page.items(), views::writeShort)
                        .object("info", info -> info(info, all, page))));
  }

  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    List<Setting> views = reader.metadata().settings("custom_view", module.id());
    Setting view =
        PathId.require(
            call, "view", id -> views.stream().filter(one -> one.id() == id).findFirst());
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array(
                            "custom_views",
                            List.of(view),
                            new CustomViewJson(reader, module)::write)
                        .object("info", CustomViewRoutes::translation)));
  }

  private static boolean isWanted(Call call, Setting view) {
    Optional<String> scope = call.query("scope");
    Optional<List<String>> ids = call.query("ids").map(text -> Arrays.asList(text.split(",")));
    boolean favourites = call.query("favourite").orElse("").equals("true");
    return (scope.isEmpty() || view.body().path("category").asString("").equals(scope.get()))
        && (ids.isEmpty() || ids.get().contains(Long.toString(view.id())))
        && (!favourites || view.body().path("favorite").isNumber());
  }

  private static void info(Keys keys, List<Setting> all, Paging.Page<Setting> page) {
    page.paging().info(keys, page.items().size(), page.more());
    all.stream()
        .filter(view -> view.body().path("default").asBoolean(false))
        .findFirst()
        .ifPresent(view -> keys.id("default", view.id()));
    translation(keys);
  }

  private static void translation(Keys keys) {
    keys.object("translation", inner -> CATEGORIES.forEach(inner::text));
  }
}
