package io.clientele.roles;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.MetadataChange;
import io.clientele.org.Org;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Statements about roles, aliased {@code r}. */
final class RoleSql {
  private RoleSql() {}

  /** Roles with the names of those above. */
  static Sql select(Org org, Sql condition) {
    String roles = org.table("role");
    return sql("select r.*, above.name as above from " + roles + " r")
        .then("left join " + roles + " above on above.id = r.reports_to where")
        .then(condition)
        .then("order by r.id");
  }

  static void insert(
      MetadataChange change,
      long id,
      String name,
      long reportsTo,
      boolean sharesWithPeers,
      JsonNode body) {
    change
        .tx()
        .update(
            sql(
                "insert into "
                    + change.org().table("role")
                    + " (id, name, reports_to, share_with_peers, body, created_by, modified_by)"
                    + " values (?, ?, ?, ?, ?::jsonb, ?, ?)",
                id,
                name,
                reportsTo,
                sharesWithPeers,
                Json.MAPPER.writeValueAsString(body),
                change.userId(),
                change.userId()));
    change.touch();
  }

  static void update(
      MetadataChange change,
      long id,
      String name,
      @Nullable Long reportsTo,
      boolean sharesWithPeers,
      JsonNode body) {
    change
        .tx()
        .update(
            sql(
                "update "
                    + change.org().table("role")
                    + " set name = ?, reports_to = ?, share_with_peers = ?, body = ?::jsonb,"
                    + " modified_by = ?, modified_time = clock_timestamp() where id = ?",
                name,
                reportsTo,
                sharesWithPeers,
                Json.MAPPER.writeValueAsString(body),
                change.userId(),
                id));
    change.touch();
  }

  /** Takes a role away; its users, the roles below it and what was shared with it go to another. */
  static void delete(MetadataChange change, long id, long heir) {
    Transaction tx = change.tx();
    Org org = change.org();
    tx.update(
        sql(
            "update "
                + org.table("crm_user")
                + " set role_id = ?, modified_by = ?, modified_time = clock_timestamp()"
                + " where role_id = ?",
            heir,
            change.userId(),
            id));
    tx.update(
        sql("update " + org.table("role") + " set reports_to = ? where reports_to = ?", heir, id));
    replace(tx, org.table("user_group_source"), "source_id", "group_id", id, heir);
    replace(tx, org.table("record_share"), "grantee_id", "record_id", id, heir);
    tx.update(sql("delete from " + org.table("role") + " where id = ?", id));
    change.touch();
  }

  /** Where a table of whom something is for names the role, it names the heir, once. */
  private static void replace(
      Transaction tx, String table, String column, String owner, long id, long heir) {
    tx.update(
        sql(
            "delete from "
                + table
                + " t where t.type = 'roles' and t."
                + column
                + " = ? and exists (select from "
                + table
                + " o where o.type = 'roles' and o."
                + column
                + " = ? and o."
                + owner
                + " = t."
                + owner
                + ")",
            id,
            heir));
    tx.update(
        sql(
            "update "
                + table
                + " t set "
                + column
                + " = ? where t.type = 'roles' and t."
                + column
                + " = ?",
            heir,
            id));
  }
}
