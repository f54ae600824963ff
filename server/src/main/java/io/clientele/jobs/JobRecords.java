package io.clientele.jobs;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.List;

/** The records that a job is about, chosen when it is scheduled: rows of {@code job_record}. */
public record JobRecords(Transaction tx, Org org, long jobId) {
  /** Chooses the rows of a table, aliased {@code t}, at most {@code limit}; answers how many. */
  public int choose(String table, Sql which, int limit) {
    return tx.update(
        sql(
                "insert into " + rows() + " (job_id, record_id) select ?, t.\"id\" from " + table,
                jobId)
            .then("t where")
            .then(which)
            .then("limit ?", limit));
  }

  /** The next ids behind {@code id}. */
  public List<Long> after(long id, int limit) {
    return tx.list(
        sql(
            "select r.record_id from "
                + rows()
                + " r where r.job_id = ? and r.record_id > ? order by r.record_id limit ?",
            jobId,
            id,
            limit),
        row -> row.getLong(1));
  }

  /** For the end of the job. */
  public void forget() {
    tx.update(sql("delete from " + rows() + " r where r.job_id = ?", jobId));
  }

  private String rows() {
    return org.table("job_record");
  }
}
