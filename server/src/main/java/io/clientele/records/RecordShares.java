package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.Collection;

/** What happens to the shares of records when the records do not come back. */
public final class RecordShares {
  private RecordShares() {}

  /** Forgets with whom records that are deleted for good were shared. */
  public static void release(Transaction tx, Org org, Collection<Long> recordIds) {
    if (!recordIds.isEmpty()) {
      tx.update(
          sql(
              "delete from " + org.table("record_share") + " where record_id = any(?)",
              (Object) recordIds.toArray(Long[]::new)));
    }
  }
}
