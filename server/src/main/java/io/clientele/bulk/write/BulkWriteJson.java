package io.clientele.bulk.write;

import io.clientele.bulk.write.Progress.Counts;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A bulk write as the wire has it: in replies, and in what callbacks are sent. */
record BulkWriteJson(Reader reader) {
  private static final String ADDED = "ADDED";
  private static final String IN_PROGRESS = "INPROGRESS";
  private static final String COMPLETED = "COMPLETED";
  private static final String FAILED = "FAILED";

  void write(Keys keys, Job job) {
    List<Resource> resources = BulkWriteJob.resources(job);
    Progress progress = Progress.read(job.result(), resources.size());
    keys.text("status", status(job.status()));
    keys.text("character_encoding", resources.getFirst().charset().name());
    keys.array(
        "resource",
        IntStream.range(0, resources.size()).boxed().toList(),
        (inner, i) ->
            resource(
                inner, job, i, job.body().path("resource").get(i), progress.resources().get(i)));
    keys.id("id", job.id());
    if (job.status() == Status.COMPLETED) {
      keys.object(
          "result",
          inner -> inner.text("download_url", job.body().path("base").asString("") + path(job)));
    }
    References.user(keys, reader.metadata(), "created_by", job.createdBy());
    keys.text("operation", job.body().path("operation").asString());
    References.time(keys, "created_time", job.createdTime(), reader.zone());
    if (job.body().has("callback")) {
      keys.node("callback", job.body().path("callback"));
    }
  }

  private static String path(Job job) {
    return "/crm/bulk/" + job.body().path("version").asString() + "/write/" + job.id() + "/result";
  }

  private static void resource(Keys keys, Job job, int place, JsonNode json, Counts counts) {
    String status = status(job, place, counts);
    keys.text("status", status).text("type", "data");
    keys.node("module", json.path("module")).text("code", code(job, status));
    keys.text("file_id", json.path("file_id").asString());
    keys.node("file_names", Json.MAPPER.createArrayNode().add(json.path("file_name")));
    keys.flag("ignore_empty", json.path("ignore_empty").asBoolean());
    keys.node("find_by", json.path("find_by"));
    keys.node("field_mappings", json.path("field_mappings"));
    keys.object(
        "file",
        file ->
            file.text("status", status)
                .text("name", json.path("file_name").asString())
                .number("added_count", counts.added())
                .number("skipped_count", counts.skipped())
                .number("updated_count", counts.updated())
                .number("total_count", counts.total()));
  }

  /** Where one file stands: those before are done, those behind wait. */
  private static String status(Job job, int place, Counts counts) {
    if (counts.done()) {
      return COMPLETED;
    }
    return switch (job.status()) {
      case SCHEDULED -> ADDED;
      case RUNNING -> counts.pieces() > 0 || place == 0 ? IN_PROGRESS : ADDED;
      case COMPLETED -> COMPLETED;
      case FAILED, CANCELLED -> counts.pieces() > 0 || place == 0 ? FAILED : "SKIPPED";
    };
  }

  private static String code(Job job, String status) {
    return switch (status) {
      case COMPLETED -> "SUCCESS";
      case FAILED -> job.result().path("code").asString("INTERNAL_ERROR");
      default -> ADDED;
    };
  }

  private static String status(Status status) {
    return switch (status) {
      case SCHEDULED -> ADDED;
      case RUNNING -> IN_PROGRESS;
      case COMPLETED -> COMPLETED;
      case FAILED, CANCELLED -> FAILED;
    };
  }
}
