package io.clientele.records.convert;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts many records by a job: each in a transaction of its own, which also keeps how far the
 * job is, so that a server that goes on with it converts none twice.
 */
public final class MassConvert implements JobHandler {
  public static final String KIND = "mass_convert";

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final Records records;

  public MassConvert(
      Database database, MetadataCache cache, ModuleTables tables, Access access, Records records) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.records = records;
  }

  /** Checks the whole request and schedules its job; answers the job's id. */
  long schedule(JobQueue jobs, Metadata metadata, long userId, Module module, JsonNode body) {
    access.require(metadata, userId, MassRequest.permission(module));
    access.require(metadata, userId, Action.READ, module);
    var request = new MassRequest(metadata, module, body);
    List<Long> ids = request.ids();
    if (request.isOfLeads()) {
      request.ofLeads();
    } else {
      Module target = request.ofInventory().target();
      access.require(metadata, userId, Action.CREATE, target);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("module", module.apiName()).set("request", body);
    return database.write(
        tx -> {
          Set<Long> there =
              new HashSet<>(
                  tx.list(
                      sql(
                              "select t.\"id\" from "
                                  + tables.of(metadata, module)
                                  + " t where t.\"id\" = any(?) and",
                              (Object) ids.toArray(Long[]::new))
                          .then(access.rows(metadata, userId, Action.READ, module)),
                      row -> row.getLong(1)));
          for (int i = 0; i < ids.size(); i++) {
            if (!there.contains(ids.get(i))) {
              throw MassRequest.unknown(i);
            }
          }
          return jobs.schedule(tx, metadata.org(), KIND, kept, userId);
        });
  }

  /** How many of a job's records are converted, failed and left. */
  record Counts(String status, int total, int converted, int failed) {
    int left() {
      return total - converted - failed;
    }
  }

  /** Where a job of the module stands; empty when there is none of that id. */
  Optional<Counts> find(Metadata metadata, Module module, long jobId) {
    return database
        .read(tx -> Jobs.find(tx, metadata.org(), jobId, KIND))
        .filter(job -> job.body().path("module").asString().equals(module.apiName()))
        .map(MassConvert::counts);
  }

  private static Counts counts(Job job) {
    int total = job.body().path("request").path("ids").size();
    int converted = job.result().path("converted").asInt(0);
    int failed = job.result().path("failed").asInt(0);
    String word =
        switch (job.status()) {
          case SCHEDULED -> "scheduled";
          case RUNNING -> "in progress";
          case COMPLETED -> converted == 0 ? "failed" : "completed";
          case FAILED, CANCELLED -> "failed";
        };
    return new Counts(word, total, converted, failed);
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    JsonNode ids = job.body().path("request").path("ids");
    for (int i = progress.path("done").asInt(0); i < ids.size(); i++) {
      progress = convert(org, job, ids.get(i).asLong(), after(progress, i + 1));
    }
    return progress;
  }

  private static ObjectNode after(ObjectNode progress, int done) {
    return progress.deepCopy().put("done", done);
  }

  private ObjectNode convert(Org org, Job job, long id, ObjectNode before) {
    Metadata metadata = cache.of(org.id());
    Module module = metadata.get(job.body().path("module").asString());
    var request = new MassRequest(metadata, module, job.body().path("request"));
    ObjectNode converted = before.deepCopy();
    converted.put("converted", before.path("converted").asInt(0) + 1);
    try {
      records.change(
          metadata,
          job.createdBy(),
          Source.MASSCONVERT,
          change -> {
            convert(change, module, id, request);
            Jobs.report(change.tx(), org, job.id(), Status.RUNNING, converted);
            return id;
          });
      return converted;
    } catch (ApiError e) {
      ObjectNode failed = before.deepCopy();
      failed.put("failed", before.path("failed").asInt(0) + 1);
      failed
          .withArray("errors")
          .addObject()
          .put("id", Long.toString(id))
          .put("code", e.code().name())
          .put("message", e.getMessage());
      database.change(tx -> Jobs.report(tx, org, job.id(), Status.RUNNING, failed));
      return failed;
    }
  }

  private void convert(RecordChange change, Module module, long id, MassRequest request) {
    if (request.isOfLeads()) {
      new LeadConversion(tables, access).convert(change, id, request.ofLeads());
    } else {
      InventoryConversion.convert(change, module, id, request.ofInventory());
    }
  }

  /** The job named in {@code job_id}, in the words of the pages. */
  static long jobId(Optional<String> given) {
    String text =
        given
            .filter(found -> !found.isBlank())
            .orElseThrow(
                () ->
                    ErrorCode.REQUIRED_PARAM_MISSING
                        .with("param", "job_id")
                        .with("json_path", "$.job_id")
                        .message("job_id is required."));
    return io.clientele.metadata.PathId.parse(text.strip()).orElseThrow(MassConvert::unknownJob);
  }

  static ApiError unknownJob() {
    return ErrorCode.INVALID_DATA
        .with("param_name", "job_id")
        .message("The jobid given seems to be invalid");
  }
}
