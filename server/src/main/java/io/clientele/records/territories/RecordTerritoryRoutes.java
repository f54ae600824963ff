package io.clientele.records.territories;

import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.types.TerritoriesType.Assigned;
import io.clientele.records.LockedAction;
import io.clientele.records.RecordChange;
import io.clientele.records.RecordLocks;
import io.clientele.records.RecordRoutes;
import io.clientele.records.RecordTerritories;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts records into territories and takes them out again, at once. References: Assign Territories
 * to Records, Remove Territories of Records.
 */
public final class RecordTerritoryRoutes {
  private final Records records;
  private final MetadataCache cache;

  public RecordTerritoryRoutes(Records records, MetadataCache cache) {
    this.records = records;
    this.cache = cache;
  }

  public void addTo(RouteTable routes) {
    Scope update = Scope.modules(Operation.UPDATE);
    routes
        .api("POST", "/{module}/actions/assign_territories", update, many(this::assign))
        .api("POST", "/{module}/{id}/actions/assign_territories", update, one(this::assign))
        .api("POST", "/{module}/actions/remove_territories", update, many(this::remove))
        .api("POST", "/{module}/{id}/actions/remove_territories", update, one(this::remove));
  }

  /** What a record's territories become. */
  private interface Plan {
    Outcome of(RecordChange change, Module module, TerritoryRequest row, List<Assigned> had);
  }

  private record Outcome(List<Assigned> territories, String message) {}

  private Outcome assign(
      RecordChange change, Module module, TerritoryRequest row, List<Assigned> had) {
    var now = new ArrayList<>(had);
    row.territories()
        .forEach(
            (id, path) -> {
              if (had.stream().anyMatch(one -> one.id() == id)) {
                throw ErrorCode.DUPLICATE_DATA
                    .error()
                    .message("Given Territory id already exists for that record")
                    .at("id", path);
              }
              now.add(new Assigned(id, change.stamp().userId(), change.stamp().now()));
            });
    int limit = change.territories(module).limit();
    if (now.size() > limit) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", limit)
          .message("Maximum limit of territories for that record exceeds");
    }
    return new Outcome(now, "the territories data updated successfully");
  }

  private Outcome remove(
      RecordChange change, Module module, TerritoryRequest row, List<Assigned> had) {
    var now = new ArrayList<>(had);
    row.territories()
        .forEach(
            (id, path) -> {
              Assigned there =
                  had.stream()
                      .filter(one -> one.id() == id)
                      .findFirst()
                      .orElseThrow(() -> TerritoryRequest.unknownTerritory(path));
              if (there.by() == null) {
                throw ErrorCode.NOT_ALLOWED
                    .error()
                    .status(400)
                    .message("Territory id which you are trying to remove was system assigned")
                    .at("id", path);
              }
              now.remove(there);
            });
    return new Outcome(now, "the territories data removed successfully");
  }

  private Handler many(Plan plan) {
    return call -> {
      Metadata metadata = cache.of(call.caller().orgId());
      Module module = module(call, metadata);
      List<Item> rows = TerritoryRequest.rows(call.json(), TerritoryRequest.most());
      return change(call, metadata, module, rows, Optional.empty(), plan);
    };
  }

  private Handler one(Plan plan) {
    return call -> {
      Metadata metadata = cache.of(call.caller().orgId());
      Module module = module(call, metadata);
      Optional<Long> id = PathId.find(call, "id");
      if (id.isEmpty()) {
        throw RecordRoutes.unknownId("The record Id given seems to be invalid");
      }
      List<Item> rows = TerritoryRequest.rows(call.json(), 1);
      return change(call, metadata, module, rows, id, plan);
    };
  }

  /** Modules whose records are in no territories are refused. */
  private static Module module(Call call, Metadata metadata) {
    Module module = RecordRoutes.writable(call, metadata);
    if (!module.territorySupported() || RecordTerritories.field(module).isEmpty()) {
      throw ErrorCode.NOT_SUPPORTED
          .with("resource_path_index", 0)
          .status(400)
          .message("the api is not supported for this module");
    }
    return module;
  }

  private Reply change(
      Call call,
      Metadata metadata,
      Module module,
      List<Item> rows,
      Optional<Long> ofPath,
      Plan plan) {
    long userId = call.caller().userId();
    records.access().require(metadata, userId, Action.UPDATE, module);
    return records
        .change(
            metadata,
            userId,
            Source.CRM_API,
            change -> {
              var results = new Results("data");
              for (Item row : rows) {
                try {
                  results.add(change(change, module, row, ofPath, plan));
                } catch (ApiError e) {
                  if (ofPath.isPresent() && e.details().containsKey("resource_path_index")) {
                    throw e;
                  }
                  results.add(e);
                }
              }
              return results;
            })
        .reply(200);
  }

  private Done change(
      RecordChange change, Module module, Item item, Optional<Long> ofPath, Plan plan) {
    TerritoryRequest row = TerritoryRequest.read(change.stamp().metadata(), item, ofPath);
    List<Assigned> had = had(change, module, row, ofPath.isPresent());
    Outcome outcome = plan.of(change, module, row, had);
    change.territories(module).write(Map.of(row.id(), outcome.territories), true);
    return Done.of(outcome.message, row.id());
  }

  /** The territories of a record that the user may change. */
  private static List<Assigned> had(
      RecordChange change, Module module, TerritoryRequest row, boolean ofPath) {
    long id = row.id();
    RecordTerritories territories = change.territories(module);
    List<Assigned> had = territories.read(List.of(id), Action.UPDATE).get(id);
    if (had == null) {
      if (territories.read(List.of(id), Action.READ).containsKey(id)) {
        throw ErrorCode.NO_PERMISSION
            .error()
            .message("User has no permission to update the record")
            .at("id", row.item().at("id"));
      }
      throw ofPath
          ? RecordRoutes.unknownId("The record Id given seems to be invalid")
          : TerritoryRequest.unknownRecord(row.item());
    }
    if (!change.locks(module).stopped(LockedAction.UPDATE, List.of(id)).isEmpty()) {
      throw ofPath ? ErrorCode.RECORD_LOCKED.with("resource_path_index", 1) : RecordLocks.error(id);
    }
    return had;
  }
}
