package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The values by which an upsert finds records, and what is locked and found by them. */
final class UpsertKeys {
  /** So many values are locked one by one; a call with more locks the whole module. */
  private static final int SINGLE_LOCKS = 100;

  private final Module module;
  private final List<Field> checks;

  /** A value of a field, without its case where that does not count. */
  private record Key(long field, String value) {}

  UpsertKeys(Module module, List<Field> checks) {
    this.module = module;
    this.checks = checks;
  }

  private Set<Key> of(Draft draft) {
    var keys = new java.util.HashSet<Key>();
    for (Field field : checks) {
      Object value = draft.values().get(field);
      if (value != null) {
        String text = value.toString();
        keys.add(
            new Key(field.id(), field.isCaseSensitive() ? text : text.toLowerCase(Locale.ROOT)));
      }
    }
    return keys;
  }

  /**
   * Makes other upserts of the same values wait until this transaction ends, whether or not an
   * index keeps the values apart. Everybody locks in the same order, so nobody waits in a circle.
   */
  void lock(Transaction tx, Collection<Draft> drafts) {
    var hashes = new TreeSet<Long>();
    for (Draft draft : drafts) {
      of(draft).forEach(key -> hashes.add(PageToken.hash(key.field + ":" + key.value)));
    }
    long all = PageToken.hash("upsert:" + module.id());
    if (hashes.size() > SINGLE_LOCKS) {
      tx.list(sql("select pg_advisory_xact_lock(?)", all), row -> 0);
      return;
    }
    tx.list(sql("select pg_advisory_xact_lock_shared(?)", all), row -> 0);
    tx.list(
        sql(
            "select pg_advisory_xact_lock(v.x) from (select x from unnest(?) x order by x) v",
            (Object) hashes.toArray(Long[]::new)),
        row -> 0);
  }

  /**
   * Puts the drafts into groups to be written one after the other: a draft that shares a value with
   * an earlier one comes after it, so that it finds the record the earlier one made.
   */
  List<List<Draft>> waves(List<Draft> drafts) {
    Map<Key, Integer> free = new HashMap<>();
    var waves = new ArrayList<List<Draft>>();
    for (Draft draft : drafts) {
      Set<Key> keys = of(draft);
      int wave = keys.stream().mapToInt(key -> free.getOrDefault(key, 0)).max().orElse(0);
      keys.forEach(key -> free.put(key, wave + 1));
      while (waves.size() <= wave) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(draft);
    }
    return waves;
  }

  /** The record that each draft is by the value it has for {@code field}; the oldest of several. */
  Map<Draft, Long> find(RecordChange change, Field field, List<Draft> drafts) {
    List<Draft> having =
        drafts.stream().filter(draft -> draft.values().get(field) != null).toList();
    @Nullable Object[] values = field.type().newArray(having.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = having.get(i).values().get(field);
    }
    var found = new HashMap<Draft, Long>();
    KeyedRecords.oldest(change, module, field, values, visible(change, field))
        .forEach((place, id) -> found.put(having.get(place), id));
    return found;
  }

  /** Converted leads are no longer changed; a user's own external ids are the user's. */
  private Sql visible(RecordChange change, Field field) {
    Sql visible = change.rows(module, io.clientele.access.Action.READ);
    if (module.field("Converted__s").isPresent()) {
      visible = visible.and(sql("t.\"converted__s\" is not true"));
    }
    return field.isExternalOfUser()
        ? visible.and(sql("t.\"created_by\" = ?", change.stamp().userId()))
        : visible;
  }
}
