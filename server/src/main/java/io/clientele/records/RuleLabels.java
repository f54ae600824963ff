package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.SharingLabel;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.RulesColumn;
import io.clientele.metadata.criteria.Criteria;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which labels of sharing rules records carry: of those whose criteria they meet. */
final class RuleLabels {
  private static final Duration CENTURY = Duration.ofDays(36_500);

  private RuleLabels() {}

  /** Lets the records carry what they should after they were written. */
  static void refresh(
      Transaction tx, ModuleTables tables, Metadata metadata, Module module, List<Long> ids) {
    if (!ids.isEmpty() && !SharingLabel.of(metadata, module).isEmpty()) {
      refresh(
          tx,
          tables,
          metadata,
          module,
          sql("t.\"id\" = any(?)", (Object) ids.toArray(Long[]::new)));
    }
  }

  /** The same for the rows that {@code which} shows. */
  static void refresh(
      Transaction tx, ModuleTables tables, Metadata metadata, Module module, Sql which) {
    Sql labels = labels(tables, metadata, module);
    String kept = metadata.org().table("record_label");
    tx.update(
        sql("with changed as (update " + tables.of(metadata, module) + " t set")
            .then(RulesColumn.NAME + " =")
            .then(labels)
            .then("where")
            .then(which)
            .then("and t." + RulesColumn.NAME + " is distinct from")
            .then(labels)
            .then("returning t.\"id\", t." + RulesColumn.NAME + " as labels), gone as (")
            .then("delete from " + kept + " l using changed c where l.record_id = c.\"id\"")
            .then("and (c.labels is null or l.label_id <> all(c.labels)))")
            .then("insert into " + kept + " (label_id, record_id)")
            .then("select unnest(c.labels), c.\"id\" from changed c on conflict do nothing"));
  }

  private static Sql labels(ModuleTables tables, Metadata metadata, Module module) {
    var criteria = CriteriaSql.forRules(tables, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    List<Sql> each =
        SharingLabel.of(metadata, module).stream()
            .map(
                label ->
                    sql("case when")
                        .then(criteria.of(metadata, module, label.criteria(), 0, "t"))
                        .then("then ?::bigint end", label.id()))
            .toList();
    return each.isEmpty()
        ? sql("null::bigint[]")
        : sql("nullif(array_remove(array[").then(Sql.join(", ", each)).then("], null), '{}')");
  }

  /**
   * Whether a record meets the criteria or not until it is written again: they are about its own
   * columns, and neither about the time nor about who asks.
   */
  static boolean isLasting(
      ModuleTables tables, Metadata metadata, Module module, JsonNode criteria) {
    return isOfColumns(module, criteria)
        && at(Instant.EPOCH, tables, metadata, module, criteria, 1)
            .equals(at(Instant.EPOCH.plus(CENTURY), tables, metadata, module, criteria, 2));
  }

  private static boolean isOfColumns(Module module, JsonNode criteria) {
    if (criteria.path("group").isArray()) {
      return criteria.path("group").valueStream().allMatch(one -> isOfColumns(module, one));
    }
    return module
        .field(Criteria.name(criteria.path("field")))
        .filter(field -> field.stored().isPresent())
        .filter(field -> !isOfMore(field))
        .isPresent();
  }

  /**
   * Lookups are compared by the name of the record they name, which changes on its own, and moments
   * by the time zone of who asks.
   */
  private static boolean isOfMore(Field field) {
    return !field.modules().isEmpty()
        || field.dataType().endsWith("lookup")
        || field.dataType().equals("datetime");
  }

  private static Sql at(
      Instant now,
      ModuleTables tables,
      Metadata metadata,
      Module module,
      JsonNode criteria,
      long userId) {
    return CriteriaSql.forRules(tables, Clock.fixed(now, ZoneOffset.UTC))
        .of(metadata, module, criteria, userId, "t");
  }
}
