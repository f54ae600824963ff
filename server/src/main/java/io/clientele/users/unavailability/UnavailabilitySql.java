package io.clientele.users.unavailability;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;

/** Statements on times in which users are away, aliased {@code a}. */
record UnavailabilitySql(Transaction tx, Org org) {
  List<Unavailability> list(Sql which, int limit, long offset) {
    return tx.list(
        select(which).then("order by a.from_time, a.id limit ? offset ?", limit, offset),
        Unavailability::read);
  }

  Optional<Unavailability> find(long id, Sql which) {
    return tx.find(select(sql("a.id = ?", id).and(which)), Unavailability::read);
  }

  /** Nobody else changes when the user is away until the transaction ends. */
  void lock(long userId) {
    tx.list(
        sql("select from " + org.table("crm_user") + " u where u.id = ? for no key update", userId),
        row -> 0);
  }

  /** Another time of the same user that shares a moment with this one. */
  Optional<Unavailability> overlapping(Unavailability one) {
    return tx.find(
        select(
                sql(
                    "a.user_id = ? and a.id <> ? and a.from_time < ? and a.to_time > ?",
                    one.userId(),
                    one.id(),
                    Timestamp.from(one.to()),
                    Timestamp.from(one.from())))
            .then("order by a.from_time limit 1"),
        Unavailability::read);
  }

  void insert(Unavailability one, long by) {
    tx.update(
        sql(
            "insert into "
                + table()
                + " (id, user_id, from_time, to_time, comments, created_by, modified_by)"
                + " values (?, ?, ?, ?, ?, ?, ?)",
            one.id(),
            one.userId(),
            Timestamp.from(one.from()),
            Timestamp.from(one.to()),
            one.comments(),
            by,
            by));
  }

  void update(Unavailability one, long by) {
    tx.update(
        sql(
            "update "
                + table()
                + " set from_time = ?, to_time = ?, comments = ?, modified_by = ?,"
                + " modified_time = clock_timestamp() where id = ?",
            Timestamp.from(one.from()),
            Timestamp.from(one.to()),
            one.comments(),
            by,
            one.id()));
  }

  void delete(long id) {
    tx.update(sql("delete from " + table() + " where id = ?", id));
  }

  private Sql select(Sql which) {
    return sql("select a.* from " + table() + " a where").then(which);
  }

  private String table() {
    return org.table("user_unavailability");
  }
}
