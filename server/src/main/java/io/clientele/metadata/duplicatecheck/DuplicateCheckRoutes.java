package io.clientele.metadata.duplicatecheck;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The duplicate check preference of leads. Reference: Duplicate Check Option. */
public final class DuplicateCheckRoutes {
  private static final String NOUN = "duplicate_check_preference";
  private static final String PATH = "/settings/duplicate_check_preference";
  private static final String SCOPE = "settings.duplicate_check_preference";
  private static final String UNSUPPORTED = "the given module is not supported for this api";
  private static final String NO_FEATURE = "The feature not avilable in the given module";
  private static final String NOT_YOU = "You don't have permission to perform this operation";
  private static final String NOT_THERE = "the user doesn't have permission for that module.";

  private final MetadataCache cache;
  private final MetadataChanges changes;

  public DuplicateCheckRoutes(MetadataCache cache, MetadataChanges changes) {
    this.cache = cache;
    this.changes = changes;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::get)
        .post(PATH, SCOPE, this::create)
        .put(PATH, SCOPE, this::update)
        .delete(PATH, SCOPE, this::delete);
  }

  /** 204 when it is not enabled. */
  private Reply get(Call call) {
    Metadata metadata = check(call, UNSUPPORTED, NOT_YOU);
    return DuplicateCheckPreference.find(metadata)
        .map(found -> Reply.ok(json -> Keys.object(json, keys -> write(keys, metadata, found))))
        .orElseGet(Reply::noContent);
  }

  private Reply create(Call call) {
    check(call, NO_FEATURE, NOT_YOU);
    Item item = item(call);
    return done(
        call,
        change -> DuplicateCheckService.create(change, item),
        type -> "Duplicate check enabled for " + type.word() + " successfully.");
  }

  private Reply update(Call call) {
    check(call, NO_FEATURE + ".", NOT_THERE);
    Item item = item(call);
    return done(
        call,
        change -> DuplicateCheckService.update(change, item),
        type -> "Updated fieldMapping for " + type.word() + " successfully.");
  }

  private Reply delete(Call call) {
    check(call, UNSUPPORTED, NOT_THERE);
    DuplicateCheckPreference was = changes.change(call, DuplicateCheckService::delete);
    return success("Duplicate check disabled for " + was.type().word() + " successfully.");
  }

  /** What the operations that take a body say inside their noun, the others say at the top. */
  private Reply done(
      Call call,
      Function<MetadataChange, DuplicateCheckPreference> work,
      Function<Type, String> message) {
    try {
      return success(message.apply(changes.change(call, work).type()));
    } catch (ApiError e) {
      if (e.code() != ErrorCode.FEATURE_NOT_ENABLED) {
        throw e;
      }
      return Reply.json(
          e.status(),
          json -> Keys.object(json, keys -> keys.value(NOUN, inner -> ErrorJson.write(inner, e))));
    }
  }

  private static Reply success(String message) {
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        NOUN,
                        inner ->
                            inner
                                .text("code", "SUCCESS")
                                .object("details", details -> {})
                                .text("message", message)
                                .text("status", "success"))));
  }

  private Metadata check(Call call, String unsupported, String refusal) {
    Metadata metadata = cache.of(call.caller().orgId());
    if (!Access.allows(metadata, call.caller().userId(), Access.CUSTOMIZE)) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(Access.CUSTOMIZE)).message(refusal);
    }
    Optional<Module> module =
        ModuleParameter.find(metadata, call.requiredQuery("module"), call.version());
    if (module.isEmpty()) {
      throw ErrorCode.INVALID_MODULE.with("param_name", "module");
    }
    if (!module.get().apiName().equals(DuplicateCheckPreference.MODULE)) {
      throw ErrorCode.NOT_SUPPORTED.with("param_name", "module").status(400).message(unsupported);
    }
    return metadata;
  }

  private static Item item(Call call) {
    JsonNode body = call.json().path(NOUN);
    if (body.isMissingNode() || body.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(NOUN, "$." + NOUN);
    }
    if (!(body instanceof ObjectNode object)) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(NOUN, "$." + NOUN);
    }
    return new Item(object, "$." + NOUN);
  }

  private static void write(Keys keys, Metadata metadata, DuplicateCheckPreference preference) {
    boolean mapped = preference.type() == Type.MAPPED_MODULE_RECORDS;
    List<DuplicateCheckPreference> configurations = mapped ? List.of(preference) : List.of();
    keys.object(
        NOUN,
        inner ->
            inner
                .text("type", preference.type().word())
                .array(
                    "type_configurations",
                    configurations,
                    (item, configuration) -> configuration(item, metadata, configuration)));
  }

  private static void configuration(
      Keys keys, Metadata metadata, DuplicateCheckPreference preference) {
    String contacts = DuplicateCheckPreference.MAPPED_MODULE;
    keys.array(
            "field_mappings",
            preference.mappings(),
            (pair, mapping) ->
                pair.object("mapped_field", field -> field(field, mapping.mapped(), contacts))
                    .object(
                        "current_field",
                        field -> field(field, mapping.current(), DuplicateCheckPreference.MODULE)))
        .object(
            "mapped_module",
            module ->
                module
                    .text("api_name", contacts)
                    .text("name", contacts)
                    .id("id", metadata.get(contacts).id()));
  }

  /** The name beside a field is its module's. */
  private static void field(Keys keys, Field field, String module) {
    keys.text("api_name", field.apiName()).text("name", module).id("id", field.id());
  }
}
