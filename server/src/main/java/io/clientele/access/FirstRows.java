package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The first rows of a list in the order of the ids, of a module that is not open to the user as a
 * whole. Each owner has rows, each label and grantee has ids in order in an index: they are merged
 * as they are asked for, so little more is read than the rows that are shown. What differs between
 * users are single binds and arrays that are kept from the planner, so one plan serves all of them;
 * planning such a statement takes longer than running it.
 */
final class FirstRows {
  /** How many lists of one kind are merged; each is a part of the plan. */
  private static final int MERGED = 32;

  /** Who sees the records of one in so many users finds a page sooner along the ids. */
  private static final int FEW = 20;

  /** So many lists a plan is made for, or the next multiple of it. */
  private static final int STEP = 2;

  /** No record, user or group has this id. */
  private static final long NOBODY = -1;

  private final Listing list;
  private final Metadata metadata;
  private final Module module;
  private final IdRange range;
  private final Openings open;
  private final Standing standing;

  FirstRows(Listing list) {
    this.list = list;
    this.metadata = list.metadata();
    this.module = list.module();
    this.range = list.range();
    this.open = list.openings();
    this.standing = list.standing();
  }

  /**
   * What stands for the module's table, with the alias {@link Access#TABLE}: rows the user may
   * read, among them those that the list begins with.
   *
   * @param columns those of the table that are read, among them the id
   */
  Sql instead(Set<String> columns) {
    boolean ofFew = open.owners().size() * FEW <= metadata.userNames().size();
    Sql rows = ofFew ? merged(columns) : walked();
    return Sql.join("", List.of(sql("("), rows, sql(") " + Access.TABLE)));
  }

  /** Along the ids, trying each row. */
  private Sql walked() {
    Sql visible =
        RowAccess.any(
            list.rows()
                .reasons(metadata, list.userId(), Action.READ, module, Access.TABLE, true)
                .values());
    return list.select("t.*").then("t.\"id\" = any(array(").then(ids(visible)).then("))");
  }

  private Sql merged(Set<String> columns) {
    String read = String.join(", ", columns);
    List<Sql> lists = new ArrayList<>();
    List<Sql> ids = new ArrayList<>();
    Sql others = Sql.TRUE;
    if (open.owners().size() <= MERGED) {
      Sql one = list.select(read).then("t.\"owner\" = ? and", NOBODY).then(list.asked());
      lists.addAll(each(open.owners(), one.then(inOrder()).then(limit())));
      others =
          sql("(t.\"owner\" = any(").then(RowAccess.hidden(open.owners())).then(")) is not true");
    } else {
      ids.add(ofManyOwners());
    }
    ids.addAll(labelled());
    ids.addAll(shared());
    Stream.of(
            list.rows().territory(metadata, list.userId(), Action.READ, module, Access.TABLE, true),
            list.rows().criteria(metadata, list.userId(), Action.READ, module, Access.TABLE))
        .flatMap(Optional::stream)
        .forEach(visible -> ids.add(ids(visible)));
    lists.add(lookedUp(read, ids, others));
    return Listing.union(lists);
  }

  private Sql inOrder() {
    return range.order(Listing.ID);
  }

  /** The ids of the first rows for which {@code visible} holds. */
  private Sql ids(Sql visible) {
    return list.select(Listing.ID).then(visible).and(list.asked()).then(inOrder()).then(limit());
  }

  /** The rows of ids that may stand in several lists, as far as {@code others} holds for them. */
  private Sql lookedUp(String columns, List<Sql> ids, Sql others) {
    return sql("select " + columns + " from (select distinct on (s.id) s.id from (")
        .then(Listing.union(ids))
        .then(") s(id)")
        .then(range.order("s.id"))
        .then(") x join " + list.table() + " t on t.\"id\" = x.id where")
        .then(others)
        .and(list.asked())
        .then(range.order("x.id"))
        .then(limit());
  }

  private Sql ofManyOwners() {
    return sql("select x.\"id\" from unnest(")
        .then(RowAccess.hidden(open.owners()))
        .then(") o(id) cross join lateral (")
        .then(ids(sql("t.\"owner\" = o.id")))
        .then(") x")
        .then(range.order("x.\"id\""));
  }

  private List<Sql> labelled() {
    String id = "l.record_id";
    return ofEach(
        open.labels(),
        sql("select " + id + " from " + metadata.org().table("record_label") + " l where"),
        "l.label_id",
        range.position().apply(id).then(range.order(id)));
  }

  private List<Sql> shared() {
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
    list.rows()
        .relatedIds(metadata, standing, Action.READ, module, true)
        .map(related -> related.and(range.position().apply("c.id")).then(range.order("c.id")))
        .ifPresent(lists::add);
    return lists;
  }

  /** A list for each value, or, where they are many, one for all. */
  private static List<Sql> ofEach(List<Long> values, Sql from, String column, Sql end) {
    return values.size() <= MERGED
        ? each(values, from.then(column + " = ? and", NOBODY).then(end))
        : List.of(
            from.then(column + " = any(").then(RowAccess.hidden(values)).then(") and").then(end));
  }

  /** The list for each value, which takes the place of the first bind. */
  private static List<Sql> each(List<Long> values, Sql list) {
    int lists = values.size() < STEP ? values.size() : (values.size() + STEP - 1) / STEP * STEP;
    List<Sql> all = new ArrayList<>(lists);
    for (int i = 0; i < lists; i++) {
      var binds = new ArrayList<>(list.binds());
      binds.set(0, i < values.size() ? values.get(i) : NOBODY);
      all.add(new Sql(list.text(), binds));
    }
    return all;
  }

  /** No bind, which the planner of a plan for all would take for a tenth of the rows. */
  private Sql limit() {
    return sql("limit " + range.rows());
  }
}
