package io.clientele.metadata.features;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.StandardMetadata;
import io.clientele.metadata.UserLicenses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The features of the edition and their limits, and how many user licences are in use. */
public final class FeatureRoutes {
  private static final String SCOPE = "features";
  private static final List<JsonNode> FEATURES =
      StandardMetadata.read("features.json").path("__features").valueStream().toList();

  private final MetadataCache cache;

  public FeatureRoutes(MetadataCache cache) {
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/__features", SCOPE, this::list)
        .get("/__features/{feature}", SCOPE, this::one)
        .get("/__features/user_licenses", SCOPE, this::userLicenses);
  }

  /** A page of the features, those of a module or of some names; 204 when there are none. */
  private Reply list(Call call) {
    boolean ofModule = checkModule(call);
    Optional<List<String>> names =
        call.query("api_names").map(text -> Arrays.asList(text.split(",")));
    Paging.Page<JsonNode> page =
        Paging.of(call)
            .of(
                FEATURES.stream()
                    .filter(feature -> !ofModule || isOfModules(feature))
                    .filter(feature -> names.isEmpty() || names.get().contains(name(feature)))
                    .toList());
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("__features", page.items(), FeatureRoutes::write)
                        .object(
                            "info",
                            info -> page.paging().info(info, page.items().size(), page.more()))));
  }

  /** One feature; 204 when the edition has none of that name. */
  private Reply one(Call call) {
    checkModule(call);
    List<JsonNode> found =
        FEATURES.stream().filter(feature -> name(feature).equals(call.path("feature"))).toList();
    return found.isEmpty()
        ? Reply.noContent()
        : Reply.list("__features", found, FeatureRoutes::write);
  }

  /** How many users the licence allows, and how many are active. */
  private Reply userLicenses(Call call) {
    checkModule(call);
    Metadata metadata = cache.of(call.caller().orgId());
    UserLicenses licenses = UserLicenses.of(metadata);
    return Reply.list(
        "__features",
        List.of("user_licenses"),
        (keys, name) ->
            keys.none("components")
                .text("api_name", name)
                .none("parent_feature")
                .flag("module_supported", false)
                .object(
                    "details",
                    details ->
                        details
                            .object(
                                "available_count", count -> count.number("total", licenses.left()))
                            .object("used_count", count -> count.number("total", licenses.used()))
                            .object("limits", count -> count.number("total", licenses.bought())))
                .text("feature_label", "UserLicenses"));
  }

  /** Whether a module is named; it must be one of the org's. */
  private boolean checkModule(Call call) {
    Optional<String> module = call.query("module");
    if (module.isPresent()
        && ModuleParameter.find(cache.of(call.caller().orgId()), module.get(), call.version())
            .isEmpty()) {
      throw ErrorCode.INVALID_MODULE.with("param_name", "module");
    }
    return module.isPresent();
  }

  private static void write(Keys keys, JsonNode feature) {
    feature.forEachEntry(keys::node);
  }

  private static boolean isOfModules(JsonNode feature) {
    return feature.path("module_supported").asBoolean(false);
  }

  private static String name(JsonNode feature) {
    return feature.path("api_name").asString("");
  }
}
