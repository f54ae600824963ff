package io.clientele.records.mass;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Deleted;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import io.clientele.records.Outcomes;
import io.clientele.records.RecordLocks;
import io.clientele.records.Records;
import io.clientele.records.changeowner.OwnedModules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many records updated or deleted. References: Mass Update Records, Mass Update Status, Mass Delete
 * Records, Mass Delete Status.
 */
public final class MassRoutes {
  private static final String UPDATE = "/{module}/actions/mass_update";
  private static final String DELETE = "/{module}/actions/mass_delete";

  private final Database database;
  private final MetadataCache cache;
  private final Records records;
  private final MassSchedule schedule;

  public MassRoutes(
      Database database, MetadataCache cache, Records records, ModuleTables tables, JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    this.records = records;
    schedule = new MassSchedule(records, jobs, tables);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", UPDATE, Scope.of("mass_update", Operation.UPDATE), this::update)
        .api(
            "GET",
            UPDATE,
            Scope.of("mass_update", Operation.READ),
            call -> status(call, MassAction.UPDATE))
        .api("POST", DELETE, Scope.of("mass_delete", Operation.DELETE), this::delete)
        .api(
            "GET",
            DELETE,
            Scope.of("mass_delete", Operation.READ),
            call -> status(call, MassAction.DELETE));
  }

  private Reply update(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata, MassAction.UPDATE);
    long userId = call.caller().userId();
    schedule.require(metadata, userId, MassAction.UPDATE, module);
    var body = new Item((ObjectNode) call.json(), "$");
    Optional<ObjectNode> row = row(body);
    Optional<ApiError> wrong =
        row.isEmpty()
            ? Optional.of(ErrorCode.MANDATORY_NOT_FOUND.error())
            : MassFields.problem(
                module, row.get(), field -> Access.writes(metadata, userId, field));
    if (wrong.isPresent()) {
      return rejected(wrong.get());
    }
    ApiError missing = ErrorCode.MANDATORY_NOT_FOUND.error().at("ids", "$.ids");
    MassRequest request = MassRequest.read(body, missing);
    ObjectNode job = Json.MAPPER.createObjectNode();
    job.set("row", row.orElseThrow());
    job.put("over_write", overWrite(body));
    if (request.view().isPresent()) {
      Optional<ApiError> problem =
          records.change(
              metadata,
              userId,
              MassAction.UPDATE.source(),
              change -> change.problem(module, row.orElseThrow()));
      return problem.isPresent()
          ? rejected(problem.get())
          : scheduled(metadata, module, userId, MassAction.UPDATE, request, job);
    }
    List<Outcome> outcomes = now(metadata, module, userId, MassAction.UPDATE, request.ids(), job);
    return reply(outcomes, metadata, userId);
  }

  private static boolean overWrite(Item body) {
    JsonNode flag = body.json().path("over_write");
    if (body.has("over_write") && !flag.isBoolean()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "boolean")
          .at("over_write", "$.over_write");
    }
    return flag.asBoolean(false);
  }

  /** The one object in {@code data}; empty when there is none. */
  private static Optional<ObjectNode> row(Item body) {
    JsonNode data = body.json().path("data");
    if (data.isMissingNode() || data.isNull() || (data.isArray() && data.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(Item.list(body, "data", 1).getFirst().json());
  }

  private Reply delete(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata, MassAction.DELETE);
    long userId = call.caller().userId();
    schedule.require(metadata, userId, MassAction.DELETE, module);
    ApiError missing =
        ErrorCode.MANDATORY_NOT_FOUND
            .with("api_name", "ids")
            .with("expected_data_type", "jsonarray");
    MassRequest request = MassRequest.read(new Item((ObjectNode) call.json(), "$"), missing);
    ObjectNode job = Json.MAPPER.createObjectNode();
    if (request.view().isPresent()) {
      return scheduled(metadata, module, userId, MassAction.DELETE, request, job);
    }
    List<Outcome> outcomes = now(metadata, module, userId, MassAction.DELETE, request.ids(), job);
    return reply(outcomes, metadata, userId);
  }

  private List<Outcome> now(
      Metadata metadata,
      Module module,
      long userId,
      MassAction action,
      List<Long> ids,
      ObjectNode body) {
    List<Outcome> outcomes =
        records.change(
            metadata, userId, action.source(), change -> action.run(change, module, body, ids));
    var told = new ArrayList<Outcome>();
    for (int i = 0; i < ids.size(); i++) {
      told.add(told(outcomes.get(i), ids.get(i), action));
    }
    return told;
  }

  private static Reply reply(List<Outcome> outcomes, Metadata metadata, long userId) {
    var results = new Results("data");
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Saved saved -> results.add(Outcomes.done(saved, "record updated", metadata, userId));
        case Deleted deleted -> results.add(Done.of("record is deleted", deleted.id()));
        case Rejected rejected -> results.add(rejected.error());
      }
    }
    return results.reply(200);
  }

  /** Errors about a record as a whole name its id, as it stands in no row of the body. */
  private static Outcome told(Outcome outcome, long id, MassAction action) {
    return switch (outcome) {
      case Saved saved -> saved;
      case Deleted deleted -> deleted;
      case Rejected rejected -> {
        boolean locked = rejected.error().code() == ErrorCode.RECORD_LOCKED;
        ApiError bare =
            ErrorCode.INVALID_DATA
                .with("id", Long.toString(id))
                .message("the id given seems to be invalid");
        if (action == MassAction.DELETE) {
          yield new Rejected(locked ? bare.message("Record locked or invalid permissions") : bare);
        }
        boolean whole = "$.data[0].id".equals(rejected.error().details().get("json_path"));
        yield whole ? new Rejected(locked ? RecordLocks.error(id) : bare) : rejected;
      }
    };
  }

  private Reply scheduled(
      Metadata metadata,
      Module module,
      long userId,
      MassAction action,
      MassRequest request,
      ObjectNode body) {
    ApiError tooMany =
        ErrorCode.LIMIT_EXCEEDED
            .with("limit", MassSchedule.MAXIMUM)
            .at("cvid", "$.cvid")
            .message("Record count exceeded");
    long id =
        schedule.schedule(
            metadata,
            module,
            userId,
            action,
            request.view().orElseThrow(),
            body,
            (change, view) -> request.inTerritory(metadata, module),
            tooMany);
    var results = new Results("data");
    String words = action.word().replace('_', ' ') + " scheduled successfully";
    results.add(new Done(words, keys -> keys.id("job_id", id)));
    return results.reply(200);
  }

  private static Reply rejected(ApiError error) {
    var results = new Results("data");
    results.add(error);
    return results.reply(200);
  }

  private Reply status(Call call, MassAction action) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata, action);
    Job job =
        MassStatus.jobId(call, MassStatus.missing())
            .flatMap(id -> database.read(tx -> Jobs.find(tx, metadata.org(), id, action.word())))
            .filter(found -> MassStatus.isOf(found, module))
            .orElseThrow(MassStatus::unknown);
    return MassStatus.reply(action, job);
  }

  private static Module module(Call call, Metadata metadata, MassAction action) {
    Set<String> more =
        action == MassAction.DELETE ? Set.of("Services__s", "Appointments__s") : Set.of();
    String words = action == MassAction.DELETE ? "Mass delete" : "Mass update";
    return OwnedModules.require(call, metadata, more, words + " is not supported for this module");
  }
}
