package io.clientele.bulk.read;

import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.records.PageToken;
import io.clientele.records.PageToken.Binding;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A read as the wire has it: in replies, and in what callbacks are sent. */
record BulkReadJson(Reader reader, PageToken.Codec tokens) {
  /** What tokens are bound to beside the user. */
  private static final long TOKENS = 0x62756c6b72656164L;

  static Binding binding(Reader reader) {
    return new Binding(reader.metadata().org().id(), reader.userId(), TOKENS);
  }

  void write(Keys keys, Job job) {
    keys.id("id", job.id()).text("operation", "read").text("state", state(job));
    JsonNode error = job.result().path("error_message");
    switch (job.status()) {
      case COMPLETED -> keys.object("result", inner -> result(inner, job));
      case FAILED, CANCELLED ->
          keys.object(
              "result",
              inner ->
                  inner.object(
                      "error_message",
                      about -> {
                        about.text("status", "error");
                        about.text("code", error.path("code").asString("INTERNAL_SERVER_ERROR"));
                        about.text(
                            "message",
                            error.path("message").asString("Internal server error occurred."));
                        about.object(
                            "details",
                            more ->
                                error
                                    .path("details")
                                    .properties()
                                    .forEach(one -> more.node(one.getKey(), one.getValue())));
                      }));
      case SCHEDULED, RUNNING -> {}
    }
    keys.node("query", job.body().path("query"));
    References.user(keys, reader.metadata(), "created_by", job.createdBy());
    References.time(keys, "created_time", job.createdTime(), reader.zone());
    keys.text("file_type", job.body().path("file_type").asString());
  }

  private void result(Keys keys, Job job) {
    int page = job.body().path("query").path("page").asInt(1);
    JsonNode result = job.result();
    keys.number("page", page)
        .number("per_page", result.path("per_page").asLong())
        .number("count", result.path("count").asLong())
        .text("download_url", "/crm/bulk/" + version(job).path() + "/read/" + job.id() + "/result")
        .flag("more_records", result.path("more_records").asBoolean());
    if (result.path("more_records").asBoolean() && job.createdBy() == reader.userId()) {
      Instant end = job.finishedTime() == null ? job.createdTime() : job.finishedTime();
      var token =
          new PageToken(
              page,
              false,
              job.id(),
              result.path("last").asLong(),
              end.plus(BulkReadRoutes.DOWNLOAD));
      keys.text("next_page_token", tokens.write(token, binding(reader)));
    }
  }

  private static ApiVersion version(Job job) {
    return ApiVersion.of(job.body().path("version").asString("")).orElse(ApiVersion.V8);
  }

  static String state(Job job) {
    return switch (job.status()) {
      case SCHEDULED -> "ADDED";
      case RUNNING -> "IN PROGRESS";
      case COMPLETED -> "COMPLETED";
      case FAILED, CANCELLED -> "FAILURE";
    };
  }
}
