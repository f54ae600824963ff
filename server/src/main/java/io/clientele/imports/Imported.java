package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records that were imported, by their modules and ids: some at a time, of which each time is
 * the same whenever it is asked for.
 */
final class Imported {
  private static final String STEP = "$records ";

  private final Work work;
  private final ImportState state;
  private final long highest;

  /**
   * @param highest the id behind which others' records are
   */
  Imported(Work work, ImportState state, long highest) {
    this.work = work;
    this.state = state;
    this.highest = highest;
  }

  /** A record. */
  record Row(String module, long id) {}

  /** Whether records were asked for before. */
  boolean isBegun() {
    return last(1).isPresent();
  }

  /**
   * Some records, behind those of the number before; none when there are no more.
   *
   * @param number counted from 1
   */
  List<Row> some(int number, List<String> modules, int size) {
    Row after = last(number - 1).orElse(new Row("", 0));
    Optional<Row> known = last(number);
    var rows = new ArrayList<Row>();
    for (String module : modules.stream().sorted().toList()) {
      if (module.compareTo(after.module) >= 0
          && known.stream().allMatch(end -> module.compareTo(end.module) <= 0)) {
        long from = module.equals(after.module) ? after.id : 0;
        long to = known.filter(end -> end.module.equals(module)).map(Row::id).orElse(highest);
        rows.addAll(
            list(module, from, to, known.isPresent() ? Integer.MAX_VALUE : size - rows.size()));
      }
    }
    if (known.isEmpty() && !rows.isEmpty()) {
      Row end = rows.getLast();
      state.save(
          Step.begin(STEP + number + " " + end.module).after(end.id, rows.size(), 0, 0, 0, 0));
    }
    return rows;
  }

  /** The last record of a number. */
  private Optional<Row> last(int number) {
    String name = STEP + number + " ";
    return state.steps().stream()
        .filter(step -> step.name().startsWith(name))
        .map(step -> new Row(step.name().substring(name.length()), step.line()))
        .findFirst();
  }

  private List<Row> list(String name, long after, long to, int limit) {
    Metadata metadata = work.metadata();
    Optional<Module> module = metadata.find(name).filter(Module::hasTable);
    if (module.isEmpty() || limit == 0) {
      return List.of();
    }
    Sql select =
        sql(
            "select t.\"id\" from "
                + work.tables().of(metadata, module.get())
                + " t where t.\"id\" > ? and t.\"id\" <= ? order by t.\"id\" limit ?",
            after,
            to,
            limit);
    return work.database().read(tx -> tx.list(select, row -> new Row(name, row.getLong(1))));
  }
}
