package io.clientele.records.locking;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordRoutes;
import io.clientele.records.Records;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The lock of a record. References: Record Locking Information, Lock Records, Unlock Records. */
public final class LockRoutes {
  private static final String PATH = "/{module}/{id}/Locking_Information__s";
  private static final String ONE = PATH + "/{lock}";
  private static final Shape SHAPE =
      Shape.empty().text("Locked_Reason__s", 3000).require("Locked_Reason__s");

  private final MetadataCache cache;
  private final Locks locks;

  public LockRoutes(Records records, MetadataCache cache) {
    this.cache = cache;
    locks = new Locks(records);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", PATH, Scope.modules(Operation.READ), this::list)
        .api("GET", ONE, Scope.modules(Operation.READ), this::get)
        .api("POST", PATH, Scope.modules(Operation.CREATE), this::lock)
        .api("PUT", ONE, Scope.modules(Operation.UPDATE), this::update)
        .api("DELETE", ONE, Scope.modules(Operation.DELETE), this::unlock);
  }

  /** What a call is about. */
  record Target(Metadata metadata, Module module, long recordId, long userId) {}

  /** The record's only lock; 204 when it has none. */
  private Reply list(Call call) {
    Optional<LockJson> found = locks.find(target(call));
    return found
        .map(
            lock ->
                Reply.ok(
                    json ->
                        Keys.object(
                            json,
                            keys -> {
                              keys.array("data", List.of(lock), Keys.wanted(call), LockJson::write);
                              keys.object("info", info -> page(info, call));
                            })))
        .orElseGet(Reply::noContent);
  }

  private static void page(Keys info, Call call) {
    Paging.of(call).info(info, 1, false);
    info.none("next_page_token").none("previous_page_token").none("page_token_expiry");
  }

  private Reply get(Call call) {
    LockJson lock = require(locks.find(target(call)), call);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys -> keys.array("data", List.of(lock), Keys.wanted(call), LockJson::write)));
  }

  private Reply lock(Call call) {
    Target target = target(call);
    Item item = item(call);
    return result(
        () -> {
          SHAPE.check(item);
          return Outcomes.done(
              locks.lock(target, item.text("Locked_Reason__s")),
              "record added",
              target.metadata,
              target.userId);
        },
        201);
  }

  private Reply update(Call call) {
    Target target = target(call);
    LockJson lock = require(locks.find(target), call);
    Item item = item(call);
    return result(
        () -> {
          SHAPE.check(item);
          locks.update(target, lock.id(), item.text("Locked_Reason__s"));
          return Done.of("relation updated", lock.id());
        },
        200);
  }

  private Reply unlock(Call call) {
    Target target = target(call);
    LockJson lock = require(locks.find(target), call);
    locks.unlock(target, lock.id());
    return result(() -> Done.of("relation removed", lock.id()), 200);
  }

  /** What is wrong with the body stands in {@code data}; what is wrong with the lock does not. */
  private static Reply result(Supplier<Done> work, int success) {
    var results = new Results("data");
    try {
      results.add(work.get());
    } catch (ApiError e) {
      if (!e.details().containsKey("json_path")) {
        throw e;
      }
      results.add(e);
    }
    return results.reply(success);
  }

  private static Item item(Call call) {
    JsonNode body = call.json();
    if (body.path("data") instanceof ArrayNode list && list.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("data", "$.data");
    }
    return Item.list(body, "data", 1).getFirst();
  }

  private static LockJson require(Optional<LockJson> lock, Call call) {
    return lock.filter(
            found -> PathId.find(call, "lock").filter(id -> id == found.id()).isPresent())
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 3)
                    .message("the id given seems to be invalid"));
  }

  private Target target(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = RecordRoutes.writable(call, metadata);
    if (module.field("Locked__s").isEmpty()) {
      throw ErrorCode.INVALID_DATA.error().message("relation not found");
    }
    if (RecordLocking.of(metadata, module).isEmpty()) {
      throw ErrorCode.NOT_ALLOWED
          .with("resource_path_index", 2)
          .status(400)
          .message("Required Record Locking Configuration is not present");
    }
    long id = PathId.find(call, "id").orElseThrow(Locks::unknownRecord);
    return new Target(metadata, module, id, call.caller().userId());
  }
}
