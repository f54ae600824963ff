package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The first rows of a list in the order of the ids, of a module that is not open to the user as a
 * whole. Each owner, label and grantee has its ids in order in an index: they are merged as they
 * are asked for, so little more is read than the rows that are shown. What differs between users
 * are single binds and arrays that are kept from the planner, so one plan serves all of them;
 * planning such a statement takes longer than running it.
 */
final class FirstRows {
  /** Who sees the records of one in so many users finds a page sooner along the ids. */
  private static final int FEW = 20;

  /** How many lists of one kind are merged; each is a part of the plan. */
  private static final int MERGED = 32;

  /** So many lists a plan is made for, or the next multiple of it. */
  private static final int STEP = 4;

  /** No record, user or group has this id. */
  private static final long NOBODY = -1;

  private final ModuleTables tables;
  private final RowAccess rows;

  FirstRows(ModuleTables tables, RowAccess rows) {
    this.tables = tables;
    this.rows = rows;
  }

  /**
   * What the module's table is joined with so that only rows are left which the user may read, and
   * those in the order of {@code range} are read first.
   *
   * @param asked what else the list asks of the table aliased {@link Access#TABLE}; it must be
   *     asked of the rows that are left, too
   */
  Sql join(Metadata metadata, long userId, Module module, Sql asked, IdRange range) {
    int owners = Openings.of(metadata, userId, Action.READ, module).owners().size();
    Sql found =
        owners * FEW > metadata.userNames().size()
            ? walked(metadata, userId, module, asked, range)
            : sql("select distinct on (u.id) u.id from (")
                .then(Sql.join(" union all ", lists(metadata, userId, module, asked, range)))
                .then(") u(id)")
                .then(range.order("u.id"));
    return sql("join (").then(found).then(") seen on seen.id = t.\"id\"");
  }

  /** Along the ids, trying each row; the planner would take a bind for far more rows. */
  private Sql walked(Metadata metadata, long userId, Module module, Sql asked, IdRange range) {
    Sql open =
        RowAccess.any(
            rows.reasons(metadata, userId, Action.READ, module, Access.TABLE, true).values());
    return sql("select w.id from unnest(array(")
        .then(first(metadata, module, open, asked, range))
        .then(")) w(id)");
  }

  private List<Sql> lists(Metadata metadata, long userId, Module module, Sql asked, IdRange range) {
    List<Sql> lists = new ArrayList<>(ofOwners(metadata, userId, module, asked, range));
    lists.addAll(labelled(metadata, userId, module, range));
    lists.addAll(shared(metadata, userId, module, range));
    Stream.of(
            rows.territory(metadata, userId, Action.READ, module, Access.TABLE, true),
            rows.criteria(metadata, userId, Action.READ, module, Access.TABLE))
        .flatMap(Optional::stream)
        .forEach(open -> lists.add(first(metadata, module, open, asked, range)));
    return lists.stream().map(list -> sql("(").then(list).then(")")).toList();
  }

  /** The ids of the first rows that {@code open} shows. */
  private Sql first(Metadata metadata, Module module, Sql open, Sql asked, IdRange range) {
    return sql("select t.\"id\" from " + tables.of(metadata, module) + " t where")
        .then(open)
        .and(asked)
        .then(range.order("t.\"id\""))
        .then(limit(range));
  }

  private List<Sql> ofOwners(
      Metadata metadata, long userId, Module module, Sql asked, IdRange range) {
    List<Long> owners = Openings.of(metadata, userId, Action.READ, module).owners();
    Sql ids = sql("select t.\"id\" from " + tables.of(metadata, module) + " t where t.\"owner\" =");
    Sql ordered = asked.then(range.order("t.\"id\""));
    return owners.size() <= MERGED
        ? each(owners, owner -> ids.then("? and", owner).then(ordered))
        : List.of(
            sql("select x.\"id\" from unnest(")
                .then(RowAccess.hidden(owners))
                .then(") o(id) cross join lateral (")
                .then(ids.then("o.id and").then(ordered).then(limit(range)))
                .then(") x")
                .then(range.order("x.\"id\"")));
  }

  private List<Sql> labelled(Metadata metadata, long userId, Module module, IdRange range) {
    String id = "l.record_id";
    return ofEach(
        Openings.of(metadata, userId, Action.READ, module).labels(),
        sql("select " + id + " from " + metadata.org().table("record_label") + " l where"),
        "l.label_id",
        range.position().apply(id).then(range.order(id)));
  }

  private List<Sql> shared(Metadata metadata, long userId, Module module, IdRange range) {
    Standing standing = Standing.of(metadata, userId);
    String id = "s.record_id";
    List<Sql> lists =
        new ArrayList<>(
            ofEach(
                standing.principals(),
                sql("select " + id + " from " + metadata.org().table("record_share") + " s where"),
                "s.grantee_id",
                sql("s.module_id = ? and", module.id())
                    .then(range.position().apply(id))
                    .then(range.order(id))));
    String child = "c.\"id\"";
    for (Sql related : rows.relatedShares(metadata, standing, Action.READ, module, true)) {
      lists.add(related.and(range.position().apply(child)).then(range.order(child)));
    }
    return lists;
  }

  /** A list for each value, or, where they are many, one for all. */
  private static List<Sql> ofEach(List<Long> values, Sql from, String column, Sql end) {
    return values.size() <= MERGED
        ? each(values, value -> from.then(column + " = ? and", value).then(end))
        : List.of(
            from.then(column + " = any(").then(RowAccess.hidden(values)).then(") and").then(end));
  }

  private static List<Sql> each(List<Long> values, Function<Long, Sql> list) {
    int lists = values.size() < STEP ? values.size() : (values.size() + STEP - 1) / STEP * STEP;
    var all = new ArrayList<>(values);
    all.addAll(Collections.nCopies(lists - values.size(), NOBODY));
    return all.stream().map(list).toList();
  }

  private static Sql limit(IdRange range) {
    return sql("limit ?", range.rows());
  }
}
