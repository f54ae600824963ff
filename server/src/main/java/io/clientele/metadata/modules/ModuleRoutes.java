package io.clientele.metadata.modules;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The modules of the org (modules). */
public final class ModuleRoutes {
  private static final String SCOPE = "settings.modules";
  private static final List<String> STATUSES =
      List.of("visible", "user_hidden", "system_hidden", "scheduled_for_deletion");

  private static final String NOUN = "modules";
  private static final int MAXIMUM = 100;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public ModuleRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/modules", SCOPE, this::list)
        .get("/settings/modules/{module}", SCOPE, this::one)
        .post("/settings/modules", SCOPE, this::create)
        .put("/settings/modules", SCOPE, this::updateAll)
        .put("/settings/modules/{module}", SCOPE, this::update);
  }

  private Reply create(Call call) {
    requireCustomizer(call);
    call.json().path(NOUN).forEach(CreateModule::refuseTeams);
    return changes.each(call, NOUN, 1, 201, CreateModule::create);
  }

  private Reply updateAll(Call call) {
    requireCustomizer(call);
    return changes.each(call, NOUN, MAXIMUM, 200, UpdateModule::update);
  }

  private Reply update(Call call) {
    requireCustomizer(call);
    return changes.each(
        call,
        NOUN,
        1,
        200,
        (change, item) ->
            UpdateModule.update(
                change,
                find(change.metadata(), call)
                    .orElseThrow(() -> ErrorCode.INVALID_MODULE.with("resource_path_index", 2)),
                item));
  }

  private void requireCustomizer(Call call) {
    access.require(cache.of(call.caller().orgId()), call.caller().userId(), Access.CUSTOMIZE);
    if (!call.version().atLeast(ApiVersion.V6)) {
      throw ErrorCode.API_NOT_SUPPORTED.with("supported_version", 6);
    }
  }

  /**
   * The modules that are not internal, or those of some {@code status}; 204 when there are none,
   * 304 when none changed since the moment the client names.
   */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    refuseFeature(call);
    Set<String> statuses = statuses(call);
    Optional<Instant> since = IfModifiedSince.of(call);
    List<Module> modules =
        reader.metadata().modules().stream()
            .filter(module -> isShown(module, reader.version()))
            .filter(module -> statuses.isEmpty() || statuses.contains(status(module)))
            .filter(module -> since.isEmpty() || module.modifiedTime().isAfter(since.get()))
            .toList();
    if (modules.isEmpty()) {
      return since.isPresent() ? Reply.notModified() : Reply.noContent();
    }
    var json = new ModuleJson(reader);
    var details = new ModuleDetailJson(reader, include(call));
    return reply(
        call,
        modules,
        (keys, module) -> {
          json.write(keys, module);
          details.writeIncluded(keys, module);
        });
  }

  /** One module, by its API name or its id. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module =
        find(reader.metadata(), call)
            .filter(found -> isShown(found, reader.version()))
            .orElseThrow(() -> ErrorCode.INVALID_MODULE.with("resource_path_index", 2));
    if (!module.apiSupported()) {
      throw ErrorCode.NOT_SUPPORTED
          .error()
          .status(400)
          .message("the given module is not supported in api");
    }
    if (IfModifiedSince.of(call)
        .filter(since -> !module.modifiedTime().isAfter(since))
        .isPresent()) {
      return Reply.notModified();
    }
    var json = new ModuleJson(reader);
    var details = new ModuleDetailJson(reader, include(call));
    return reply(
        call,
        List.of(module),
        (keys, found) -> {
          json.write(keys, found);
          details.writeAlone(keys, found);
          details.writeIncluded(keys, found);
        });
  }

  private static Reply reply(Call call, List<Module> modules, BiConsumer<Keys, Module> writer) {
    Predicate<String> wanted = Keys.wanted(call);
    return Reply.ok(
        json -> Keys.object(json, keys -> keys.array("modules", modules, wanted, writer)));
  }

  private static Optional<Module> find(Metadata metadata, Call call) {
    return PathId.find(call, "module")
        .flatMap(metadata::find)
        .or(() -> ModuleParameter.find(metadata, call.path("module"), call.version()));
  }

  private static boolean isShown(Module module, ApiVersion version) {
    return !module.definition().path("internal").asBoolean(false)
        && ModuleParameter.answers(module, version);
  }

  private static String status(Module module) {
    return module.definition().path("module").path("status").asString("visible");
  }

  private static Set<String> statuses(Call call) {
    List<String> statuses = call.query("status").stream().flatMap(ModuleRoutes::split).toList();
    for (int i = 0; i < statuses.size(); i++) {
      if (!STATUSES.contains(statuses.get(i))) {
        throw ErrorCode.INVALID_DATA
            .with("index", i)
            .with("supported_values", STATUSES)
            .with("param_name", "status")
            .message("The status given is invalid.");
      }
    }
    return Set.copyOf(statuses);
  }

  /** Modules are not told by feature; an empty name is refused as documented. */
  private static void refuseFeature(Call call) {
    if (call.query("feature_name").filter(String::isBlank).isPresent()) {
      throw ErrorCode.INVALID_DATA.error().message("the given feature name is invalid");
    }
  }

  private static Set<String> include(Call call) {
    return Set.copyOf(call.query("include").stream().flatMap(ModuleRoutes::split).toList());
  }

  private static Stream<String> split(String text) {
    return Arrays.stream(text.split(",", -1));
  }
}
