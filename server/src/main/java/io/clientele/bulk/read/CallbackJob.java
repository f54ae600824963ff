package io.clientele.bulk.read;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.ApiVersion;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Reader;
import io.clientele.org.Org;
import io.clientele.records.PageToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Tells a URL that a read has ended. A job of its own, so that what cannot be told now is tried
 * again, by whatever server is up then.
 */
public final class CallbackJob implements JobHandler {
  public static final String KIND = "bulk_read_callback";

  private static final String READ = "read";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int SUCCESS = 2;

  private final Database database;
  private final MetadataCache cache;
  private final PageToken.Codec tokens;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER).build();

  public CallbackJob(Database database, MetadataCache cache, byte[] tokenKey, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.tokens = new PageToken.Codec(tokenKey, clock);
  }

  /** Schedules it if the client of the read gave a URL. */
  static void schedule(Transaction tx, JobQueue jobs, Org org, Job job) {
    if (Callback.read(job.body().path("callback")).isPresent()) {
      var body = Json.MAPPER.createObjectNode().put(READ, job.id());
      jobs.schedule(tx, org, KIND, body, job.createdBy());
    }
  }

  @Override
  public JsonNode run(Org org, Job job) {
    Job read =
        database
            .read(tx -> Jobs.find(tx, org, job.body().path(READ).asLong(), BulkReadJob.KIND))
            .orElseThrow();
    Callback callback = Callback.read(read.body().path("callback")).orElseThrow();
    int status = send(callback, body(org, read));
    if (status / 100 != SUCCESS) {
      throw new IllegalStateException("the callback was answered " + status);
    }
    return Json.MAPPER.createObjectNode().put("status", status);
  }

  private byte[] body(Org org, Job read) {
    Metadata metadata = cache.of(org.id());
    long userId = read.createdBy();
    var reader = new Reader(metadata, metadata.zoneOf(userId), ApiVersion.V8, userId);
    var shown = new BulkReadJson(reader, tokens);
    var out = new ByteArrayOutputStream();
    try (var json = Json.generator(out)) {
      Keys.object(json, keys -> keys.array("data", List.of(read), shown::write));
    }
    return out.toByteArray();
  }

  /** What is answered is not read: nobody needs it, and it may be long. */
  private int send(Callback callback, byte[] body) {
    var request =
        HttpRequest.newBuilder(callback.url())
            .timeout(ANSWER)
            .header("Content-Type", "application/json;charset=utf-8")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("the callback was not reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
