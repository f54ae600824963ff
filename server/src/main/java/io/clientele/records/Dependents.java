package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is nothing without its record though it belongs to no field of it: notes, attachments, and
 * links to other records. It is deleted with the record and comes back with it.
 */
final class Dependents {
  private static final List<String> PARTS = List.of("Notes", "Attachments");

  private Dependents() {}

  /** A module of dependent rows, and its lookup to the record. */
  private record Dependent(Module module, Field lookup) {}

  /** Moves what depends on deleted records to the deleted ones, with their records. */
  static void delete(RecordChange change, Module module, List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    for (Dependent dependent : withTables(change, of(change.stamp().metadata(), module))) {
      String column = Sql.identifier(dependent.lookup.column());
      Sql which = sql("t." + column + " = any(?)", (Object) ids.toArray(Long[]::new));
      List<Long> gone = change.deleteRows(dependent.module, which, Optional.of(dependent.lookup));
      delete(change, dependent.module, gone);
    }
  }

  private static List<Dependent> of(Metadata metadata, Module module) {
    List<Dependent> dependents = new ArrayList<>();
    for (String part : PARTS) {
      Module other = metadata.get(part);
      if (other.id() != module.id()) {
        dependents.add(new Dependent(other, other.field("Parent_Id").orElseThrow()));
      }
    }
    for (Module other : metadata.modules()) {
      if (other.hasTable() && other.generatedType().equals("linking")) {
        other.fields().stream()
            .filter(Dependents::isLink)
            .filter(field -> field.modules().contains(module.apiName()))
            .forEach(field -> dependents.add(new Dependent(other, field)));
      }
    }
    return dependents;
  }

  private static boolean isLink(Field field) {
    return field.dataType().equals("lookup") && field.stored().isPresent();
  }

  /** Without the modules that nobody used, whose tables need not be made for this. */
  private static List<Dependent> withTables(RecordChange change, List<Dependent> all) {
    Transaction tx = change.tx();
    Metadata metadata = change.stamp().metadata();
    String[] tables =
        all.stream()
            .map(dependent -> metadata.org().table(dependent.module.table()))
            .toArray(String[]::new);
    List<Boolean> there =
        tx.list(
            sql(
                "select to_regclass(n.name) is not null from unnest(?) with ordinality n(name, place)"
                    + " order by n.place",
                tx.array("text", tables)),
            row -> row.getBoolean(1));
    return java.util.stream.IntStream.range(0, all.size())
        .filter(there::get)
        .mapToObj(all::get)
        .toList();
  }
}
