package io.clientele.metadata.views;

import io.clientele.access.Access;
import io.clientele.access.ViewAccess;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
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

/** The custom views of a module (custom_views). */
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
  private final CustomViewChanges changes;

  public CustomViewRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = new CustomViewChanges(cache, changes, access);
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/custom_views", SCOPE, this::list)
        .get("/settings/custom_views/{view}", SCOPE, this::one)
        .post("/settings/custom_views", SCOPE, changes::create)
        .put("/settings/custom_views", SCOPE, changes::update)
        .put("/settings/custom_views/{view}", SCOPE, changes::updateOne)
        .put("/settings/custom_views/actions/change_sort", SCOPE, changes::changeSort)
        .put("/settings/custom_views/{view}/actions/change_sort", SCOPE, changes::changeSortOfOne)
        .delete("/settings/custom_views", SCOPE, changes::delete);
  }

  /** A page of a module's views; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    List<Setting> all = visible(reader, module);
    Paging.Page<Setting> page =
        Paging.of(call).of(all.stream().filter(view -> isWanted(call, reader, view)).toList());
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
    List<Setting> views = visible(reader, module);
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

  private List<Setting> visible(Reader reader, Module module) {
    return reader.metadata().settings(CustomViews.NOUN, module.id()).stream()
        .filter(view -> ViewAccess.sees(reader.metadata(), reader.userId(), CustomView.of(view)))
        .toList();
  }

  private static boolean isWanted(Call call, Reader reader, Setting view) {
    Optional<String> scope = call.query("scope");
    Optional<List<String>> ids = call.query("ids").map(text -> Arrays.asList(text.split(",")));
    boolean favourites = call.query("favourite").orElse("").equals("true");
    String category = ViewAccess.category(reader.metadata(), reader.userId(), CustomView.of(view));
    return (scope.isEmpty() || category.equals(scope.get()))
        && (ids.isEmpty() || ids.get().contains(Long.toString(view.id())))
        && (!favourites || CustomViewJson.favorite(reader, view).isNumber());
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
