package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Territory;
import io.clientele.metadata.types.TerritoriesType;
import io.clientele.metadata.types.TerritoriesType.Assigned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The territories of a module's records. Those that users assigned stay until users take them away;
 * the others are there because the record fits a territory's criteria, and only that long. Where no
 * territory has criteria for the module nothing is asked of the database.
 */
public final class RecordTerritories {
  private static final int MOST = 10;

  private final RecordChange change;
  private final Metadata metadata;
  private final Module module;
  private final Optional<Field> field;

  RecordTerritories(RecordChange change, Module module) {
    this.change = change;
    this.metadata = change.stamp().metadata();
    this.module = module;
    this.field = field(module);
  }

  /** The field that has them; empty for modules whose records are in no territories. */
  public static Optional<Field> field(Module module) {
    return module.whole().fields().stream()
        .filter(one -> one.type() instanceof TerritoriesType)
        .filter(one -> one.stored().isPresent())
        .findFirst();
  }

  /**
   * The rows of the module's table, aliased {@code t}, that are in a territory.
   *
   * @param below or in one of those below it
   */
  public static Sql in(Metadata metadata, Module module, long territoryId, boolean below) {
    Set<Long> ids = below ? metadata.people().territoriesWithin(territoryId) : Set.of(territoryId);
    return sql(
        column(field(module).orElseThrow()) + " && ?::bigint[]",
        (Object) ids.stream().sorted().toArray(Long[]::new));
  }

  /** How many territories one of the module's records can be in: a deal in one. */
  public int limit() {
    return module.apiName().equals("Deals") ? 1 : MOST;
  }

  /** What the field of territories becomes, and what else follows from changed records. */
  void follow(List<Draft> drafts, Collection<Long> ids) {
    boolean others =
        drafts.stream()
            .flatMap(draft -> draft.values().keySet().stream())
            .anyMatch(one -> !(one.type() instanceof TerritoriesType));
    if (others && !ids.isEmpty() && field.isPresent() && !rules().isEmpty()) {
      review(ids);
    }
  }

  private List<Territory> rules() {
    return metadata.people().territories().values().stream()
        .filter(one -> one.rule(module).isObject())
        .toList();
  }

  /** The territories of records that the user may do {@code action} with, which are locked. */
  public Map<Long, List<Assigned>> read(Collection<Long> ids, Action action) {
    var found = new LinkedHashMap<Long, List<Assigned>>();
    String column = column(field.orElseThrow());
    change.tx().stream(
        sql(
                "select t.\"id\", " + column + ", " + how() + " from " + change.table(module),
                new Object[0])
            .then("t where t.\"id\" = any(?) and", (Object) ids.toArray(Long[]::new))
            .then(change.rows(module, action))
            .then("order by t.\"id\" for update of t"),
        row -> {
          while (row.next()) {
            found.put(row.getLong(1), TerritoriesType.read(row, 2, metadata));
          }
        });
    return found;
  }

  /**
   * Puts records into exactly these territories.
   *
   * @param stamped whether they count as modified, as when a user asked for it
   */
  public void write(Map<Long, List<Assigned>> territories, boolean stamped) {
    var drafts = new ArrayList<Draft>();
    territories.forEach(
        (id, all) -> {
          var draft = new Draft("$");
          draft.setId(id);
          draft.set(field.orElseThrow(), all.isEmpty() ? null : new TerritoriesType.Value(all));
          if (stamped) {
            Stamps.changed(module, draft, change.stamp().userId(), change.stamp().now());
          }
          drafts.add(draft);
        });
    change.write(module, drafts, Sql.TRUE);
  }

  /** Brings records in line with the criteria of all territories. */
  public void review(Collection<Long> ids) {
    var changed = new LinkedHashMap<Long, List<Assigned>>();
    change.tx().stream(
        fits(ids),
        row -> {
          while (row.next()) {
            List<Assigned> had = TerritoriesType.read(row, 2, metadata);
            List<Assigned> now = now(had, List.of((Long[]) row.getArray(4).getArray()));
            if (!ids(had).equals(ids(now))) {
              changed.put(row.getLong(1), now);
            }
          }
        });
    write(changed, false);
  }

  /**
   * Takes a territory that is gone from some of the records that are in it; answers how many.
   *
   * @param other what they get in its place
   */
  public int replace(long gone, OptionalLong other, int most) {
    String column = column(field.orElseThrow());
    var changed = new LinkedHashMap<Long, List<Assigned>>();
    change.tx().stream(
        sql(
            "select t.\"id\", "
                + column
                + ", "
                + how()
                + " from "
                + change.table(module)
                + " t where "
                + column
                + " && ?::bigint[] order by t.\"id\" limit ? for update of t",
            (Object) new Long[] {gone},
            most),
        row -> {
          while (row.next()) {
            List<Assigned> all = TerritoriesType.readAll(row, 2);
            changed.put(row.getLong(1), without(all, gone, other));
          }
        });
    write(changed, false);
    return changed.size();
  }

  private List<Assigned> without(List<Assigned> all, long gone, OptionalLong other) {
    var now = new LinkedHashMap<Long, Assigned>();
    for (Assigned one : all) {
      if (one.id() != gone) {
        now.putIfAbsent(one.id(), one);
      } else if (other.isPresent() && isKnown(other.getAsLong())) {
        // what a rule of the other one did not do, no rule may undo
        long by = one.by() == null ? change.stamp().userId() : one.by();
        now.putIfAbsent(
            other.getAsLong(), new Assigned(other.getAsLong(), by, change.stamp().now()));
      }
    }
    return now.values().stream().filter(one -> isKnown(one.id())).toList();
  }

  private boolean isKnown(long id) {
    return metadata.people().territories().containsKey(id);
  }

  /** Each row with its territories and those whose criteria it fits. */
  private Sql fits(Collection<Long> ids) {
    CriteriaSql criteria = change.criteria();
    List<Sql> each = new ArrayList<>();
    for (Territory territory : rules()) {
      Sql fits =
          criteria.of(
              metadata.whole(),
              module.whole(),
              territory.rule(module),
              change.stamp().userId(),
              "t");
      each.add(sql("case when").then(fits).then("then ?::bigint end", territory.id()));
    }
    Sql all = each.isEmpty() ? Sql.EMPTY : Sql.join(", ", each);
    return sql("select t.\"id\", " + column(field.orElseThrow()) + ", " + how())
        .then(", array_remove(array[")
        .then(all)
        .then(
            "]::bigint[], null) from " + change.table(module) + " t where t.\"id\" = any(?)",
            (Object) ids.toArray(Long[]::new))
        .then("order by t.\"id\" for update of t");
  }

  private List<Assigned> now(List<Assigned> had, List<Long> fitting) {
    var now = new LinkedHashMap<Long, Assigned>();
    had.stream().filter(one -> one.by() != null).forEach(one -> now.put(one.id(), one));
    Map<Long, Assigned> known =
        had.stream().collect(Collectors.toMap(Assigned::id, one -> one, (one, other) -> one));
    for (long id : fitting) {
      if (now.size() < limit()) {
        Assigned fresh = new Assigned(id, null, change.stamp().now());
        now.putIfAbsent(id, known.getOrDefault(id, fresh));
      }
    }
    return List.copyOf(now.values());
  }

  private static Set<Long> ids(List<Assigned> all) {
    return all.stream().map(Assigned::id).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String how() {
    return "t." + Sql.identifier(TerritoriesType.howColumn(field.orElseThrow()));
  }

  private static String column(Field field) {
    return "t." + Sql.identifier(field.column());
  }
}
