package io.clientele.backup;

import io.clientele.http.Keys;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.UserName;

/** Backups and their history as the wire has them. */
final class BackupJson {
  private BackupJson() {}

  static void write(Keys keys, Reader reader, Backup backup) {
    keys.text("rrule", backup.rrule()).id("id", backup.id());
    References.time(keys, "start_date", backup.startTime(), reader.zone());
    References.time(
        keys, "scheduled_date", backup.status().isOpen() ? backup.nextTime() : null, reader.zone());
    keys.text("status", backup.status().word());
    user(keys, reader, "requester", backup.requesterId());
  }

  static void write(Keys keys, Reader reader, BackupEntry entry) {
    keys.id("id", entry.id());
    References.time(keys, "log_time", entry.time(), reader.zone());
    keys.text("action", entry.action())
        .text("repeat_type", entry.repeatType())
        .number("count", 0)
        .text("file_name", entry.fileName())
        .text("state", entry.state());
    user(keys, reader, "done_by", entry.userId());
  }

  private static void user(Keys keys, Reader reader, String name, long id) {
    UserName user = reader.metadata().userName(id);
    keys.object(
        name,
        inner -> inner.id("id", id).text("name", user == null ? null : user.name()).id("zuid", id));
  }
}
