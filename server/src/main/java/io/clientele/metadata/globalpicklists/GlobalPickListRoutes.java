package io.clientele.metadata.globalpicklists;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Global pick lists, and the replacement of their values (global_picklists). */
public final class GlobalPickListRoutes {
  private static final String SCOPE = "settings.global_picklist";
  private static final String ALL = "/settings/global_picklists";
  private static final String ONE = ALL + "/{global_picklist}";

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final GlobalPickListService service;
  private final ReplacePickListValues replace;

  public GlobalPickListRoutes(
      Database database,
      MetadataCache cache,
      MetadataChanges changes,
      Access access,
      JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
    service = new GlobalPickListService(jobs);
    replace = new ReplacePickListValues(jobs);
  }

  public void addTo(RouteTable routes) {
    routes
        .get(ALL, SCOPE, this::list)
        .post(ALL, SCOPE, this::create)
        .patch(ALL, SCOPE, this::updateNamed)
        .delete(ALL, SCOPE, this::deleteNamed)
        .get(ONE, SCOPE, this::one)
        .patch(ONE, SCOPE, this::update)
        .delete(ONE, SCOPE, this::delete)
        .post(ONE + "/actions/replace_picklist_values", SCOPE, this::replace)
        .get(ONE + "/actions/replaced_values", SCOPE, this::replaced)
        .get(ONE + "/actions/associations", SCOPE, this::associations)
        .get(ONE + "/actions/pick_list_values_associations", SCOPE, this::features);
  }

  private Reader reader(Call call) {
    Reader reader = Reader.of(cache, call);
    access.require(reader.metadata(), reader.userId(), Access.CUSTOMIZE);
    return reader;
  }

  private Reply list(Call call) {
    Reader reader = reader(call);
    var filters = GlobalPickListFilters.of(call);
    var json = new GlobalPickListJson(reader, call, false, filters.values());
    List<GlobalPickList> lists =
        GlobalPickList.list(reader.metadata()).stream().filter(filters.lists()).toList();
    return lists.isEmpty() ? Reply.noContent() : reply(call, json, lists);
  }

  /** 204 when there is no such list. */
  private Reply one(Call call) {
    Reader reader = reader(call);
    var json = new GlobalPickListJson(reader, call, true, value -> true);
    return PathId.find(call, "global_picklist")
        .flatMap(id -> GlobalPickList.find(reader.metadata(), id))
        .map(list -> reply(call, json, List.of(list)))
        .orElseGet(Reply::noContent);
  }

  private static Reply reply(Call call, GlobalPickListJson json, List<GlobalPickList> lists) {
    return Reply.ok(
        generator ->
            Keys.object(
                generator,
                keys ->
                    keys.array(GlobalPickListService.NOUN, lists, Keys.wanted(call), json::write)));
  }

  private Reply create(Call call) {
    reader(call);
    return changes.each(call, GlobalPickListService.NOUN, 1, 201, service::create);
  }

  private Reply updateNamed(Call call) {
    reader(call);
    return changes.each(call, GlobalPickListService.NOUN, 1, 200, service::update);
  }

  private Reply update(Call call) {
    GlobalPickList list = present(call, reader(call));
    return changes.each(
        call,
        GlobalPickListService.NOUN,
        1,
        200,
        (change, item) -> {
          item.json().put("id", Long.toString(list.id()));
          return service.update(change, item);
        });
  }

  /** The list of the parameter {@code ids}. */
  private Reply deleteNamed(Call call) {
    reader(call);
    String id = call.requiredQuery("ids");
    return delete(call, PathId.parse(id.strip()), true);
  }

  private Reply delete(Call call) {
    reader(call);
    return delete(call, PathId.find(call, "global_picklist"), false);
  }

  /** Errors are about the parameter or the path, and the reply as a whole. */
  private Reply delete(Call call, Optional<Long> id, boolean byParameter) {
    String name = byParameter ? "param_name" : "resource_path_index";
    Object place = byParameter ? "ids" : 2;
    return changes.change(
        call,
        change -> {
          GlobalPickList list =
              id.flatMap(number -> GlobalPickList.find(change.metadata(), number))
                  .orElseThrow(
                      () ->
                          ErrorCode.INVALID_DATA
                              .with(name, place)
                              .message("the id given seems to be invalid"));
          var results = new Results(GlobalPickListService.NOUN);
          results.add(service.delete(change, list, error -> error.with(name, place)));
          return results.reply(202);
        });
  }

  private Reply replace(Call call) {
    GlobalPickList named = present(call, reader(call));
    List<Item> items = Item.list(call.json(), ReplacePickListValues.NOUN, 1);
    return changes.change(
        call,
        change -> {
          GlobalPickList list =
              GlobalPickList.find(change.metadata(), named.id())
                  .filter(GlobalPickList::present)
                  .orElseThrow(GlobalPickListRoutes::inDeletion);
          var results = new Results(ReplacePickListValues.NOUN);
          boolean later = false;
          try {
            var done = change.part(() -> replace.replace(change, list, items.getFirst()));
            later = done.code().equals("SCHEDULED");
            results.add(done);
          } catch (ApiError e) {
            results.add(e);
          }
          return results.reply(later ? 202 : 200);
        });
  }

  /** What is being replaced now; 204 when nothing is. */
  private Reply replaced(Call call) {
    Reader reader = reader(call);
    GlobalPickList list = present(call, reader);
    List<JsonNode> open = database.read(tx -> Replacements.open(tx, reader.metadata().org(), list));
    return open.isEmpty()
        ? Reply.noContent()
        : Reply.list(
            "replaced_values",
            open,
            (keys, body) ->
                keys.node("display_value", body.path("display_value"))
                    .node("actual_value", body.path("actual_value"))
                    .node("reference_value", body.path("reference_value")));
  }

  /** The fields that have the list's values; 204 when there are none. */
  private Reply associations(Call call) {
    Reader reader = reader(call);
    Paging paging = Paging.of(call);
    var page = paging.of(present(call, reader).uses(reader.metadata()));
    return page.items().isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            json ->
                Keys.object(
                    json,
                    keys ->
                        keys.array("associations", page.items(), GlobalPickListJson::use)
                            .object(
                                "info",
                                info -> paging.info(info, page.items().size(), page.more()))));
  }

  /** The features that name a value: there are none yet, so 204. */
  private Reply features(Call call) {
    Reader reader = reader(call);
    GlobalPickList list = present(call, reader);
    String id =
        call.query("picklist_value_id")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> ErrorCode.REQUIRED_PARAM_MISSING.with("param", "picklist_value_id"));
    if (list.values().stream().noneMatch(value -> value.path("id").asString().equals(id))) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", "picklist_value_id")
          .message("the id given seems to be invalid");
    }
    return Reply.noContent();
  }

  /** The list of the path, unless it is being deleted. */
  private static GlobalPickList present(Call call, Reader reader) {
    GlobalPickList list =
        PathId.require(call, "global_picklist", id -> GlobalPickList.find(reader.metadata(), id));
    if (!list.present()) {
      throw inDeletion();
    }
    return list;
  }

  private static ApiError inDeletion() {
    return GlobalPickListService.inDeletion().with("resource_path_index", 2);
  }
}
