package io.clientele.metadata.pipelines;

import static io.clientele.db.Sql.sql;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.MetadataChange;

/** The jobs that transfer deals between pipelines. */
final class TransferJobs {
  static final String KIND = "transfer_pipeline";

  private TransferJobs() {}

  /** Notes that deals of the pipeline are on their way; answers the job's id. */
  static long start(MetadataChange change, Pipeline from, Pipeline to) {
    long id = change.nextId();
    var body =
        Json.MAPPER
            .createObjectNode()
            .put("from", Long.toString(from.id()))
            .put("to", Long.toString(to.id()));
    Jobs.add(change.tx(), change.org(), id, KIND, body, change.userId());
    return id;
  }

  static void end(MetadataChange change, long id, Status status) {
    Jobs.report(change.tx(), change.org(), id, status, Json.MAPPER.createObjectNode());
  }

  /** Whether deals are on their way to or from it; what a killed server left behind is over. */
  static boolean running(MetadataChange change, Pipeline pipeline) {
    String id = Long.toString(pipeline.id());
    return change
        .tx()
        .list(
            sql(
                "select exists (select from "
                    + change.org().table("job")
                    + " j where j.kind = ? and j.status in ('scheduled', 'running')"
                    + " and j.created_time > now() - interval '1 hour'"
                    + " and ? in (j.body ->> 'from', j.body ->> 'to'))",
                KIND,
                id),
            row -> row.getBoolean(1))
        .getFirst();
  }

  static ApiError alreadyScheduled() {
    return ErrorCode.ALREADY_SCHEDULED.error();
  }
}
