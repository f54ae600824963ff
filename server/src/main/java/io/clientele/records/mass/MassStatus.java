package io.clientele.records.mass;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.jobs.Job;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.mass.MassJob.Progress;
import java.util.List;
import java.util.Optional;

/** How a job is told: its status in one word, and how many records are done. */
final class MassStatus {
  private MassStatus() {}

  /**
   * The id of the job that a call asks about; empty when what stands there is none.
   *
   * @throws ApiError {@code missing} when there is none
   */
  static Optional<Long> jobId(Call call, ApiError missing) {
    String text = call.query("job_id").filter(id -> !id.isBlank()).orElseThrow(() -> missing);
    return PathId.parse(text.strip());
  }

  static ApiError missing() {
    return ErrorCode.MANDATORY_NOT_FOUND
        .with("param_name", "job_id")
        .message("mandatory param missing");
  }

  static ApiError unknown() {
    return ErrorCode.INVALID_DATA
        .with("param_name", "job_id")
        .message("The jobid given seems to be invalid");
  }

  static boolean isOf(Job job, Module module) {
    return job.body().path("module").asLong() == module.id();
  }

  static Reply reply(MassAction action, Job job) {
    return Reply.list("data", List.of(job), (keys, one) -> write(keys, action, one));
  }

  private static void write(Keys keys, MassAction action, Job job) {
    var progress = new Progress(job.result());
    keys.text("Status", word(job, progress)).number("Failed_Count", progress.failed());
    switch (action) {
      case DELETE -> keys.number("Deleted_Count", progress.done());
      case UPDATE, CHANGE_OWNER ->
          keys.number("Updated_Count", progress.done())
              .number("Not_Updated_Count", progress.total() - progress.done() - progress.failed());
    }
    keys.number("Total_Count", progress.total());
  }

  /** A job that could do nothing with any record has failed. */
  private static String word(Job job, Progress progress) {
    boolean nothing = job.hasEnded() && progress.failed() == progress.total();
    return nothing ? Job.Status.FAILED.name() : job.status().name();
  }
}
