package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.org.Org;
import java.util.Optional;

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

  static long count(Transaction tx, Org org, Sql condition) {
    return tx.list(count(org, condition), row -> row.getLong(1)).getFirst();
  }

  static Optional<User> find(Transaction tx, Org org, long id) {
    return tx.find(select(org, sql("u.id = ?", id)), User::read);
  }

  /** Whether another user, who is not deleted, has the address. */
  static boolean isTaken(Transaction tx, Org org, String email, long exceptId) {
    return count(
            tx,
            org,
            sql(
                "lower(u.email) = lower(?) and u.status <> 'deleted' and u.id <> ?",
                email,
                exceptId))
        > 0;
  }

  /** Writes all that can change of a user. */
  static void update(Transaction tx, Org org, User user, long by) {
    tx.update(
        sql(
            "update "
                + org.table("crm_user")
                + " set email = ?, first_name = ?, last_name = ?, full_name = ?, role_id = ?,"
                + " profile_id = ?, reporting_to = ?, status = ?, time_zone = ?, body = ?::jsonb,"
                + " modified_by = ?, modified_time = clock_timestamp() where id = ?",
            user.email(),
            user.firstName(),
            user.lastName(),
            user.fullName(),
            user.roleId(),
            user.profileId(),
            user.reportingTo(),
            user.status(),
            user.zone().getId(),
            Json.MAPPER.writeValueAsString(user.body()),
            by,
            user.id()));
  }

  private static String users(Org org) {
    return org.table("crm_user") + " u";
  }
}
