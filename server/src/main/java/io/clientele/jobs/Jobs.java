package io.clientele.jobs;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.jobs.Job.Status;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The jobs of an org as rows. */
public final class Jobs {
  /** All that clients are told of a fault of the server; the log has the rest. */
  private static final String INTERNAL = "Internal server error occurred.";

  private Jobs() {}

  /** Adds a job under an id of the org's own. */
  public static void add(
      Transaction tx, Org org, long id, String kind, JsonNode body, long createdBy) {
    tx.update(
        sql(
            "insert into "
                + org.table("job")
                + " (id, kind, status, body, created_by) values (?, ?, 'scheduled', ?::jsonb, ?)",
            id,
            kind,
            Json.MAPPER.writeValueAsString(body),
            createdBy));
  }

  /** The job of that id and kind. */
  public static Optional<Job> find(Transaction tx, Org org, long id, String kind) {
    return tx.find(
        sql("select * from " + org.table("job") + " j where j.id = ? and j.kind = ?", id, kind),
        Jobs::read);
  }

  /** The job of that id, whatever its kind. */
  public static Optional<Job> find(Transaction tx, Org org, long id) {
    return tx.find(sql("select * from " + org.table("job") + " j where j.id = ?", id), Jobs::read);
  }

  /** The jobs of that kind that have not ended, oldest first. */
  public static List<Job> open(Transaction tx, Org org, String kind) {
    return tx.list(
        sql(
            "select * from "
                + org.table("job")
                + " j where j.kind = ? and j.finished_time is null order by j.id",
            kind),
        Jobs::read);
  }

  /** The latest jobs of that kind whose body has {@code value} under {@code key}, newest first. */
  public static List<Job> list(Transaction tx, Org org, String kind, String key, String value) {
    return tx.list(
        sql(
            "select * from "
                + org.table("job")
                + " j where j.kind = ? and j.body->>? = ? order by j.id desc limit 100",
            kind,
            key,
            value),
        Jobs::read);
  }

  /**
   * Writes down where a job stands and what came of it until now.
   *
   * @throws EndedJob when it has ended, so the work goes no further
   */
  public static void report(Transaction tx, Org org, long id, Status status, JsonNode result) {
    int reported =
        tx.update(
            sql(
                "update "
                    + org.table("job")
                    + " set status = ?, result = ?::jsonb, finished_time = case when ? then"
                    + " clock_timestamp() end where id = ? and finished_time is null",
                status.name().toLowerCase(Locale.ROOT),
                Json.MAPPER.writeValueAsString(result),
                status.hasEnded(),
                id));
    if (reported == 0) {
      throw new EndedJob(id);
    }
  }

  /**
   * The newest jobs of the org first.
   *
   * @param createdBy only those of that user; null for all
   */
  public static List<Job> page(
      Transaction tx, Org org, @Nullable Long createdBy, int rows, long offset) {
    Sql which = createdBy == null ? Sql.TRUE : sql("j.created_by = ?", createdBy);
    return tx.list(
        sql("select * from " + org.table("job") + " j where")
            .then(which)
            .then("order by j.id desc limit ? offset ?", rows, offset),
        Jobs::read);
  }

  /** Forgets some of the jobs that ended before {@code before}; answers how many. */
  static int trim(Transaction tx, Org org, Instant before, int rows) {
    Timestamp time = Timestamp.from(before);
    return tx.update(
        sql(
            "delete from "
                + org.table("job")
                + " where id in (select j.id from "
                + org.table("job")
                + " j where j.created_time < ? and j.finished_time < ?"
                + " order by j.created_time limit ?)",
            time,
            time,
            rows));
  }

  /** Removes a job that was taken back. */
  static void delete(Transaction tx, Org org, long id) {
    tx.update(sql("delete from " + org.table("job") + " where id = ?", id));
  }

  /**
   * The job of that id, which nobody else reports on until the transaction ends.
   *
   * @throws EndedJob when it has ended
   */
  public static Job lock(Transaction tx, Org org, long id) {
    return lockOpen(tx, org, id).orElseThrow(() -> new EndedJob(id));
  }

  /** The same; empty when there is none of that id, or it has ended. */
  static Optional<Job> lockOpen(Transaction tx, Org org, long id) {
    return tx.find(
            sql("select * from " + org.table("job") + " j where j.id = ? for update", id),
            Jobs::read)
        .filter(job -> !job.hasEnded());
  }

  /** Writes down that a job failed; what it reported until then stays. */
  static void fail(Transaction tx, Org org, Job job, Throwable cause) {
    ObjectNode result = ((ObjectNode) job.result()).deepCopy();
    boolean refused = cause instanceof ApiError;
    result.put("error", refused ? String.valueOf(cause.getMessage()) : INTERNAL);
    report(tx, org, job.id(), Status.FAILED, result);
  }

  private static Job read(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_time");
    return new Job(
        row.getLong("id"),
        row.getString("kind"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Json.MAPPER.readTree(row.getString("body")),
        Json.MAPPER.readTree(row.getString("result")),
        row.getLong("created_by"),
        row.getTimestamp("created_time").toInstant(),
        finished == null ? null : finished.toInstant());
  }
}
