package io.clientele.metadata.mapdependency;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.SettingsFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The dependencies between the pick lists of a layout (map_dependency). */
public final class MapDependencyRoutes {
  private static final String SCOPE = "settings.map_dependency";
  private static final String ALL = "/settings/layouts/{layout}/map_dependency";
  private static final String ONE = ALL + "/{map_dependency}";
  private static final String FILTERS = "filters";
  private static final int PATH_INDEX = 4;

  private static final SettingsFilter FILTER =
      new SettingsFilter(
          FILTERS,
          Map.of(
              "id", false,
              "active", true,
              "internal", true,
              "parent.id", false,
              "parent.api_name", false,
              "child.id", false,
              "child.api_name", false),
          List.of("equal", "in"),
          "Required field not found",
          "The value given is invalid");

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public MapDependencyRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(ALL, SCOPE, this::list)
        .post(ALL, SCOPE, this::create)
        .get(ONE, SCOPE, this::one)
        .put(ONE, SCOPE, this::update)
        .delete(ONE, SCOPE, this::delete);
  }

  /** All of a layout, without their values; 204 when there are none. */
  private Reply list(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = ModuleParameter.of(metadata, call);
    Layout layout = layout(call, module, "The layout is deactivated");
    Paging paging = Paging.of(call);
    var json = new MapDependencyJson(metadata, module);
    Predicate<MapDependency> wanted = filter(call, json);
    var page =
        paging.of(
            MapDependency.list(metadata, layout.id()).stream()
                .filter(one -> one.fields(metadata, module).isPresent())
                .filter(wanted)
                .toList());
    return page.items().isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            generator ->
                Keys.object(
                    generator,
                    keys ->
                        keys.array(MapDependency.NOUN, page.items(), json::brief)
                            .object(
                                "info",
                                info -> paging.info(info, page.items().size(), page.more()))));
  }

  private static Predicate<MapDependency> filter(Call call, MapDependencyJson json) {
    Optional<String> text = call.query(FILTERS);
    if (text.isEmpty()) {
      return one -> true;
    }
    var condition = FILTER.parse(parse(text.get()), "$");
    return one -> condition.test(key -> json.value(one, key));
  }

  private static JsonNode parse(String text) {
    return Json.object(text)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .error()
                    .message("the value given is invalid")
                    .at(FILTERS, "$")
                    .with("param_name", FILTERS));
  }

  /** One with its values; 204 when the layout has no such. */
  private Reply one(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = ModuleParameter.of(metadata, call);
    Layout layout = layout(call, module, "The layout is deactivated");
    var json = new MapDependencyJson(metadata, module);
    return find(call, metadata, layout)
        .filter(found -> found.fields(metadata, module).isPresent())
        .map(found -> Reply.list(MapDependency.NOUN, List.of(found), json::whole))
        .orElseGet(Reply::noContent);
  }

  private Reply create(Call call) {
    customizer(call);
    return changes.change(
        call,
        change -> {
          Module module = ModuleParameter.of(change.metadata(), call);
          Layout layout = layout(call, module, "The given layout is deactivated");
          return outcome(
              call, change, 201, item -> MapDependencyService.create(change, module, layout, item));
        });
  }

  private Reply update(Call call) {
    customizer(call);
    return changes.change(
        call,
        change -> {
          Module module = ModuleParameter.of(change.metadata(), call);
          Layout layout = layout(call, module, "The given layout is deactivated");
          MapDependency known = require(call, change.metadata(), layout, "modified");
          return outcome(
              call,
              change,
              200,
              item -> MapDependencyService.update(change, module, layout, known, item));
        });
  }

  private Reply delete(Call call) {
    customizer(call);
    return changes.change(
        call,
        change -> {
          Module module = ModuleParameter.of(change.metadata(), call);
          Layout layout = layout(call, module, "The given layout is deactivated");
          MapDependency known = require(call, change.metadata(), layout, "deleted");
          change.delete(known.setting());
          var results = new Results(MapDependency.NOUN);
          results.add(Results.Done.of("map dependency deleted", known.id()));
          return results.reply(200);
        });
  }

  private void customizer(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), Access.CUSTOMIZE);
  }

  private interface Work {
    Results.Done on(Item item);
  }

  /** The reply to a body with one dependency, of which nothing is kept when it is refused. */
  private static Reply outcome(Call call, MetadataChange change, int success, Work work) {
    JsonNode body = call.json();
    if (body.path(MapDependency.NOUN).size() > 1 && body.path(MapDependency.NOUN).isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("maximum_length", 1)
          .at(MapDependency.NOUN, "$." + MapDependency.NOUN);
    }
    var results = new Results(MapDependency.NOUN);
    try {
      Item item = Item.list(body, MapDependency.NOUN, 1).getFirst();
      results.add(change.part(() -> work.on(item)));
    } catch (ApiError e) {
      if (!e.details().getOrDefault("json_path", "").equals("$." + MapDependency.NOUN)) {
        results.add(e);
      } else {
        throw e;
      }
    }
    return results.reply(success);
  }

  private static Layout layout(Call call, Module module, String deactivated) {
    ApiError invalid = ErrorCode.INVALID_DATA.with("resource_path_index", 2);
    Layout layout =
        PathId.find(call, "layout")
            .flatMap(id -> module.layouts().stream().filter(one -> one.id() == id).findFirst())
            .orElseThrow(() -> invalid.message("Invalid Layout Id"));
    if (!layout.active()) {
      throw invalid.message(deactivated);
    }
    return layout;
  }

  private static Optional<MapDependency> find(Call call, Metadata metadata, Layout layout) {
    return PathId.find(call, "map_dependency")
        .flatMap(
            id ->
                MapDependency.list(metadata, layout.id()).stream()
                    .filter(one -> one.id() == id)
                    .findFirst());
  }

  private static MapDependency require(Call call, Metadata metadata, Layout layout, String what) {
    MapDependency found =
        find(call, metadata, layout)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("resource_path_index", PATH_INDEX)
                        .message("the id given seems to be invalid"));
    if (found.internal()) {
      throw ErrorCode.NOT_ALLOWED
          .with("resource_path_index", PATH_INDEX)
          .status(400)
          .message("Internal Map Dependency cannot be " + what);
    }
    return found;
  }
}
