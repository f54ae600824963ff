package io.clientele.records.mass;

import io.clientele.db.Database;
import io.clientele.db.Sql;
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
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.changeowner.NewOwner;
import io.clientele.records.changeowner.NewOwner.Problem;
import io.clientele.records.changeowner.OwnedModules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of a view get another owner. References: Mass Change Owner, Mass Change Owner Status.
 */
public final class MassChangeOwnerRoutes {
  private static final String PATH = "/{module}/actions/mass_change_owner";

  private final Database database;
  private final MetadataCache cache;
  private final MassSchedule schedule;

  public MassChangeOwnerRoutes(
      Database database, MetadataCache cache, Records records, ModuleTables tables, JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    schedule = new MassSchedule(records, jobs, tables);
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", PATH, Scope.of("change_owner", Operation.CREATE), this::change)
        .api("GET", PATH, Scope.of("change_owner", Operation.READ), this::status);
  }

  private Reply change(Call call) {
    Metadata metadata = cache.of(call.caller());
    Module module = module(call, metadata);
    long userId = call.caller().userId();
    schedule.require(metadata, userId, MassAction.CHANGE_OWNER, module);
    var body = new Item((ObjectNode) call.json(), "$");
    MassRequest request =
        MassRequest.read(
            withoutIds(body), ErrorCode.MANDATORY_NOT_FOUND.error().at("cvid", "$.cvid"));
    long ownerId = NewOwner.id(body);
    ObjectNode job = Json.MAPPER.createObjectNode().put("owner", ownerId);
    long id =
        schedule.schedule(
            metadata,
            module,
            userId,
            MassAction.CHANGE_OWNER,
            request.view().orElseThrow(),
            job,
            (change, view) -> {
              requireFit(change, module, ownerId);
              return criteria(change, module, view, body)
                  .and(request.inTerritory(metadata, module));
            },
            ErrorCode.RECORD_LIMIT_EXCEEDED.with("limit", MassSchedule.MAXIMUM));
    var results = new Results("data");
    results.add(
        new Done(
            "SCHEDULED", "change owner is successfully scheduled", keys -> keys.id("job_id", id)));
    return results.reply(202);
  }

  /** Only views are named here. */
  private static Item withoutIds(Item body) {
    ObjectNode copy = body.json().deepCopy();
    copy.remove("ids");
    return new Item(copy, body.path());
  }

  private static void requireFit(RecordChange change, Module module, long ownerId) {
    Metadata metadata = change.stamp().metadata();
    Optional<Problem> problem = NewOwner.problem(change.tx(), metadata, ownerId);
    if (problem.isPresent()) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("owner", "$.owner.id")
          .with("owner_status", problem.get().name().toLowerCase(Locale.ROOT))
          .message("Invalid data provided");
    }
    NewOwner.requireView(metadata, ownerId, module);
  }

  private static Sql criteria(RecordChange change, Module module, CustomView view, Item body) {
    JsonNode criteria = body.json().path("criteria");
    if (!body.has("criteria")) {
      return Sql.TRUE;
    }
    if (!criteria.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("criteria", "$.criteria");
    }
    if (!criteria.hasNonNull("field") && !criteria.hasNonNull("group")) {
      var item = new Item((ObjectNode) criteria, "$.criteria");
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", List.of(item.place("group"), item.place("field")))
          .message("Specify atleast one field");
    }
    Metadata metadata = change.stamp().metadata();
    ObjectNode checked =
        Criteria.check(change.tx(), metadata, module, criteria, "criteria", "$.criteria");
    long comparisons = Criteria.fields(checked).count() + Criteria.fields(view.criteria()).count();
    if (comparisons > Criteria.MAXIMUM) {
      throw ErrorCode.COMBINED_CRITERIA_LIMIT_EXCEEDED.with("limit", Criteria.MAXIMUM);
    }
    return change.criteria().of(metadata, module, checked, change.stamp().userId(), "t");
  }

  private Reply status(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata);
    ApiError missing =
        ErrorCode.REQUIRED_PARAM_MISSING
            .with("param_name", "job_id")
            .message("Required parameter is missing");
    Optional<Job> job =
        MassStatus.jobId(call, missing)
            .flatMap(
                id ->
                    database.read(
                        tx -> Jobs.find(tx, metadata.org(), id, MassAction.CHANGE_OWNER.word())));
    if (job.isEmpty()) {
      return Reply.noContent();
    }
    if (!MassStatus.isOf(job.get(), module)) {
      throw ErrorCode.NOT_FOUND.error();
    }
    return MassStatus.reply(MassAction.CHANGE_OWNER, job.get());
  }

  private static Module module(Call call, Metadata metadata) {
    return OwnedModules.require(
        call, metadata, Set.of(), "The requested operation is not supported");
  }
}
