package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.SearchColumn;
import io.clientele.metadata.types.Column;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.metadata.types.TerritoriesType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many rows to the database in one statement: each column is an array, put together by {@code
 * unnest}.
 */
final class RowWriter {
  private RowWriter() {}

  /** A column of a statement: its name, how its values travel, and the value of each row. */
  record Array(String name, Column column, @Nullable Object[] values) {}

  /** From so many rows on COPY is quicker, which pays for its round trips. */
  private static final int COPIED = 200;

  /** Adds the rows; every draft has its id. */
  static void insert(Transaction tx, Stamp stamp, Module module, String table, List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    List<Array> sources = new ArrayList<>();
    sources.add(ids(drafts));
    sources.addAll(sources(drafts));
    List<Field> searched = SearchColumn.fields(module);
    Function<Draft, String> words = draft -> SearchWords.of(searched, draft.values()::get);
    if (drafts.size() >= COPIED) {
      RowCopy.insert(tx, table, sources, drafts.size(), row -> words.apply(drafts.get(row)));
      tx.update(added(tx, stamp, module, table, sources.getFirst()));
      return;
    }
    sources.add(words(drafts, words));
    Sql statement =
        sql("with added as (insert into "
                + table
                + " as t ("
                + names(sources)
                + ") select "
                + values(sources)
                + " from ")
            .then(unnest(tx, sources))
            .then("returning t.\"id\", " + Ledger.related(module, "t") + " as related_id)")
            .then(Ledger.write(stamp, module, Ledger.ADDED, "added", false));
    tx.update(statement);
  }

  /** The rows of the ledger for rows that are there already. */
  private static Sql added(Transaction tx, Stamp stamp, Module module, String table, Array ids) {
    String related = Ledger.related(module, "t");
    String rows = related.equals(Ledger.NONE) ? "" : " join " + table + " t on t.\"id\" = v.id";
    return sql(
            "with added as (select v.id, "
                + related
                + " as related_id from unnest(?) as v(id)"
                + rows,
            tx.array("bigint", ids.values))
        .then(")")
        .then(Ledger.write(stamp, module, Ledger.ADDED, "added", false));
  }

  /** What is known of a row before and after its update. */
  record Updated(long id, java.time.Instant createdTime, long createdBy) {}

  /**
   * Changes the rows that {@code visible} shows; answers those that were there. Drafts may set
   * different fields: each set of fields is a statement. It locks the rows in the order of their
   * ids, so that two calls wait for each other instead of dying together, and so that the ledger
   * has the values that were there just before.
   */
  static Map<Long, Updated> update(
      Transaction tx, Stamp stamp, Module module, String table, Sql visible, List<Draft> drafts) {
    var updated = new LinkedHashMap<Long, Updated>();
    for (List<Draft> group : groups(drafts)) {
      List<Array> sources = new ArrayList<>();
      sources.add(ids(group));
      sources.addAll(sources(group));
      if (written(group).stream().anyMatch(field -> SearchColumn.holds(module, field))) {
        sources.add(words(tx, module, table, group));
      }
      String set =
          sources.stream()
              .skip(1)
              .map(source -> source.name + " = " + cast(source, sources))
              .collect(Collectors.joining(", "));
      Sql statement =
          sql(
                  "with changed as (update "
                      + table
                      + " t set "
                      + set
                      + " from (select * from "
                      + table
                      + " where \"id\" = any(?) order by \"id\" for update) o join",
                  (Object) group.stream().map(Draft::requiredId).toArray(Long[]::new))
              .then(unnest(tx, sources))
              .then(sql("on o.\"id\" = v.c0 where t.\"id\" = o.\"id\" and").then(visible))
              .then(
                  "returning t.\"id\", "
                      + history(module)
                      + ", "
                      + Ledger.related(module, "t")
                      + " as related_id, "
                      + Ledger.changes(written(group))
                      + " as changes), logged as (")
              .then(Ledger.write(stamp, module, Ledger.UPDATED, "changed", true))
              .then(") select c.\"id\", c.created_time, c.created_by from changed c");
      tx.list(
              statement,
              row ->
                  new Updated(
                      row.getLong(1),
                      java.time.Instant.ofEpochSecond(row.getLong(2)),
                      row.getLong(3)))
          .forEach(row -> updated.put(row.id, row));
    }
    return updated;
  }

  /** Who made a row and when; unknown where the module does not keep it. */
  private static String history(Module module) {
    String time =
        module.field("Created_Time").isPresent()
            ? "extract(epoch from t.\"created_time\")::bigint"
            : "0::bigint";
    String author = module.field("Created_By").isPresent() ? "t.\"created_by\"" : "0::bigint";
    return time + " as created_time, " + author + " as created_by";
  }

  /** The fields that the drafts set. */
  private static List<Field> written(List<Draft> drafts) {
    Set<Field> fields = new LinkedHashSet<>();
    drafts.forEach(draft -> fields.addAll(draft.values().keySet()));
    return List.copyOf(fields);
  }

  /**
   * Drafts that set the same fields, and no record twice, so that later rows win over earlier ones.
   */
  private static List<List<Draft>> groups(List<Draft> drafts) {
    var groups = new ArrayList<List<Draft>>();
    var open = new LinkedHashMap<Set<Field>, List<Draft>>();
    Set<Long> seen = new LinkedHashSet<>();
    for (Draft draft : drafts) {
      if (!seen.add(draft.requiredId())) {
        groups.addAll(open.values());
        open.clear();
        seen.clear();
        seen.add(draft.requiredId());
      }
      open.computeIfAbsent(draft.values().keySet(), fields -> new ArrayList<>()).add(draft);
    }
    groups.addAll(open.values());
    return groups;
  }

  private static Array ids(List<Draft> drafts) {
    return new Array(
        "\"id\"",
        new Column("bigint", "bigint"),
        drafts.stream().map(Draft::requiredId).toArray(Long[]::new));
  }

  private static List<Array> sources(List<Draft> drafts) {
    List<Array> sources = new ArrayList<>();
    for (Field field : written(drafts)) {
      Column column = field.stored().orElseThrow();
      @Nullable Object[] values = field.type().newArray(drafts.size());
      for (int i = 0; i < values.length; i++) {
        Object value = drafts.get(i).values().get(field);
        values[i] =
            value instanceof TerritoriesType.Value territories
                ? territories.ids()
                : value == null && column.sqlType().equals("boolean") ? Boolean.FALSE : value;
      }
      sources.add(new Array(Sql.identifier(field.column()), column, values));
      if (field.type() instanceof TerritoriesType) {
        String[] how =
            drafts.stream()
                .map(draft -> draft.values().get(field))
                .map(value -> value instanceof TerritoriesType.Value all ? all.how() : null)
                .toArray(String[]::new);
        String name = Sql.identifier(TerritoriesType.howColumn(field));
        sources.add(new Array(name, TerritoriesType.howType(), how));
      }
      if (field.type() instanceof MultiModuleLookupType) {
        Long[] modules =
            drafts.stream().map(draft -> draft.modules().get(field)).toArray(Long[]::new);
        String name = Sql.identifier(MultiModuleLookupType.moduleColumn(field));
        sources.add(new Array(name, new Column("bigint", "bigint"), modules));
      }
    }
    return sources;
  }

  /** What searches find the rows by, with the texts that stay as they are. */
  private static Array words(Transaction tx, Module module, String table, List<Draft> drafts) {
    List<Field> searched = SearchColumn.fields(module);
    StoredTexts stored =
        StoredTexts.lock(tx, module, table, drafts.stream().map(Draft::requiredId).toList());
    return words(
        drafts,
        draft ->
            SearchWords.of(
                searched,
                field ->
                    draft.values().containsKey(field)
                        ? draft.values().get(field)
                        : stored.value(draft.requiredId(), field)));
  }

  private static Array words(List<Draft> drafts, Function<Draft, String> words) {
    return new Array(
        SearchColumn.NAME, SearchWords.COLUMN, drafts.stream().map(words).toArray(String[]::new));
  }

  private static String names(List<Array> sources) {
    return sources.stream().map(Array::name).collect(Collectors.joining(", "));
  }

  private static String values(List<Array> sources) {
    return sources.stream().map(source -> cast(source, sources)).collect(Collectors.joining(", "));
  }

  private static String cast(Array source, List<Array> sources) {
    String value = "v.c" + sources.indexOf(source);
    return source.column == SearchWords.COLUMN
        ? SearchWords.cast(value)
        : source.column.cast(value);
  }

  /** {@code unnest(…) as v(c0, c1, …)}. */
  private static Sql unnest(Transaction tx, List<Array> sources) {
    var marks = new ArrayList<String>();
    var columns = new ArrayList<String>();
    var binds = new ArrayList<@Nullable Object>();
    for (Array source : sources) {
      columns.add("c" + columns.size());
      marks.add("?");
      binds.add(tx.array(source.column.arrayType(), source.values));
    }
    return new Sql(
        "unnest(" + String.join(", ", marks) + ") as v(" + String.join(", ", columns) + ")", binds);
  }
}
