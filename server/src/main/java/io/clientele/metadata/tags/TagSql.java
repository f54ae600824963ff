package io.clientele.metadata.tags;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Module;
import io.clientele.metadata.RecordMove;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements about tags. */
final class TagSql {
  private TagSql() {}

  /** A tag with its history. */
  record Row(
      long id,
      long moduleId,
      String name,
      @Nullable String colorCode,
      Instant createdTime,
      Instant modifiedTime,
      @Nullable Long createdBy,
      @Nullable Long modifiedBy) {}

  /** The tags of a module, oldest first. */
  static List<Row> list(Transaction tx, Org org, long moduleId) {
    return tx.list(
        sql("select * from " + org.table("tag") + " t where t.module_id = ? order by id", moduleId),
        TagSql::read);
  }

  static Optional<Row> find(Transaction tx, Org org, long id) {
    return tx.find(
        sql("select * from " + org.table("tag") + " t where t.id = ?", id), TagSql::read);
  }

  /** The tag of a module with that name, whatever its case. */
  static Optional<Row> find(Transaction tx, Org org, long moduleId, String name) {
    return tx.find(
        sql(
            "select * from "
                + org.table("tag")
                + " t where t.module_id = ? and lower(t.name) = lower(?)",
            moduleId,
            name),
        TagSql::read);
  }

  static int count(Transaction tx, Org org, long moduleId) {
    return tx.list(
            sql("select count(*) from " + org.table("tag") + " t where t.module_id = ?", moduleId),
            row -> row.getInt(1))
        .getFirst();
  }

  static Row insert(
      Transaction tx,
      Org org,
      long id,
      long moduleId,
      String name,
      @Nullable String colorCode,
      long userId) {
    return tx.list(
            sql(
                "insert into "
                    + org.table("tag")
                    + " (id, module_id, name, color_code, created_by, modified_by)"
                    + " values (?, ?, ?, ?, ?, ?) returning *",
                id,
                moduleId,
                name,
                colorCode,
                userId,
                userId),
            TagSql::read)
        .getFirst();
  }

  static Row update(
      Transaction tx, Org org, long id, String name, @Nullable String colorCode, long userId) {
    return tx.list(
            sql(
                "update "
                    + org.table("tag")
                    + " set name = ?, color_code = ?, modified_by = ?,"
                    + " modified_time = clock_timestamp() where id = ? returning *",
                name,
                colorCode,
                userId,
                id),
            TagSql::read)
        .getFirst();
  }

  /**
   * Takes tags away. Their ids stay in the records that carried them, because taking them out there
   * would write most of a large table anew; nothing shows or counts an id that is no tag's, ids are
   * never given twice, and who changes the tags of a record drops such ids.
   */
  static void delete(Transaction tx, Org org, List<Long> ids) {
    tx.update(
        sql(
            "delete from " + org.table("tag") + " where id = any(?)",
            (Object) ids.toArray(Long[]::new)));
  }

  /** The records of a module that carry {@code from}, which get the tag {@code to} in its place. */
  static RecordMove replacement(Module module, long from, long to) {
    String column = column(module);
    Sql set =
        sql(
            "%1$s = case when ? = any(t.%1$s) then array_remove(t.%1$s, ?)".formatted(column)
                + " else array_replace(t.%1$s, ?, ?) end".formatted(column),
            to,
            from,
            from,
            to);
    return new RecordMove(module, sql("? = any(t." + column + ")", from), set);
  }

  /** How many of the rows that {@code visible} shows carry the tag. */
  static long countRecords(Transaction tx, String table, Module module, long id, Sql visible) {
    return tx.list(
            sql(
                    "select count(*) from "
                        + table
                        + " t where ? = any(t."
                        + column(module)
                        + ") and",
                    id)
                .then(visible),
            row -> row.getLong(1))
        .getFirst();
  }

  private static String column(Module module) {
    return Sql.identifier(module.field("Tag").orElseThrow().column());
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getLong("module_id"),
        row.getString("name"),
        row.getString("color_code"),
        row.getTimestamp("created_time").toInstant(),
        row.getTimestamp("modified_time").toInstant(),
        (Long) row.getObject("created_by"),
        (Long) row.getObject("modified_by"));
  }
}
