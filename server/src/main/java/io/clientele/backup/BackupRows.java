package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Backup.Status;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Settings;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The backups of an org and their history, as rows, in one transaction. */
record BackupRows(Transaction tx, Org org, JobQueue jobs) {
  /** What the body of a job has the backup's id under. */
  static final String BACKUP = "backup";

  /** The backups that {@code which} chooses. */
  private List<Backup> list(Sql which) {
    return tx.list(
        sql("select * from " + org.table("backup") + " b").then(which), BackupRows::read);
  }

  Optional<Backup> latest() {
    return list(sql("order by b.id desc limit 1")).stream().findFirst();
  }

  /** Which nobody else changes until the transaction ends. */
  Optional<Backup> lock(long id) {
    return list(sql("where b.id = ? for update", id)).stream().findFirst();
  }

  Optional<Backup> findOpen() {
    return list(sql("where b.status in ('scheduled', 'in_progress') limit 1")).stream().findFirst();
  }

  /** Adds one by a rule, or at once; answers its id. */
  long add(Optional<BackupRule> rule, long userId, Instant now, ZoneId zone) {
    long id = Settings.nextIds(tx, org, 1).getFirst();
    Timestamp first = rule.map(found -> Timestamp.from(found.first(now, zone))).orElse(null);
    tx.update(
        sql(
            "insert into "
                + org.table("backup")
                + " (id, rrule, status, requester_id, created_time, start_time, next_time)"
                + " values (?, ?, 'scheduled', ?, ?, ?, ?)",
            id,
            rule.map(BackupRule::text).orElse(null),
            userId,
            Timestamp.from(now),
            first,
            first));
    schedule(id, userId, first == null ? now : first.toInstant());
    log(
        lock(id).orElseThrow(),
        rule.isPresent() ? "scheduled" : "initiated",
        null,
        null,
        userId,
        now);
    return id;
  }

  private void schedule(long id, long userId, Instant time) {
    var body = Json.MAPPER.createObjectNode().put(BACKUP, id);
    long job = jobs.schedule(tx, org, BackupJob.KIND, body, userId, time);
    tx.update(sql("update " + org.table("backup") + " set job_id = ? where id = ?", job, id));
  }

  void stop(Backup backup, long userId, Instant now) {
    set(backup, Status.STOPPED);
    JobQueue.withdraw(tx, org, backup.jobId());
    log(backup, "stopped", null, null, userId, now);
  }

  void begin(Backup backup) {
    set(backup, Status.IN_PROGRESS);
  }

  /** It was made, or could not be; one by a rule waits for its next time. */
  void end(Backup backup, Optional<String> fileName, Instant now, ZoneId zone) {
    boolean made = fileName.isPresent();
    log(
        backup,
        null,
        made ? "completed" : "failure",
        fileName.orElse(null),
        backup.requesterId(),
        now);
    Optional<BackupRule> rule = Optional.ofNullable(backup.rrule()).flatMap(BackupRule::parse);
    Instant start = backup.startTime();
    if (rule.isPresent() && start != null) {
      Instant next = rule.get().next(start, now, zone);
      tx.update(
          sql(
              "update "
                  + org.table("backup")
                  + " set status = 'scheduled', next_time = ? where id = ?",
              Timestamp.from(next),
              backup.id()));
      schedule(backup.id(), backup.requesterId(), next);
    } else {
      set(backup, made ? Status.COMPLETED : Status.FAILED);
    }
  }

  private void set(Backup backup, Status status) {
    tx.update(
        sql(
            "update " + org.table("backup") + " set status = ? where id = ?",
            status.name().toLowerCase(Locale.ROOT),
            backup.id()));
  }

  private void log(
      Backup backup,
      @Nullable String action,
      @Nullable String state,
      @Nullable String fileName,
      long userId,
      Instant now) {
    tx.update(
        sql(
            "insert into "
                + org.table("backup_entry")
                + " (id, backup_id, action, state, repeat_type, file_name, user_id, log_time)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
            Settings.nextIds(tx, org, 1).getFirst(),
            backup.id(),
            action,
            state,
            backup.repeatType(),
            fileName,
            userId,
            Timestamp.from(now)));
  }

  /** The history since a time, the newest first. */
  List<BackupEntry> history(Instant since, int limit, long offset) {
    return tx.list(
        sql(
            "select * from "
                + org.table("backup_entry")
                + " e where e.log_time > ? order by e.id desc limit ? offset ?",
            Timestamp.from(since),
            limit,
            offset),
        row ->
            new BackupEntry(
                row.getLong("id"),
                row.getString("action"),
                row.getString("state"),
                row.getString("repeat_type"),
                row.getString("file_name"),
                row.getLong("user_id"),
                row.getTimestamp("log_time").toInstant()));
  }

  /** Forgets entries from before {@code before}, at most {@code rows}; answers how many. */
  int forget(Instant before, int rows) {
    return tx.update(
        sql(
            "delete from %1$s where id in (select e.id from %1$s e where e.log_time < ? order by e.log_time limit ?)"
                .formatted(org.table("backup_entry")),
            Timestamp.from(before),
            rows));
  }

  /** In an org that was restored: those by a rule go on, the one that made it has ended. */
  void resume(Instant now) {
    for (Backup backup : list(sql("where b.status in ('scheduled', 'in_progress')"))) {
      Instant next = backup.nextTime();
      if (next == null) {
        set(backup, Status.COMPLETED);
      } else {
        set(backup, Status.SCHEDULED);
        schedule(backup.id(), backup.requesterId(), next.isAfter(now) ? next : now);
      }
    }
  }

  private static Backup read(ResultSet row) throws SQLException {
    return new Backup(
        row.getLong("id"),
        row.getString("rrule"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getLong("requester_id"),
        instant(row.getTimestamp("start_time")),
        instant(row.getTimestamp("next_time")),
        row.getLong("job_id"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
