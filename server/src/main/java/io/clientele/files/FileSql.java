package io.clientele.files;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.files.StoredFile.Use;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Statements on the rows of files and of contents. */
final class FileSql {
  private static final String COLUMNS =
      "id, sha256, link_url, size, name, content_type, module_id, record_id, place_id, created_by,"
          + " created_time";

  private FileSql() {}

  static void insert(Transaction tx, Org org, StoredFile file) {
    tx.update(
        sql(
            "insert into "
                + org.table("file")
                + " ("
                + COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            file.id(),
            file.sha256().orElse(null),
            file.link().orElse(null),
            file.size(),
            file.name(),
            file.contentType(),
            file.use().map(Use::moduleId).orElse(null),
            file.use().map(Use::recordId).orElse(null),
            file.use().map(Use::placeId).orElse(null),
            file.createdBy(),
            bind(file.createdTime())));
  }

  /** The files that {@code which} chooses, the oldest first. */
  static List<StoredFile> list(Transaction tx, Org org, Sql which) {
    return tx.list(
        sql("select " + COLUMNS + " from " + org.table("file") + " where").then(which),
        FileSql::read);
  }

  static void use(Transaction tx, Org org, String id, Use use) {
    tx.update(
        sql(
                "update " + org.table("file") + " set module_id = ?, record_id = ?, place_id = ?",
                use.moduleId(),
                use.recordId(),
                use.placeId())
            .then("where id = ?", id));
  }

  /** Removes the rows that {@code which} chooses; their contents are looked at later. */
  static int delete(Transaction tx, Org org, Sql which, Instant now) {
    return tx.list(
            sql("with gone as (delete from " + org.table("file") + " where")
                .then(which)
                .then("returning sha256), checked as (update " + org.table("blob"))
                .then("set check_time = ? where sha256 in (select sha256 from gone)", bind(now))
                .then("returning 1) select 1 from gone"),
            row -> 1)
        .size();
  }

  static Sql among(Collection<String> ids) {
    return sql("id = any(?)", (Object) ids.toArray(String[]::new));
  }

  static OffsetDateTime bind(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static StoredFile read(ResultSet row) throws SQLException {
    long recordId = row.getLong("record_id");
    Optional<Use> use =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Use(row.getLong("module_id"), recordId, row.getLong("place_id")));
    return new StoredFile(
        row.getString("id"),
        Optional.ofNullable(row.getString("sha256")),
        Optional.ofNullable(row.getString("link_url")),
        row.getLong("size"),
        row.getString("name"),
        row.getString("content_type"),
        use,
        row.getLong("created_by"),
        row.getObject("created_time", OffsetDateTime.class).toInstant());
  }
}
