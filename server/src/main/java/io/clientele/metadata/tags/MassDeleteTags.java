package io.clientele.metadata.tags;

import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Shape;
import io.clientele.jobs.Job;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.References;
import io.clientele.metadata.Tag;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes many tags of a module. Deleting is a statement, whatever the number of records, so it is
 * done within the request; the job is there, and finished, when a client asks for it. References:
 * Mass Delete Tags, Mass Delete Tags Status.
 */
final class MassDeleteTags {
  private static final String NOUN = "mass_delete";
  private static final String KIND = "mass_delete_tags";
  private static final String SCOPE = "settings.tags";
  private static final int MAXIMUM_TAGS = 200;

  private static final Shape MODULE =
      Shape.empty().require("id", "api_name").id("id").text("api_name", 255);
  private static final Shape ITEM =
      Shape.empty()
          .require("module", "tags")
          .object("module", MODULE)
          .list("tags", Shape.empty().require("id").id("id"));

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;

  MassDeleteTags(Database database, MetadataCache cache, MetadataChanges changes) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
  }

  void addTo(RouteTable routes) {
    routes
        .api(
            "POST",
            "/settings/tags/actions/mass_delete",
            Scope.of(SCOPE, Scope.Operation.DELETE),
            this::schedule)
        .get("/settings/tags/actions/mass_delete", SCOPE, this::status);
  }

  private Reply schedule(Call call) {
    Item item = item(call.json());
    long jobId = changes.change(call, change -> run(change, item));
    return Reply.json(
        202,
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("code", "SCHEDULED")
                        .object("details", details -> details.id("job_id", jobId))
                        .text("message", "tags scheduled successfully")
                        .text("status", "success")));
  }

  private static long run(MetadataChange change, Item item) {
    Metadata metadata = change.metadata();
    Module module = module(metadata, item);
    TagRules.requirePermission(metadata, change.userId(), module);
    List<Long> ids = tags(metadata, module, item);
    new TagService(metadata, change.userId()).delete(change, ids);
    long jobId = change.nextId();
    Jobs.add(change.tx(), change.org(), jobId, KIND, item.json(), change.userId());
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("total_count", item.json().path("tags").size());
    result.put("failed_count", 0);
    result.put("deleted_count", item.json().path("tags").size());
    Jobs.report(change.tx(), change.org(), jobId, Job.Status.COMPLETED, result);
    return jobId;
  }

  /** What became of a job. */
  private Reply status(Call call) {
    String text = call.requiredQuery("job_id");
    Metadata metadata = cache.of(call.caller().orgId());
    Optional<Long> id = PathId.parse(text);
    if (id.isEmpty()) {
      return refused(text, "invalid data");
    }
    Optional<Job> job = database.read(tx -> Jobs.find(tx, metadata.org(), id.get(), KIND));
    if (job.isEmpty()) {
      return refused(text, "job details not found");
    }
    metadata
        .find(job.get().body().path("module").path("id").asLong())
        .ifPresent(module -> TagRules.requirePermission(metadata, call.caller().userId(), module));
    ZoneId zone = metadata.zoneOf(call.caller().userId());
    return Reply.list(NOUN, List.of(job.get()), (keys, found) -> write(keys, found, zone));
  }

  private static void write(Keys keys, Job job, ZoneId zone) {
    keys.id("job_id", job.id()).text("status", job.status().name());
    References.time(keys, "created_time", job.createdTime(), zone);
    for (String count : List.of("total_count", "failed_count", "deleted_count")) {
      keys.number(count, job.result().path(count).asLong(0));
    }
  }

  private static Reply refused(String jobId, String message) {
    var results = new Results(NOUN);
    results.add(ErrorCode.INVALID_DATA.with("job_id", jobId).message(message));
    return results.reply(200);
  }

  private static Item item(JsonNode body) {
    JsonNode list = body.path(NOUN);
    if (list.isArray() && (list.isEmpty() || list.size() > 1)) {
      ApiError error = ErrorCode.INVALID_DATA.error().at(NOUN, "$." + NOUN);
      throw list.isEmpty() ? error : error.with("maximum_length", 1);
    }
    Item item = Item.list(body, NOUN, 1).getFirst();
    ITEM.check(item);
    int tags = item.json().path("tags").size();
    if (tags == 0) {
      throw item.invalid("tags");
    }
    if (tags > MAXIMUM_TAGS) {
      throw item.invalid("tags").with("maximum_length", MAXIMUM_TAGS);
    }
    return item;
  }

  private static Module module(Metadata metadata, Item item) {
    JsonNode named = item.json().path("module");
    String path = item.at("module");
    Module module =
        metadata
            .find(named.path("api_name").asString())
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", path + ".api_name"));
    if (module.id() != named.path("id").asLong()) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with(
              "ambiguity_due_to",
              List.of(
                  Map.of("api_name", "id", "json_path", path + ".id"),
                  Map.of("api_name", "api_name", "json_path", path + ".api_name")))
          .message("ambiguous module identifiers");
    }
    return module;
  }

  private static List<Long> tags(Metadata metadata, Module module, Item item) {
    var ids = new ArrayList<Long>();
    for (JsonNode named : item.json().path("tags")) {
      String path = item.at("tags") + "[" + ids.size() + "].id";
      Optional<Tag> tag = metadata.findTag(named.path("id").asLong());
      if (tag.isEmpty()) {
        throw ErrorCode.INVALID_DATA.error().message("tags not found").at("id", path);
      }
      if (tag.get().moduleId() != module.id()) {
        throw ErrorCode.INVALID_DATA
            .error()
            .message("one of the tags seems not found.")
            .at("id", path);
      }
      ids.add(tag.get().id());
    }
    return ids;
  }
}
