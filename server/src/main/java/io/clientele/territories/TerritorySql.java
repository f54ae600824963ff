package io.clientele.territories;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.org.Org;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Statements about territories and their users. */
final class TerritorySql {
  private TerritorySql() {}

  /** A territory as its row has it. */
  record Row(
      long id,
      String name,
      @Nullable Long reportingTo,
      @Nullable Long managerId,
      String permissionType,
      @Nullable String description,
      ObjectNode body,
      Instant createdTime,
      Instant modifiedTime,
      @Nullable Long createdBy,
      @Nullable Long modifiedBy) {
    boolean isOfOrg() {
      return reportingTo == null;
    }
  }

  /** All territories, the org's own first. */
  static List<Row> list(Transaction tx, Org org) {
    return tx.list(sql("select * from " + table(org) + " t order by t.id"), TerritorySql::read);
  }

  static Optional<Row> find(Transaction tx, Org org, long id) {
    return tx.find(
        sql("select * from " + table(org) + " t where t.id = ?", id), TerritorySql::read);
  }

  static void insert(Transaction tx, Org org, Row row) {
    tx.update(
        sql(
            "insert into "
                + table(org)
                + " (id, name, reporting_to, manager_id, permission_type, description, body,"
                + " created_by, modified_by) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
            row.id,
            row.name,
            row.reportingTo,
            row.managerId,
            row.permissionType,
            row.description,
            Json.MAPPER.writeValueAsString(row.body),
            row.createdBy,
            row.modifiedBy));
  }

  static void update(Transaction tx, Org org, Row row, long userId) {
    tx.update(
        sql(
            "update "
                + table(org)
                + " set name = ?, reporting_to = ?, manager_id = ?, permission_type = ?,"
                + " description = ?, body = ?::jsonb, modified_by = ?,"
                + " modified_time = clock_timestamp() where id = ?",
            row.name,
            row.reportingTo,
            row.managerId,
            row.permissionType,
            row.description,
            Json.MAPPER.writeValueAsString(row.body),
            userId,
            row.id));
  }

  /** Lets the territories below one report to another. */
  static void moveChildren(Transaction tx, Org org, long from, long to) {
    tx.update(
        sql("update " + table(org) + " set reporting_to = ? where reporting_to = ?", to, from));
  }

  /** Takes a territory away, with its users and its place in groups. */
  static void delete(Transaction tx, Org org, long id) {
    tx.update(
        sql(
            "delete from "
                + org.table("user_group_source")
                + " where type = 'territories' and source_id = ?",
            id));
    tx.update(sql("delete from " + table(org) + " where id = ?", id));
  }

  /** Gives a territory to a user, who may have it already. */
  static void addUser(Transaction tx, Org org, long territoryId, long userId) {
    tx.update(
        sql(
            "insert into "
                + org.table("territory_user")
                + " (territory_id, user_id) values (?, ?) on conflict do nothing",
            territoryId,
            userId));
  }

  /** Takes it away; who is none of its users can be no manager of it. */
  static void removeUser(Transaction tx, Org org, long territoryId, long userId) {
    tx.update(
        sql(
            "delete from "
                + org.table("territory_user")
                + " where territory_id = ? and user_id = ?",
            territoryId,
            userId));
    tx.update(
        sql(
            "update " + table(org) + " set manager_id = null where id = ? and manager_id = ?",
            territoryId,
            userId));
  }

  private static String table(Org org) {
    return org.table("territory");
  }

  private static Row read(ResultSet row) throws SQLException {
    JsonNode body = Json.MAPPER.readTree(row.getString("body"));
    return new Row(
        row.getLong("id"),
        row.getString("name"),
        (Long) row.getObject("reporting_to"),
        (Long) row.getObject("manager_id"),
        row.getString("permission_type"),
        row.getString("description"),
        (ObjectNode) body,
        row.getTimestamp("created_time").toInstant(),
        row.getTimestamp("modified_time").toInstant(),
        (Long) row.getObject("created_by"),
        (Long) row.getObject("modified_by"));
  }
}
