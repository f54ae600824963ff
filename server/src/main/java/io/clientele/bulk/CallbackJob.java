package io.clientele.bulk;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.org.Org;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Tells a URL that a job has ended. A job of its own, so that what cannot be told now is tried
 * again, by whatever server is up then.
 */
public final class CallbackJob implements JobHandler {
  public static final String KIND = "bulk_callback";

  private static final String JOB = "job";
  private static final String JOB_KIND = "kind";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int SUCCESS = 2;

  private final Database database;
  private final Map<String, Told> told;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER).build();

  /** What is told of a job that has ended. */
  @FunctionalInterface
  public interface Told {
    void write(Keys keys, Org org, Job job);
  }

  /**
   * @param told by the kind of the job
   */
  public CallbackJob(Database database, Map<String, Told> told) {
    this.database = database;
    this.told = Map.copyOf(told);
  }

  /** Schedules it if the client that made the job gave a URL. */
  public static void schedule(Transaction tx, JobQueue jobs, Org org, Job job) {
    if (Callback.read(job.body().path("callback")).isPresent()) {
      var body = Json.MAPPER.createObjectNode().put(JOB, job.id()).put(JOB_KIND, job.kind());
      jobs.schedule(tx, org, KIND, body, job.createdBy());
    }
  }

  /** It mostly waits. */
  @Override
  public int atOnce() {
    return 8;
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    String kind = job.body().path(JOB_KIND).asString();
    Job ended =
        database.read(tx -> Jobs.find(tx, org, job.body().path(JOB).asLong(), kind)).orElseThrow();
    Callback callback = Callback.read(ended.body().path("callback")).orElseThrow();
    int status = send(callback, body(org, ended));
    if (status / 100 != SUCCESS) {
      throw new IllegalStateException("the callback was answered " + status);
    }
    return Json.MAPPER.createObjectNode().put("status", status);
  }

  private byte[] body(Org org, Job ended) {
    Told writer = told.get(ended.kind());
    if (writer == null) {
      throw new IllegalStateException("nothing is told of jobs of the kind " + ended.kind());
    }
    var out = new ByteArrayOutputStream();
    try (var json = Json.generator(out)) {
      Keys.object(json, keys -> writer.write(keys, org, ended));
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
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("the callback was not reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
