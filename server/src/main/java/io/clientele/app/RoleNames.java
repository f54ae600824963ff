package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;

/** Roles by name, as a command line gives them. */
final class RoleNames {
  private RoleNames() {}

  /** The role of that name; the lowest one, to which none reports, for no name. */
  static long find(Transaction tx, Org org, String name) {
    String table = org.table("role");
    Sql query =
        name.isEmpty()
            ? sql(
                "select r.id from "
                    + table
                    + " r where not exists (select from "
                    + table
                    + " s where s.reports_to = r.id) order by r.id desc limit 1")
            : sql("select r.id from " + table + " r where lower(r.name) = lower(?)", name);
    return tx.find(query, row -> row.getLong(1))
        .orElseThrow(() -> new Failure("There is no role " + name + "."));
  }
}
