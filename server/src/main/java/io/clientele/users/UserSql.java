package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.org.Org;

/** Statements about users, aliased {@code u}. */
final class UserSql {
  private UserSql() {}

  /** Users with the names of their roles. */
  static Sql select(Org org, Sql condition) {
    return sql("select u.*, r.name as role_name from " + users(org))
        .then("join " + org.table("role") + " r on r.id = u.role_id where")
        .then(condition);
  }

  static Sql page(Org org, Sql condition, int limit, long offset) {
    return select(org, condition).then("order by u.id limit ? offset ?", limit, offset);
  }

  static Sql count(Org org, Sql condition) {
    return sql("select count(*) from " + users(org) + " where").then(condition);
  }

  private static String users(Org org) {
    return org.table("crm_user") + " u";
  }
}
