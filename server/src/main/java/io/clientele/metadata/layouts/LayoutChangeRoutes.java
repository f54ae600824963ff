package io.clientele.metadata.layouts;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import io.clientele.metadata.PathId;
import io.clientele.metadata.RecordMove;
import io.clientele.metadata.layouts.RemoveLayout.Kind;
import io.clientele.metadata.layouts.RemoveLayout.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The layouts of a module (layouts, write side), and their creation, which is our own. */
public final class LayoutChangeRoutes {
  private static final String SCOPE = "settings.layouts";
  private static final String NOUN = "layouts";
  private static final int PER_CALL = 5;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final Database database;

  public LayoutChangeRoutes(
      MetadataCache cache, MetadataChanges changes, Access access, Database database) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
    this.database = database;
  }

  public void addTo(RouteTable routes) {
    routes
        .own(
            "POST",
            "/clientele/v1/settings/layouts",
            Scope.of(SCOPE, Operation.CREATE),
            this::create)
        .patch("/settings/layouts", SCOPE, this::updateSeveral)
        .patch("/settings/layouts/{layout}", SCOPE, this::update)
        .delete("/settings/layouts/{layout}", SCOPE, call -> remove(call, Kind.DELETE))
        .post("/settings/layouts/{layout}/actions/activate", SCOPE, this::activate)
        .delete(
            "/settings/layouts/{layout}/actions/activate",
            SCOPE,
            call -> remove(call, Kind.DEACTIVATE));
  }

  private Reply create(Call call) {
    module(call);
    return changes.each(
        call,
        NOUN,
        PER_CALL,
        201,
        (change, item) -> CreateLayout.create(change, moduleIn(change, call), item));
  }

  private Reply updateSeveral(Call call) {
    module(call);
    return changes.each(
        call,
        NOUN,
        PER_CALL,
        200,
        (change, item) -> UpdateLayout.update(change, moduleIn(change, call), item));
  }

  private Reply update(Call call) {
    return one(call, UpdateLayout::update);
  }

  private Reply activate(Call call) {
    return one(call, ActivateLayout::activate);
  }

  private interface Work {
    Done on(MetadataChange change, Module module, Layout layout, Item item);
  }

  /** An operation on the layout in the path, with a body of one layout. */
  private Reply one(Call call, Work work) {
    layout(call, module(call));
    return changes.each(
        call,
        NOUN,
        1,
        200,
        (change, item) -> {
          Module module = moduleIn(change, call);
          return work.on(change, module, layout(call, module), item);
        });
  }

  /**
   * Most records move before the change, a few at a time; those written meanwhile move with it, and
   * those of requests that began before it right after.
   */
  private Reply remove(Call call, Kind kind) {
    Module module = module(call);
    Request request = request(call, kind, module);
    var org = cache.of(call.caller().orgId()).org();
    Optional<RecordMove> move = database.read(tx -> RemoveLayout.plan(tx, org, request)).move();
    move.ifPresent(records -> records.inBatches(database, org));
    Done done =
        changes.change(
            call,
            change -> RemoveLayout.remove(change, request(call, kind, moduleIn(change, call))));
    move.ifPresent(records -> records.inBatches(database, org));
    var results = new Results(NOUN);
    results.add(done);
    return results.reply(200);
  }

  private static Request request(Call call, Kind kind, Module module) {
    Layout layout = kind == Kind.DELETE ? layoutToDelete(call, module) : layout(call, module);
    var parameters = new HashMap<String, String>();
    for (String name : List.of("transfer_to", "pipeline", "stage")) {
      call.query(name).ifPresent(value -> parameters.put(name, value));
    }
    return new Request(kind, module, layout, parameters);
  }

  /** The module of the parameter, if the caller may customize. */
  private Module module(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.CUSTOMIZE);
    Module module = ModuleParameter.of(metadata, call);
    if (module.layouts().isEmpty()) {
      throw ModuleParameter.notSupported();
    }
    return module;
  }

  private static Module moduleIn(MetadataChange change, Call call) {
    return ModuleParameter.of(change.metadata(), call);
  }

  private static Layout layout(Call call, Module module) {
    return PathId.require(call, "layout", module::layout);
  }

  /** Deleting has words of its own for a wrong id. */
  private static Layout layoutToDelete(Call call, Module module) {
    ApiError malformed =
        ErrorCode.INVALID_DATA
            .with("param_name", "id")
            .with("expected_data_type", "int64")
            .message("The id given seems to be invalid");
    return PathId.find(call, "layout")
        .map(
            id ->
                module
                    .layout(id)
                    .orElseThrow(
                        () ->
                            ErrorCode.INVALID_DATA
                                .with("resource_path_index", 2)
                                .message("No layout found with given id")))
        .orElseThrow(() -> malformed);
  }
}
