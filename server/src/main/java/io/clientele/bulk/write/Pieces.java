package io.clientele.bulk.write;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.sql.Array;
import java.util.List;

/** What is told of the rows of each piece, kept until all are written. */
record Pieces(Transaction tx, Org org, long jobId) {
  /**
   * Keeps what is told of a piece.
   *
   * @param ids the record of each of its rows, 0 for none
   */
  void add(int resource, int piece, String lines, Long[] ids) {
    tx.update(
        sql(
            "insert into "
                + table()
                + " (job_id, resource, piece, lines, ids) values (?, ?, ?, ?, ?)",
            jobId,
            resource,
            piece,
            lines,
            ids));
  }

  /** Fails when another server, which came first, has forgotten them. */
  String lines(int resource, int piece) {
    return find("lines", resource, piece, row -> row.getString(1));
  }

  List<Long> ids(int resource, int piece) {
    return find(
        "ids",
        resource,
        piece,
        row -> {
          Array ids = row.getArray(1);
          return List.of((Long[]) ids.getArray());
        });
  }

  private <T> T find(String column, int resource, int piece, Transaction.RowReader<T> reader) {
    return tx.find(
            sql(
                "select p."
                    + column
                    + " from "
                    + table()
                    + " p where p.job_id = ? and p.resource = ? and p.piece = ?",
                jobId,
                resource,
                piece),
            reader)
        .orElseThrow(() -> new IllegalStateException("piece " + piece + " of the job " + jobId));
  }

  void forget() {
    tx.update(sql("delete from " + table() + " p where p.job_id = ?", jobId));
  }

  private String table() {
    return org.table("bulk_write_piece");
  }
}
