package io.clientele.metadata.usergroups;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.metadata.Group.Source;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements about user groups. */
final class UserGroupSql {
  private static final String GROUPS = "user_group";
  private static final String SOURCES = "user_group_source";

  private UserGroupSql() {}

  /**
   * A group with its history.
   *
   * @param modifiedBy null while it is as it was made, and so is the time
   */
  record Row(
      long id,
      String name,
      @Nullable String description,
      Instant createdTime,
      @Nullable Instant modifiedTime,
      @Nullable Long createdBy,
      @Nullable Long modifiedBy) {}

  /** All groups, oldest first. */
  static List<Row> list(Transaction tx, Org org) {
    return tx.list(
        sql("select * from " + org.table(GROUPS) + " g order by g.id"), UserGroupSql::read);
  }

  /** The group of that name, whatever its case. */
  static Optional<Long> find(Transaction tx, Org org, String name) {
    return tx.find(
        sql("select g.id from " + org.table(GROUPS) + " g where lower(g.name) = lower(?)", name),
        row -> row.getLong(1));
  }

  static void insert(
      Transaction tx, Org org, long id, String name, @Nullable String description, long userId) {
    tx.update(
        sql(
            "insert into "
                + org.table(GROUPS)
                + " (id, name, description, created_by) values (?, ?, ?, ?)",
            id,
            name,
            description,
            userId));
  }

  static void update(
      Transaction tx, Org org, long id, String name, @Nullable String description, long userId) {
    tx.update(
        sql(
            "update "
                + org.table(GROUPS)
                + " set name = ?, description = ?, modified_by = ?,"
                + " modified_time = clock_timestamp() where id = ?",
            name,
            description,
            userId,
            id));
  }

  /** Gives a group these sources in place of those it has. */
  static void setSources(Transaction tx, Org org, long id, List<Source> sources) {
    tx.update(sql("delete from " + org.table(SOURCES) + " where group_id = ?", id));
    tx.update(
        sql(
            "insert into "
                + org.table(SOURCES)
                + " (group_id, type, source_id, subordinates)"
                + " select ?, a, b, c from unnest(?, ?, ?) as t(a, b, c)",
            id,
            tx.array("text", sources.stream().map(Source::type).toArray()),
            tx.array("bigint", sources.stream().map(Source::id).toArray()),
            tx.array("boolean", sources.stream().map(Source::below).toArray())));
  }

  /** The group is gone, out of other groups and with what was shared with it record by record. */
  static void delete(Transaction tx, Org org, long id) {
    tx.update(sql("delete from " + org.table(GROUPS) + " where id = ?", id));
    tx.update(
        sql("delete from " + org.table(SOURCES) + " where type = 'groups' and source_id = ?", id));
    tx.update(
        sql(
            "delete from "
                + org.table("record_share")
                + " where grantee_id = ? and type = 'groups'",
            id));
  }

  /** The modules of which records are shared with the group. */
  static List<Long> sharedModules(Transaction tx, Org org, long id) {
    return tx.list(
        sql(
            "select distinct s.module_id from "
                + org.table("record_share")
                + " s where s.grantee_id = ? and s.type = 'groups' order by 1",
            id),
        row -> row.getLong(1));
  }

  /** The statuses of the users, one for each. */
  static List<String> statuses(Transaction tx, Org org, List<Long> userIds) {
    return tx.list(
        sql(
            "select u.status from " + org.table("crm_user") + " u where u.id = any(?)",
            (Object) userIds.toArray(Long[]::new)),
        row -> row.getString(1));
  }

  /** The ids of the users with that status. */
  static List<Long> withStatus(Transaction tx, Org org, List<Long> userIds, String status) {
    return tx.list(
        sql(
            "select u.id from " + org.table("crm_user") + " u where u.id = any(?) and u.status = ?",
            userIds.toArray(Long[]::new),
            status),
        row -> row.getLong(1));
  }

  private static Row read(ResultSet row) throws SQLException {
    Long modifiedBy = (Long) row.getObject("modified_by");
    Timestamp modified = row.getTimestamp("modified_time");
    return new Row(
        row.getLong("id"),
        row.getString("name"),
        row.getString("description"),
        row.getTimestamp("created_time").toInstant(),
        modifiedBy == null ? null : modified.toInstant(),
        (Long) row.getObject("created_by"),
        modifiedBy);
  }
}
