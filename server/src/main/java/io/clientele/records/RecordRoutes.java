package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.time.Clock;
import java.util.Set;

/** The paths of records: {@code /{module}} and {@code /{module}/{id}}. */
public final class RecordRoutes {
  /** Modules whose rows are changed under paths of their own. */
  private static final Set<String> OWN_PATHS = Set.of("Attachments", RecordLocks.MODULE);

  private final MetadataCache metadata;
  private final Access access;
  private final ListRecords lists;
  private final GetRecord singles;
  private final WriteRoutes writes;
  private final Records records;

  /**
   * @param tokenKey what signs page tokens
   */
  public RecordRoutes(
      Records records,
      Database database,
      MetadataCache metadata,
      ModuleTables tables,
      Access access,
      byte[] tokenKey,
      Clock clock) {
    RecordSelects selects = records.selects();
    this.metadata = metadata;
    this.access = access;
    lists =
        new ListRecords(
            database,
            access,
            selects,
            new PageToken.Codec(tokenKey, clock),
            new Views(tables),
            new CriteriaSql(tables, clock),
            clock);
    singles = new GetRecord(database, access, selects);
    writes = new WriteRoutes(records, metadata, access);
    this.records = records;
  }

  /** Lists of records, for operations that show a part of a module. */
  public ListRecords lists() {
    return lists;
  }

  /** Single records, for operations that show a part of a module. */
  public GetRecord singles() {
    return singles;
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", "/{module}", Scope.modules(Operation.READ), this::list)
        .api("POST", "/{module}", Scope.modules(Operation.CREATE), writes::create)
        .api("POST", "/{module}/upsert", Scope.modules(Operation.CREATE), writes::upsert)
        .api("PUT", "/{module}", Scope.modules(Operation.UPDATE), writes::updateMany)
        .api("DELETE", "/{module}", Scope.modules(Operation.DELETE), writes::deleteMany)
        .api("GET", "/{module}/{id}", Scope.modules(Operation.READ), this::get)
        .api("PUT", "/{module}/{id}", Scope.modules(Operation.UPDATE), writes::update)
        .api("DELETE", "/{module}/{id}", Scope.modules(Operation.DELETE), writes::delete);
  }

  private Reply list(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = module(call, snapshot);
    if (module.apiName().equals("Notes")
        && !Access.isAdministrator(snapshot, call.caller().userId())) {
      throw ErrorCode.NOT_SUPPORTED.error();
    }
    ExternalIds externals = records.externals(call, snapshot);
    return lists.list(call, snapshot, module, externals, IfModifiedSince.of(call));
  }

  private Reply get(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = module(call, snapshot);
    return records
        .externals(call, snapshot)
        .find(module, call.path("id"), 1)
        .map(id -> singles.get(call, snapshot, module, id, IfModifiedSince.of(call)))
        .orElseGet(Reply::noContent);
  }

  /** An id in the path that names no record is an error of the call, not of a row. */
  public static ApiError unknownId(String message) {
    return ErrorCode.INVALID_DATA.with("resource_path_index", 1).message(message);
  }

  private Metadata snapshot(Call call) {
    return metadata.of(call.caller());
  }

  /**
   * The module that the path names, if the operations on records answer for it.
   *
   * @throws ApiError INVALID_MODULE
   */
  public static Module module(Call call, Metadata snapshot) {
    Module module = snapshot.require(call.path("module"));
    if (!module.apiSupported()) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
    return module;
  }

  /**
   * The same, for a module with records of its own.
   *
   * @throws ApiError INVALID_MODULE
   */
  public static Module writable(Call call, Metadata snapshot) {
    Module module = module(call, snapshot);
    if (!module.hasTable() || OWN_PATHS.contains(module.apiName())) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
    return module;
  }
}
