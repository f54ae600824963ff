package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.types.Selected;
import io.clientele.records.Draft.Child;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values of pick lists that the record's layout does not map to the value of the pick list
 * they depend on. A row that writes one of the two is judged by what the record has for the other.
 */
final class MapDependencies {
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Module module;
  private final List<Rule> rules = new ArrayList<>();

  MapDependencies(Metadata metadata, ModuleTables tables, Module module) {
    this.metadata = metadata;
    this.tables = tables;
    this.module = module;
    for (MapDependency dependency : MapDependency.list(metadata, module)) {
      if (dependency.active()) {
        dependency
            .fields(metadata, module)
            .ifPresent(
                pair -> rules.add(new Rule(dependency.layoutId(), pair, dependency.allowed(pair))));
      }
    }
  }

  private record Rule(long layoutId, Pair pair, Map<String, Set<String>> allowed) {
    boolean touches(Draft draft) {
      return draft.values().containsKey(pair.parent()) || draft.values().containsKey(pair.child());
    }
  }

  /** A row, and the draft that is refused with it: that of its record when it is of a subform. */
  private record Row(Draft draft, Draft record) {}

  /** Rejects what the rules forbid. */
  void check(Transaction tx, List<Draft> drafts, boolean creating) {
    if (rules.isEmpty()) {
      return;
    }
    Stored records = new Stored(tx, module);
    if (!creating) {
      records.load(drafts);
    }
    check(drafts.stream().map(draft -> new Row(draft, draft)).toList(), module, records, records);
    for (Field field : module.fieldsWithRows()) {
      Module child = Children.module(metadata, field);
      List<Row> rows = new ArrayList<>();
      for (Draft draft : drafts) {
        for (Child row : draft.children().getOrDefault(field, List.of())) {
          if (!row.delete()) {
            rows.add(new Row(row.draft(), draft));
          }
        }
      }
      if (rules.stream().anyMatch(rule -> rule.pair.module() == child) && !rows.isEmpty()) {
        Stored stored = new Stored(tx, child);
        stored.load(rows.stream().map(Row::draft).toList());
        check(rows, child, stored, records);
      }
    }
  }

  private void check(List<Row> rows, Module of, Stored stored, Stored records) {
    for (Row row : rows) {
      for (Rule rule : rules) {
        if (rule.pair.module() == of
            && rule.touches(row.draft)
            && records.layout(row.record).orElse(0L) == rule.layoutId) {
          check(row, rule, stored).ifPresent(row.record::reject);
        }
      }
    }
  }

  private static Optional<ApiError> check(Row row, Rule rule, Stored stored) {
    Field parent = rule.pair.parent();
    Field child = rule.pair.child();
    List<String> parents = stored.values(row.draft, parent);
    List<String> children = stored.values(row.draft, child);
    if (children.isEmpty()
        || MapDependency.allows(
            rule.allowed, parents.isEmpty() ? MapDependency.NONE : parents.getFirst(), children)) {
      return Optional.empty();
    }
    boolean byChild = row.draft.values().containsKey(child);
    Field written = byChild ? child : parent;
    Field other = byChild ? parent : child;
    return Optional.of(
        ErrorCode.MAPPING_MISMATCH
            .with(
                "mapped_field",
                Map.of("api_name", other.apiName(), "json_path", row.draft.path(other.apiName())))
            .at(written.apiName(), row.draft.path(written.apiName()))
            .message(label(parent) + " doesn't contain the " + label(child)));
  }

  private static String label(Field field) {
    return field.definition().path("field_label").asString(field.apiName());
  }

  /** What the rows have now, for what their drafts do not say; locked until they are written. */
  private final class Stored {
    private final Transaction tx;
    private final Module of;
    private final List<Field> fields;
    private final Map<Long, Map<Field, List<String>>> values = new HashMap<>();
    private final Map<Long, Long> layouts = new HashMap<>();

    Stored(Transaction tx, Module of) {
      this.tx = tx;
      this.of = of;
      fields =
          rules.stream()
              .map(Rule::pair)
              .filter(pair -> pair.module() == of)
              .flatMap(pair -> java.util.stream.Stream.of(pair.parent(), pair.child()))
              .distinct()
              .toList();
    }

    void load(List<Draft> drafts) {
      Long[] ids = drafts.stream().flatMap(draft -> draft.id().stream()).toArray(Long[]::new);
      if (ids.length == 0) {
        return;
      }
      var columns = new ArrayList<String>();
      fields.forEach(field -> columns.add(", t." + Sql.identifier(field.column()) + "::text"));
      boolean laidOut = of.field("Layout").isPresent();
      tx.list(
          sql(
              "select t.id, "
                  + (laidOut ? "t.layout" : "null::bigint")
                  + String.join("", columns)
                  + " from "
                  + tables.of(metadata, of)
                  + " t where t.id = any(?) order by t.id for update",
              (Object) ids),
          row -> {
            var known = new HashMap<Field, List<String>>();
            for (int i = 0; i < fields.size(); i++) {
              known.put(fields.get(i), Selected.values(fields.get(i), row.getString(i + 3)));
            }
            values.put(row.getLong(1), known);
            return layouts.put(row.getLong(1), row.getLong(2));
          });
    }

    Optional<Long> layout(Draft draft) {
      return module
          .field("Layout")
          .map(field -> draft.values().get(field))
          .map(Long.class::cast)
          .or(() -> draft.id().flatMap(id -> Optional.ofNullable(layouts.get(id))));
    }

    List<String> values(Draft draft, Field field) {
      if (draft.values().containsKey(field)) {
        @Nullable Object value = draft.values().get(field);
        return Selected.values(field, value == null ? null : value.toString());
      }
      return draft
          .id()
          .flatMap(id -> Optional.ofNullable(values.get(id)))
          .map(known -> known.getOrDefault(field, List.of()))
          .orElse(List.of());
    }
  }
}
