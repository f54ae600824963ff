package io.clientele.metadata.views;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.Arrays;
import java.util.List;

/** The calls that change custom views. */
final class CustomViewChanges {
  private static final String NOUN = "custom_views";
  private static final String MANAGE = "Crm_Implied_Manage_CustomViews";
  private static final int MAXIMUM = 200;
  private static final int MAXIMUM_DELETED = 100;
  private static final int UNAUTHORIZED = 401;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final CustomViews views;

  CustomViewChanges(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
    this.views = new CustomViews();
  }

  /** What is done with one view of a module. */
  private interface Change {
    Done of(MetadataChange change, Module module, Setting view, Item item);
  }

  Reply create(Call call) {
    String module = module(call, true);
    return changes.each(
        call,
        NOUN,
        MAXIMUM,
        201,
        (change, item) -> views.create(change, change.metadata().require(module), item));
  }

  Reply update(Call call) {
    return many(call, true, views::update);
  }

  Reply updateOne(Call call) {
    return one(call, true, views::update);
  }

  Reply changeSort(Call call) {
    return many(call, false, views::changeSort);
  }

  Reply changeSortOfOne(Call call) {
    return one(call, false, views::changeSort);
  }

  Reply delete(Call call) {
    String module = module(call, true);
    List<String> ids =
        Arrays.stream(call.requiredQuery("ids").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "ids");
    }
    if (ids.size() > MAXIMUM_DELETED) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_DELETED).with("param_name", "ids");
    }
    return changes.each(
        call,
        NOUN,
        ids,
        200,
        (change, id) -> views.delete(change, change.metadata().require(module), id));
  }

  /** Views that the body names by their ids. */
  private Reply many(Call call, boolean manage, Change work) {
    String name = module(call, manage);
    return changes.each(
        call,
        NOUN,
        MAXIMUM,
        200,
        (change, item) -> {
          item.require("id");
          Module module = change.metadata().require(name);
          Setting view =
              views.find(change, module, item.text("id")).orElseThrow(() -> item.invalid("id"));
          try {
            return work.of(change, module, view, item);
          } catch (ApiError e) {
            throw e.code() == ErrorCode.NO_PERMISSION ? e.at("id", item.at("id")) : e;
          }
        });
  }

  /** The view in the path; an error about it is the whole reply. */
  private Reply one(Call call, boolean manage, Change work) {
    String name = module(call, manage);
    List<Item> items = Item.list(call.json(), NOUN, 1);
    return changes
        .change(
            call,
            change -> {
              Module module = change.metadata().require(name);
              Setting view =
                  PathId.require(call, "view", id -> views.find(change, module, Long.toString(id)));
              var results = new Results(NOUN);
              try {
                results.add(change.part(() -> work.of(change, module, view, items.getFirst())));
              } catch (ApiError e) {
                if (e.code() == ErrorCode.NO_PERMISSION) {
                  throw e.with("resource_path_index", 2);
                }
                results.add(e);
              }
              return results;
            })
        .reply(200);
  }

  /** The name of the module in the parameter, which the caller may work with. */
  private String module(Call call, boolean manage) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = ModuleParameter.of(metadata, call);
    access.require(metadata, call.caller().userId(), Action.READ, module);
    if (manage && !Access.allows(metadata, call.caller().userId(), MANAGE)) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(MANAGE)).status(UNAUTHORIZED);
    }
    return module.apiName();
  }
}
