package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The SELECT of attachments: their rows, aliased {@code t}, beside their files. */
final class AttachmentSql {
  private AttachmentSql() {}

  /** Those of the records in {@code parentIds} that {@code tail} chooses and sorts. */
  static List<Attachment> list(
      Transaction tx,
      ModuleTables tables,
      Metadata metadata,
      Module parentModule,
      List<Long> parentIds,
      Optional<String> parentName,
      Sql tail) {
    Module module = metadata.get(Attachments.MODULE);
    Sql statement =
        sql(
                "select t.\"id\", t.\"file_name\", t.\"parent_id\", t.\"owner\", t.\"created_by\","
                    + " t.\"created_time\", t.\"modified_by\", t.\"modified_time\", f.id as file_id,"
                    + " f.size, f.link_url from "
                    + tables.of(metadata, module)
                    + " t join "
                    + metadata.org().table("file")
                    + " f on f.record_id = t.\"parent_id\" and f.place_id = t.\"id\""
                    + " where t.\"parent_id\" = any(?)",
                (Object) parentIds.toArray(Long[]::new))
            .then(tail);
    return tx.list(statement, row -> read(row, parentModule, parentName));
  }

  private static Attachment read(ResultSet row, Module parentModule, Optional<String> parentName)
      throws SQLException {
    return new Attachment(
        row.getLong("id"),
        String.valueOf(row.getString("file_name")),
        row.getLong("size"),
        row.getString("file_id"),
        Optional.ofNullable(row.getString("link_url")),
        parentModule,
        row.getLong("parent_id"),
        parentName,
        row.getLong("owner"),
        row.getLong("created_by"),
        row.getTimestamp("created_time").toInstant(),
        row.getLong("modified_by"),
        row.getTimestamp("modified_time").toInstant());
  }
}
