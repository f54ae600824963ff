package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header {@code If-Unmodified-Since} of an update: a record that somebody changed later than
 * the client knows stays as it is.
 */
final class AlreadyModified {
  private AlreadyModified() {}

  private record History(long created, long createdBy, long modified, long modifiedBy) {}

  /** Locks the records of the drafts and rejects those that were changed after {@code since}. */
  static void reject(RecordChange change, Module module, List<Draft> drafts, Instant since) {
    if (drafts.isEmpty() || module.field("Modified_Time").isEmpty()) {
      return;
    }
    Map<Long, History> histories = read(change.tx(), change.table(module), drafts);
    for (Draft draft : drafts) {
      History history = histories.get(draft.requiredId());
      if (history != null && history.modified > since.getEpochSecond()) {
        draft.reject(error(change.stamp().metadata(), change.stamp().userId(), draft, history));
      }
    }
  }

  private static Map<Long, History> read(Transaction tx, String table, List<Draft> drafts) {
    var histories = new HashMap<Long, History>();
    tx.list(
        sql(
            "select t.\"id\", extract(epoch from t.\"created_time\")::bigint, t.\"created_by\","
                + " extract(epoch from t.\"modified_time\")::bigint, t.\"modified_by\" from "
                + table
                + " t where t.\"id\" = any(?) order by t.\"id\" for update of t",
            (Object) drafts.stream().map(Draft::requiredId).toArray(Long[]::new)),
        row ->
            histories.put(
                row.getLong(1),
                new History(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))));
    return histories;
  }

  private static ApiError error(Metadata metadata, long userId, Draft draft, History history) {
    ZoneId zone = metadata.zoneOf(userId);
    return ErrorCode.ALREADY_MODIFIED
        .with("Modified_Time", Moments.format(Instant.ofEpochSecond(history.modified), zone))
        .with("Modified_By", user(metadata, history.modifiedBy))
        .with("Created_Time", Moments.format(Instant.ofEpochSecond(history.created), zone))
        .with("id", Long.toString(draft.requiredId()))
        .with("Created_By", user(metadata, history.createdBy));
  }

  private static Map<String, String> user(Metadata metadata, long id) {
    UserName user = metadata.userName(id);
    return Map.of("name", user == null ? "" : user.name(), "id", Long.toString(id));
  }
}
