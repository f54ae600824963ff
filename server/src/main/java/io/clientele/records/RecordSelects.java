package io.clientele.records;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.formula.FormulaFields;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.List;

/** The SELECTs in use, each built once. */
final class RecordSelects {
  private static final int KEPT = 2_000;

  private final ModuleTables tables;
  private final Cache<Key, RecordSelect> cache = Caffeine.newBuilder().maximumSize(KEPT).build();

  RecordSelects(ModuleTables tables) {
    this.tables = tables;
  }

  /** Metadata is compared by identity: a new snapshot asks for new SELECTs. */
  private record Key(Metadata metadata, long moduleId, List<String> names, boolean single) {}

  /**
   * For lists: the keys the client named and the id; all fields but those with rows when it named
   * none.
   */
  RecordSelect forList(Metadata metadata, Module module, List<String> names) {
    return cache.get(
        new Key(metadata, module.id(), names, false), key -> build(metadata, module, names, false));
  }

  /** For one record: the same, and all {@code $}-keys when the client named no fields. */
  RecordSelect forSingle(Metadata metadata, Module module, List<String> names) {
    return cache.get(
        new Key(metadata, module.id(), names, true), key -> build(metadata, module, names, true));
  }

  /** The value of a field over a row of its module's table, aliased {@code t}, as SQL. */
  String value(Metadata metadata, Module module, Field field) {
    return FormulaFields.value(metadata, tables, module, field, "t");
  }

  private RecordSelect build(Metadata metadata, Module module, List<String> names, boolean single) {
    List<Field> fields =
        module.fields().stream()
            .filter(field -> field.valueColumn().isPresent())
            .filter(field -> names.isEmpty() || names.contains(field.apiName()))
            .sorted(java.util.Comparator.comparingInt(field -> names.indexOf(field.apiName())))
            .toList();
    var select = new RecordSelect(metadata, tables, module, fields);
    if (fields.stream().noneMatch(field -> field.apiName().equals("id"))) {
      select.key("id", (row, reading) -> reading.json().writeString(Long.toString(row.getLong(1))));
    }
    addRelatedModule(metadata, module, names, select);
    addCancelled(metadata, module, names, select);
    if (names.isEmpty() && single) {
      DollarKeys.addAll(select);
    } else {
      names.forEach(name -> DollarKeys.add(select, name));
    }
    return select;
  }

  /** {@code $event_cancelled}: whether a meeting was called off. */
  private static void addCancelled(
      Metadata metadata, Module module, List<String> names, RecordSelect select) {
    if (module.apiName().equals("Events")
        && (names.isEmpty() || names.contains("$event_cancelled"))) {
      String table = metadata.org().table("cancelled_event");
      int place = select.add("exists (select from " + table + " c where c.event_id = t.\"id\")");
      select.key(
          "$event_cancelled", (row, reading) -> reading.json().writeBoolean(row.getBoolean(place)));
    }
  }

  /** {@code $se_module}: beside What_Id and its like, the module the other record belongs to. */
  private static void addRelatedModule(
      Metadata metadata, Module module, List<String> names, RecordSelect select) {
    for (Field field : module.fields()) {
      boolean wanted = names.isEmpty() || names.contains("$se_module");
      if (field.type() instanceof MultiModuleLookupType && field.isPlainLookup() && wanted) {
        int place = select.add(select.column(MultiModuleLookupType.moduleColumn(field)));
        select.key(
            "$se_module",
            (row, reading) -> {
              var other = metadata.find(row.getLong(place));
              if (other.isPresent()) {
                reading.json().writeString(other.get().apiName());
              } else {
                reading.json().writeNull();
              }
            });
        return;
      }
    }
  }
}
