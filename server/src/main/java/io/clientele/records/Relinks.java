package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.RawRecord.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that refer to some records, and how they come to refer to another. */
public final class Relinks {
  private Relinks() {}

  /** A lookup that can name records of a module. */
  public record Referrer(Module module, Field field) {
    /** The rows, aliased {@code t}, that name one of the records. */
    public Sql naming(Module target, Collection<Long> ids) {
      Sql which =
          sql(
              "t." + Sql.identifier(field.column()) + " = any(?)",
              (Object) ids.toArray(Long[]::new));
      return field.type() instanceof MultiModuleLookupType
          ? which.and(
              sql(
                  "t." + Sql.identifier(MultiModuleLookupType.moduleColumn(field)) + " = ?",
                  target.id()))
          : which;
    }
  }

  /** All lookups that can name records of {@code target}, of the modules that have a table. */
  static List<Referrer> to(Transaction tx, Metadata metadata, Module target) {
    var found = new ArrayList<Referrer>();
    for (Module module : metadata.modules()) {
      for (Field field : module.fields()) {
        boolean any = field.type() instanceof MultiModuleLookupType;
        boolean one =
            field.dataType().equals("lookup") && field.modules().contains(target.apiName());
        if (module.hasTable() && field.stored().isPresent() && (any || one)) {
          found.add(new Referrer(module, field));
        }
      }
    }
    Set<String> tables =
        existing(tx, metadata, found.stream().map(Referrer::module).distinct().toList());
    return found.stream().filter(one -> tables.contains(one.module.table())).toList();
  }

  /** The tables of those modules that were made. */
  static Set<String> existing(Transaction tx, Metadata metadata, List<Module> modules) {
    String schema = metadata.org().schema();
    Object[] names = modules.stream().map(Module::table).toArray();
    return new HashSet<>(
        tx.list(
            sql(
                "select n from unnest(?) n where to_regclass(format('%I.%I', ?::text, n)) is not"
                    + " null",
                tx.array("text", names), schema),
            row -> row.getString(1)));
  }

  /** Lets the rows that {@code which} shows name {@code to}; answers their ids. */
  static List<Long> move(
      Transaction tx, Stamp stamp, Referrer referrer, String table, Sql which, @Nullable Link to) {
    Module module = referrer.module;
    Field field = referrer.field;
    Sql set = sql(Sql.identifier(field.column()) + " = ?::bigint", to == null ? null : to.id());
    if (field.type() instanceof MultiModuleLookupType) {
      String column = Sql.identifier(MultiModuleLookupType.moduleColumn(field));
      set = set.then(", " + column + " = ?::bigint", to == null ? null : to.moduleId());
    }
    if (module.field("Modified_Time").isPresent()) {
      set = set.then(", \"modified_time\" = ?::timestamptz", stamp.now().toString());
    }
    if (module.field("Modified_By").isPresent()) {
      set = set.then(", \"modified_by\" = ?", stamp.userId());
    }
    Sql statement =
        sql("with changed as (update " + table + " t set")
            .then(set)
            .then("from (select t.* from " + table + " t where")
            .then(which)
            .then("order by t.\"id\" for update) o where t.\"id\" = o.\"id\" returning t.\"id\",")
            .then(Ledger.related(module, "t") + " as related_id,")
            .then(Ledger.changes(List.of(field)) + " as changes), logged as (")
            .then(Ledger.write(stamp, module, Ledger.UPDATED, "changed", true))
            .then(") select c.\"id\" from changed c");
    return tx.list(statement, row -> row.getLong(1));
  }
}
