package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.Collection;
import java.util.List;

/** What happens to the shares of records when the records do not come back. */
public final class RecordShares {
  private RecordShares() {}

  /** Forgets with whom records that are deleted for good, and mails of them, were shared. */
  public static void release(Transaction tx, Org org, Collection<Long> recordIds) {
    if (!recordIds.isEmpty()) {
      for (String table : List.of("record_share", "email_share")) {
        tx.update(
            sql(
                "delete from " + org.table(table) + " where record_id = any(?)",
                (Object) recordIds.toArray(Long[]::new)));
      }
    }
  }
}
