package io.clientele.records.search;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.CriteriaSql;
import io.clientele.records.Records;
import io.clientele.records.Views;
import java.time.Clock;

/** The paths {@code /{module}/search} and {@code /{module}/actions/count}. */
public final class SearchRoutes {
  private final MetadataCache metadata;
  private final SearchRecords searches;
  private final CountRecords counts;

  public SearchRoutes(
      Records records,
      Database database,
      MetadataCache metadata,
      ModuleTables tables,
      Access access,
      Clock clock) {
    this.metadata = metadata;
    var views = new Views(tables);
    var sql = new SearchSql(access, views, CriteriaSql.forSearches(tables, clock));
    searches = new SearchRecords(database, records, views, sql);
    counts = new CountRecords(database, tables, sql);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", "/{module}/search", Scope.modules(Operation.READ), this::search)
        .api("GET", "/{module}/actions/count", Scope.modules(Operation.READ), this::count);
  }

  private Reply search(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = module(call, snapshot, "module not suppoted for search");
    return searches.search(call, snapshot, module);
  }

  private Reply count(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = module(call, snapshot, "the given module is not supported for count");
    return counts.count(call, snapshot, module);
  }

  /** Modules that have no records of their own are neither searched nor counted. */
  private static Module module(Call call, Metadata snapshot, String refusal) {
    Module module = snapshot.require(call.path("module"));
    if (!module.hasTable() || !module.apiSupported()) {
      throw ErrorCode.NOT_SUPPORTED.with("module", module.apiName()).status(400).message(refusal);
    }
    return module;
  }
}
