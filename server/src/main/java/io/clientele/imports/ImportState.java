package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** How far an import is and what it could not take, kept in the org it goes into. */
final class ImportState {
  private final Database database;
  private final Org org;
  private final String source;

  ImportState(Database database, Org org, String source) {
    this.database = database;
    this.org = org;
    this.source = source;
  }

  /** Whether something of this source was imported before. */
  boolean isBegun() {
    return !steps().isEmpty();
  }

  List<Step> steps() {
    return database.read(
        tx ->
            tx.list(
                sql(
                    "select step, part, line, read, added, there, refused, lost, finished from "
                        + org.table("import_step")
                        + " where source = ? order by step",
                    source),
                row ->
                    new Step(
                        row.getString(1),
                        row.getInt(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getBoolean(9))));
  }

  /** The step as it is, or at its beginning. */
  Step step(String name) {
    return steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseGet(() -> Step.begin(name));
  }

  void save(Step step) {
    database.change(tx -> save(tx, step));
  }

  void save(Transaction tx, Step step) {
    tx.update(
        sql(
            "insert into "
                + org.table("import_step")
                + " (source, step, part, line, read, added, there, refused, lost, finished)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (source, step) do update set"
                + " part = excluded.part, line = excluded.line, read = excluded.read,"
                + " added = excluded.added, there = excluded.there, refused = excluded.refused,"
                + " lost = excluded.lost, finished = excluded.finished",
            source,
            step.name(),
            step.part(),
            step.line(),
            step.read(),
            step.added(),
            step.there(),
            step.refused(),
            step.lost(),
            step.finished()));
  }

  void add(Transaction tx, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    tx.update(
        sql(
            "insert into "
                + org.table("import_problem")
                + " (source, step, record, field, value, reason)"
                + " select ?, a, b, c, d, e from unnest(?, ?, ?, ?, ?) as t(a, b, c, d, e)",
            source,
            texts(tx, problems, Problem::step),
            texts(tx, problems, Problem::record),
            texts(tx, problems, Problem::field),
            texts(tx, problems, Problem::value),
            texts(tx, problems, Problem::reason)));
  }

  private static Object texts(
      Transaction tx, List<Problem> problems, Function<Problem, String> part) {
    return tx.array(
        "text",
        problems.stream().map(part).map(text -> text.replace("\0", "")).toArray(String[]::new));
  }

  /** The ids of records that could not be taken at all in a step. */
  Set<String> refused(String step) {
    return database.read(
        tx ->
            new HashSet<>(
                tx.list(
                    sql(
                        "select record from "
                            + org.table("import_problem")
                            + " where source = ? and step = ? and field = ''",
                        source,
                        step),
                    row -> row.getString(1))));
  }

  /** Takes back what was said of a step before. */
  void forget(Transaction tx, String step) {
    tx.update(
        sql(
            "delete from " + org.table("import_problem") + " where source = ? and step = ?",
            source,
            step));
  }

  /** All that could not be taken, in the order in which it was found. */
  void problems(Consumer<Problem> consumer) {
    database.read(
        tx -> {
          tx.stream(
              sql(
                  "select step, record, field, value, reason from "
                      + org.table("import_problem")
                      + " where source = ? order by id",
                  source),
              rows -> {
                while (rows.next()) {
                  consumer.accept(
                      new Problem(
                          rows.getString(1),
                          rows.getString(2),
                          rows.getString(3),
                          rows.getString(4),
                          rows.getString(5)));
                }
              });
          return true;
        });
  }
}
