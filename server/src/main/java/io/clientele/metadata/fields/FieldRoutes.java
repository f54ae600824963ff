package io.clientele.metadata.fields;

import io.clientele.access.Access;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.util.List;

/** Fields of a module, and the values of pick lists (fields, pick_list_values). */
public final class FieldRoutes {
  private static final String SCOPE = "settings.fields";

  private static final String NOUN = "fields";

  /** How many fields a call may have. */
  private static final int MAXIMUM = 25;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public FieldRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  private interface FieldWork {
    Results.Done apply(MetadataChange change, Module module, Item item);
  }

  private record FieldOf(Module module, Field field) {}

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/fields", SCOPE, this::list)
        .get("/settings/fields/{field}", SCOPE, this::one)
        .get("/settings/fields/{field}/pick_list_values", SCOPE, this::pickListValues)
        .post("/settings/fields", SCOPE, this::create)
        .patch("/settings/fields", SCOPE, this::updateAll)
        .patch("/settings/fields/{field}", SCOPE, this::update)
        .delete("/settings/fields/{field}", SCOPE, this::delete);
  }

  private Reply create(Call call) {
    return each(call, 201, CreateField::create);
  }

  private Reply updateAll(Call call) {
    return each(call, 200, UpdateField::update);
  }

  private Reply each(Call call, int success, FieldWork work) {
    Module module = customizable(call);
    return changes.each(
        call,
        NOUN,
        MAXIMUM,
        success,
        (change, item) ->
            work.apply(change, change.metadata().find(module.id()).orElseThrow(), item));
  }

  private Reply update(Call call) {
    long moduleId = customizable(call).id();
    return changes.each(
        call,
        NOUN,
        1,
        200,
        (change, item) -> {
          Module module = change.metadata().find(moduleId).orElseThrow();
          return UpdateField.update(change, module, field(call, module), item);
        });
  }

  private Reply delete(Call call) {
    long moduleId = customizable(call).id();
    return changes.change(
        call,
        change -> {
          Module module = change.metadata().find(moduleId).orElseThrow();
          var results = new Results(NOUN);
          results.add(DeleteField.delete(change, module, field(call, module)));
          return results.reply(200);
        });
  }

  /** The module in the parameter, by whom may shape it. */
  private Module customizable(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.CUSTOMIZE);
    Module module = ModuleParameter.of(metadata, call);
    if (!module.hasTable() || module.generatedType().equals("field_tracker")) {
      throw ModuleParameter.notSupported();
    }
    return module;
  }

  /**
   * All fields of a module, or those of one {@code type}; 204 when there are none. Several modules
   * may be named: the official client for Node asks so before it converts leads.
   */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    String type = call.query("type").orElse("all");
    List<FieldOf> fields =
        ModuleParameter.several(reader.metadata(), call).stream()
            .flatMap(module -> module.fields().stream().map(field -> new FieldOf(module, field)))
            .filter(each -> !each.field().isInternal())
            .filter(each -> type.equals("all") || usage(each.field()).equals(type))
            .toList();
    return fields.isEmpty() ? Reply.noContent() : reply(call, reader, fields);
  }

  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Module module = ModuleParameter.of(reader.metadata(), call);
    return reply(call, reader, List.of(new FieldOf(module, field(call, module))));
  }

  /** The values of one pick list; 204 when the field is of another type. */
  private Reply pickListValues(Call call) {
    Reader reader = Reader.of(cache, call);
    access.require(reader.metadata(), reader.userId(), Access.CUSTOMIZE);
    Module module = ModuleParameter.of(reader.metadata(), call);
    Field field = field(call, module);
    List<PickListJson.Value> values = PickListJson.values(field);
    if (values.isEmpty()) {
      return Reply.noContent();
    }
    return Reply.list(
        "pick_list_values",
        values,
        (keys, value) -> {
          PickListJson.write(keys, value);
          associations(keys, module, field, value);
        });
  }

  private static void associations(
      Keys keys, Module module, Field field, PickListJson.Value value) {
    var layouts =
        FieldJson.layoutsWith(module, field).stream()
            .filter(
                layout ->
                    layout
                        .pickList(field.apiName())
                        .map(shown -> shown.contains(value.actual()))
                        .orElse(true))
            .toList();
    if (value.isUsed() && !layouts.isEmpty()) {
      keys.array("layout_associations", layouts, FieldJson::layout);
    } else {
      keys.none("layout_associations");
    }
  }

  private static Field field(Call call, Module module) {
    return PathId.require(call, "field", module::field);
  }

  private static Reply reply(Call call, Reader reader, List<FieldOf> fields) {
    boolean permissions = call.query("include").orElse("").equals("allowed_permissions_to_update");
    return Reply.list(
        "fields",
        fields,
        (keys, each) -> {
          FieldJson.write(keys, reader, each.module(), each.field());
          if (permissions) {
            allPermissions(keys);
          }
        });
  }

  private static void allPermissions(Keys keys) {
    keys.object(
        "allowed_permissions_to_update",
        inner -> inner.flag("read_write", true).flag("read_only", true).flag("hidden", true));
  }

  private static String usage(Field field) {
    return FieldJson.value(field, "type").asString("used");
  }
}
