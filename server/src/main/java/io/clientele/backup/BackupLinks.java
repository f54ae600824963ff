package io.clientele.backup;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.jobs.Job;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the files of backups are, and the files. */
record BackupLinks(Database database, MetadataCache cache, FileStorage files, Clock clock) {
  /**
   * Where the files of the latest backup are; 204 when there are none, not yet or no longer.
   * Reference: Get Data Backup Download URLs.
   */
  Reply urls(Call call) {
    Reader reader = BackupRoutes.permitted(cache, call, "read");
    Org org = reader.metadata().org();
    Optional<Job> job = database.read(tx -> BackupJob.latest(tx, org)).filter(this::isThere);
    if (job.isEmpty()) {
      return Reply.noContent();
    }
    String start = call.baseUrl() + "/v2/crm/" + org.id() + "/backup/" + job.get().id() + "/";
    JsonNode result = job.get().result();
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        "urls",
                        urls -> {
                          links(urls, "data_links", start, result.path(BackupJob.DATA));
                          links(
                              urls, "attachment_links", start, result.path(BackupJob.ATTACHMENTS));
                          References.time(urls, "expiry_date", expiry(job.get()), reader.zone());
                        })));
  }

  private static void links(Keys keys, String name, String start, JsonNode names) {
    keys.value(
        name,
        json -> {
          json.writeStartArray();
          names.forEach(file -> json.writeString(start + file.asString()));
          json.writeEndArray();
        });
  }

  private static Instant expiry(Job job) {
    return Objects.requireNonNull(job.finishedTime()).plus(BackupRoutes.DOWNLOAD);
  }

  private boolean isThere(Job job) {
    return job.status() == Job.Status.COMPLETED && expiry(job).isAfter(clock.instant());
  }

  /**
   * A file of a backup; the ids and names are those of its URL.
   *
   * <p>Errors: FORBIDDEN, URL_RULE_NOT_CONFIGURED when there is no such file, or no longer.
   * Reference: Download Backed up Data.
   */
  Reply download(Call call) {
    Reader reader = Reader.of(cache, call);
    Org org = reader.metadata().org();
    if (!Access.isAdministrator(reader.metadata(), reader.userId())) {
      throw ErrorCode.FORBIDDEN.error();
    }
    return PathId.find(call, "job")
        .filter(id -> call.path("org").equals(Long.toString(org.id())))
        .flatMap(id -> database.read(tx -> Jobs.find(tx, org, id, BackupJob.KIND)))
        .filter(this::isThere)
        .flatMap(
            job ->
                database.read(tx -> FileStorage.ofRecords(tx, org, List.of(job.id()))).stream()
                    .filter(file -> file.name().equals(call.path("file")))
                    .findFirst())
        .map(file -> files.download(org, file))
        .orElseThrow(ErrorCode.URL_RULE_NOT_CONFIGURED::error);
  }
}
