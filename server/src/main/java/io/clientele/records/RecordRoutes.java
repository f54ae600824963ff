package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.ViewAccess;
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
import io.clientele.records.Outcome.Rejected;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of records: {@code /{module}} and {@code /{module}/{id}}. */
public final class RecordRoutes {
  private static final int MAXIMUM_IDS = 100;

  private final MetadataCache metadata;
  private final Access access;
  private final ListRecords lists;
  private final GetRecord singles;
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
            new Views(new ViewAccess(access), tables),
            CriteriaSql.forViews(tables, clock),
            clock);
    singles = new GetRecord(database, access, selects);
    this.records = records;
  }

  public void addTo(RouteTable routes) {
    routes
        .api("GET", "/{module}", Scope.modules(Operation.READ), this::list)
        .api("POST", "/{module}", Scope.modules(Operation.CREATE), this::create)
        .api("PUT", "/{module}", Scope.modules(Operation.UPDATE), this::updateMany)
        .api("DELETE", "/{module}", Scope.modules(Operation.DELETE), this::deleteMany)
        .api("GET", "/{module}/{id}", Scope.modules(Operation.READ), this::get)
        .api("PUT", "/{module}/{id}", Scope.modules(Operation.UPDATE), this::update)
        .api("DELETE", "/{module}/{id}", Scope.modules(Operation.DELETE), this::delete);
  }

  private Reply list(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = module(call, snapshot);
    if (module.apiName().equals("Notes")
        && !access.isAdministrator(snapshot, call.caller().userId())) {
      throw ErrorCode.NOT_SUPPORTED.error();
    }
    return lists.list(call, snapshot, module, IfModifiedSince.of(call));
  }

  private Reply get(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = module(call, snapshot);
    return singles.get(call, snapshot, module, pathId(call), IfModifiedSince.of(call));
  }

  private Reply create(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = writable(call, snapshot);
    JsonNode data = WriteBody.data(call.json());
    long userId = call.caller().userId();
    List<Outcome> outcomes =
        WriteBody.tooMany(data)
            .<List<Outcome>>map(error -> List.of(new Rejected(error)))
            .orElseGet(() -> records.create(snapshot, module, userId, data));
    return Outcomes.reply(outcomes, 201, "record added", snapshot, userId);
  }

  private Reply updateMany(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = writable(call, snapshot);
    JsonNode data = WriteBody.data(call.json());
    long userId = call.caller().userId();
    List<Outcome> outcomes =
        WriteBody.tooMany(data)
            .<List<Outcome>>map(error -> List.of(new Rejected(error)))
            .orElseGet(() -> records.update(snapshot, module, userId, data));
    return Outcomes.reply(outcomes, 200, "record updated", snapshot, userId);
  }

  private Reply update(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = writable(call, snapshot);
    long id = pathId(call);
    JsonNode data = WriteBody.data(call.json());
    if (data.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("data", "$.data");
    }
    if (data.get(0) instanceof ObjectNode row) {
      row.put("id", Long.toString(id));
    }
    long userId = call.caller().userId();
    List<Outcome> outcomes = records.update(snapshot, module, userId, data);
    if (outcomes.getFirst() instanceof Rejected rejected
        && "$.data[0].id".equals(rejected.error().details().get("json_path"))) {
      throw unknownId("the id given seems to be invalid");
    }
    return Outcomes.reply(outcomes, 200, "record updated", snapshot, userId);
  }

  private Reply deleteMany(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = writable(call, snapshot);
    List<String> texts =
        Arrays.stream(call.requiredQuery("ids").split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (texts.isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "ids");
    }
    if (texts.size() > MAXIMUM_IDS) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM_IDS).with("param_name", "ids");
    }
    if (!texts.stream().allMatch(ListQuery::isId)) {
      throw ErrorCode.UNABLE_TO_PARSE_DATA_TYPE.error();
    }
    long userId = call.caller().userId();
    List<Outcome> outcomes =
        records.delete(
            snapshot, module, userId, texts.stream().map(Long::valueOf).distinct().toList());
    return Outcomes.reply(outcomes, 200, "record deleted", snapshot, userId);
  }

  private Reply delete(Call call) {
    Metadata snapshot = snapshot(call);
    Module module = writable(call, snapshot);
    if (!ListQuery.isId(call.path("id"))) {
      throw ErrorCode.INVALID_DATA.with("resource_path_index", 0).message("invalid record id");
    }
    long userId = call.caller().userId();
    List<Outcome> outcomes =
        records.delete(snapshot, module, userId, List.of(Long.valueOf(call.path("id"))));
    if (outcomes.getFirst() instanceof Rejected) {
      throw unknownId("record not deleted");
    }
    return Outcomes.reply(outcomes, 200, "record deleted", snapshot, userId);
  }

  /** An id in the path that names no record is an error of the call, not of a row. */
  static ApiError unknownId(String message) {
    return ErrorCode.INVALID_DATA.with("resource_path_index", 1).message(message);
  }

  private Metadata snapshot(Call call) {
    return metadata.of(call.caller().orgId());
  }

  private static Module module(Call call, Metadata snapshot) {
    Module module = snapshot.require(call.path("module"));
    if (!module.apiSupported()) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
    return module;
  }

  static Module writable(Call call, Metadata snapshot) {
    Module module = module(call, snapshot);
    if (!module.hasTable()) {
      throw ErrorCode.INVALID_MODULE
          .with("resource_path_index", 0)
          .message("The given module is not supported in API");
    }
    return module;
  }

  private static long pathId(Call call) {
    if (!ListQuery.isId(call.path("id"))) {
      throw unknownId("the id given seems to be invalid");
    }
    return Long.parseLong(call.path("id"));
  }
}
