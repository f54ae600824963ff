package io.clientele.access;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.RulesColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All rows of a list in the order of the ids up to a known end, of a module that is not open to the
 * user as a whole. What differs between users stands in one row, {@code p}, of which the planner
 * does not see the values: so there is one statement, and one plan, for all of them.
 */
final class RowsUntil {
  /** Of how many shapes the parts are kept, for each snapshot of the metadata. */
  private static final int KEPT = 2_000;

  /** A look into the index of owners takes as long as passing so many rows by. */
  private static final int PASSED = 8;

  private static final String PARAMETERS =
      "(select ?::bigint as until, ?::bigint[] as owners, ?::bigint[] as labels,"
          + " ?::bigint[] as principals, ?::bigint[] as territories offset 0) p";

  private final Listing list;
  private final Metadata metadata;
  private final Module module;
  private final IdRange range;
  private final Openings open;
  private final Standing standing;

  RowsUntil(Listing list) {
    this.list = list;
    this.metadata = list.metadata();
    this.module = list.module();
    this.range = list.range();
    this.open = list.openings();
    this.standing = list.standing();
  }

  /** What the part of a statement that is the same for many users depends on. */
  private record Shape(
      long moduleId,
      boolean ofFew,
      boolean labels,
      boolean territories,
      boolean related,
      Set<String> columns,
      String asked,
      boolean ascending) {}

  /**
   * What stands for the module's table, with the alias {@link Access#TABLE}.
   *
   * @param columns those of the table that are read, among them the id
   */
  Sql instead(Set<String> columns) {
    var shape =
        new Shape(
            module.id(),
            isOfFew(),
            !open.labels().isEmpty(),
            !standing.territories().isEmpty() && RowAccess.territoryColumn(module).isPresent(),
            metadata.people().seeRelated(standing.principals()),
            columns,
            list.asked().text(),
            range.ascending());
    // criteria are of the user, and may be about the time
    boolean isSameForMany = open.criteria().isEmpty() && list.asked().binds().isEmpty();
    Sql found = isSameForMany ? made().get(shape, this::found) : found(shape);
    return shape.ofFew
        ? sql("(select t.* from").then(each(found, "t")).then(") " + Access.TABLE)
        : sql("(")
            .then(list.select("t.*"))
            .then(Listing.ID + " = any(array(select x.id from")
            .then(each(found, "x(id)"))
            .then("))")
            .and(list.asked())
            .then(") " + Access.TABLE);
  }

  /** Whether looking up each owner takes less than passing by the rows that others own. */
  private boolean isOfFew() {
    long owners = open.owners().size();
    return PASSED * owners * owners <= (long) range.rows() * metadata.userNames().size();
  }

  private Cache<Shape, Sql> made() {
    return metadata.remember(
        RowsUntil.class, () -> Caffeine.newBuilder().maximumSize(KEPT).<Shape, Sql>build());
  }

  /** The lists of what was found for the parameters. */
  private Sql each(Sql found, String alias) {
    return sql(
            PARAMETERS + " cross join lateral (",
            range.end().orElseThrow(),
            open.owners().toArray(Long[]::new),
            open.labels().toArray(Long[]::new),
            standing.principals().toArray(Long[]::new),
            standing.territories().toArray(Long[]::new))
        .then(found)
        .then(") " + alias);
  }

  /** Rows, if they are of few owners, else ids. */
  private Sql found(Shape shape) {
    return shape.ofFew ? ofSources(shape) : alongIds(shape);
  }

  /** The rows of the owners, through their index, and those of other ids. */
  private Sql ofSources(Shape shape) {
    Sql read = list.select(String.join(", ", shape.columns));
    Sql owned = sql("(t.\"owner\" = any(p.owners))");
    List<Sql> ids = shared(shape);
    if (shape.labels) {
      ids.add(
          sql(
              "select l.record_id from "
                  + metadata.org().table("record_label")
                  + " l where l.label_id = any(p.labels) and "
                  + upToEnd("l.record_id")));
    }
    for (Sql visible : others(shape)) {
      ids.add(list.select(Listing.ID).then(visible).and(fewUpToEnd()));
    }
    return Listing.union(
        List.of(
            read.then(owned).and(fewUpToEnd()).and(list.asked()),
            read.then(owned)
                .then("is not true and " + Listing.ID + " = any(array(")
                .then(Listing.union(ids))
                .then("))")
                .and(list.asked())));
  }

  /** Along the ids, looking up each owner in a hash table. */
  private Sql alongIds(Shape shape) {
    List<Sql> reasons = others(shape);
    reasons.add(sql("o.id is not null"));
    if (shape.labels) {
      reasons.add(sql("t." + RulesColumn.NAME + " && p.labels"));
    }
    Sql visible = RowAccess.any(reasons);
    var columns = new LinkedHashSet<>(List.of(Listing.ID, "t.\"owner\""));
    columns.addAll(Access.columns(visible.text()));
    List<Sql> ids = shared(shape);
    ids.add(
        sql("select t.\"id\" from (")
            .then(list.select(String.join(", ", columns)).then(fewUpToEnd()).and(list.asked()))
            .then("offset 0) t left join unnest(p.owners) o(id) on o.id = t.\"owner\" where")
            .then(visible));
    return Listing.union(ids);
  }

  /** The ids of records that are shared themselves, or with a record that they look up. */
  private List<Sql> shared(Shape shape) {
    String grantee = "s.grantee_id = any(p.principals)";
    List<Sql> ids = new ArrayList<>();
    ids.add(
        sql(
            "select s.record_id from %s s where %s and s.module_id = %d and %s"
                .formatted(
                    metadata.org().table("record_share"),
                    grantee,
                    module.id(),
                    upToEnd("s.record_id"))));
    if (shape.related) {
      list.rows()
          .relatedIds(metadata, module, sql(grantee))
          .ifPresent(related -> ids.add(related.and(sql(upToEnd("c.id")))));
    }
    return ids;
  }

  /** What opens rows without a list of their ids. */
  private List<Sql> others(Shape shape) {
    List<Sql> others = new ArrayList<>();
    if (shape.territories) {
      String column = RowAccess.territoryColumn(module).orElseThrow();
      others.add(sql("t." + column + " && p.territories"));
    }
    list.rows()
        .criteria(metadata, list.userId(), Action.READ, module, Access.TABLE)
        .ifPresent(others::add);
    return others;
  }

  private String upToEnd(String id) {
    return id + (range.ascending() ? " <= p.until" : " >= p.until");
  }

  /**
   * The same of the table, which has many rows. A second bound, within which all ids are, makes the
   * planner expect one row in two hundred in place of a third of them.
   */
  private Sql fewUpToEnd() {
    String all = range.ascending() ? " >= 0" : " <= " + Long.MAX_VALUE;
    return sql(upToEnd(Listing.ID) + " and " + Listing.ID + all);
  }
}
