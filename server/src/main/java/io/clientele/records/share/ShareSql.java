package io.clientele.records.share;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.Collection;
import java.util.List;

/** Statements about the shares of a record. */
final class ShareSql {
  private ShareSql() {}

  /** The newest first; of those of one moment, those for the record alone and for more. */
  static List<Share> list(Transaction tx, Org org, long recordId) {
    return tx.list(
        sql(
            "select s.* from "
                + org.table("record_share")
                + " s where s.record_id = ? order by s.shared_time desc, s.related,"
                + " array_position(array['full_access', 'read_write', 'read_only'], s.permission),"
                + " s.grantee_id",
            recordId),
        Share::read);
  }

  static int delete(Transaction tx, Org org, long recordId) {
    return tx.update(
        sql("delete from " + org.table("record_share") + " where record_id = ?", recordId));
  }

  static void insert(
      Transaction tx, Org org, long recordId, long moduleId, Collection<Share> shares) {
    for (Share share : shares) {
      tx.update(
          sql(
              "insert into "
                  + org.table("record_share")
                  + " (record_id, module_id, type, grantee_id, permission, related, shared_by,"
                  + " shared_time) values (?, ?, ?, ?, ?, ?, ?, ?::timestamptz)",
              recordId,
              moduleId,
              share.type(),
              share.granteeId(),
              share.permission(),
              share.related(),
              share.sharedBy(),
              share.sharedTime().toString()));
    }
  }

  /** Whether the user is active and has confirmed the invitation. */
  static boolean isConfirmed(Transaction tx, Org org, long userId) {
    return !tx.list(
            sql(
                "select 1 from "
                    + org.table("crm_user")
                    + " u where u.id = ? and u.status = 'active' and u.confirmed",
                userId),
            row -> 1)
        .isEmpty();
  }
}
