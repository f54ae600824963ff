package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds lookups of imported records that name what is not there. */
final class LinkCheck {
  private static final int TOLD = 10_000;

  private final Work work;
  private final ImportState state;

  LinkCheck(Work work, ImportState state) {
    this.work = work;
    this.state = state;
  }

  /** Tells of them anew in the state. */
  void check(List<SourceModule> modules) {
    Metadata metadata = work.metadata();
    for (SourceModule module : modules) {
      Module from = metadata.get(module.target());
      String step = "$links " + from.apiName();
      List<Problem> problems = problems(metadata, from, step);
      work.database()
          .change(
              tx -> {
                state.forget(tx, step);
                state.add(tx, problems);
              });
    }
  }

  private List<Problem> problems(Metadata metadata, Module module, String step) {
    var problems = new ArrayList<Problem>();
    for (Field field : module.fields()) {
      target(metadata, field)
          .ifPresent(to -> problems.addAll(problems(metadata, module, field, to, step)));
    }
    return problems;
  }

  private static Optional<Module> target(Metadata metadata, Field field) {
    boolean plain =
        field.dataType().equals("lookup")
            && field.stored().isPresent()
            && field.modules().size() == 1;
    return plain
        ? metadata.find(field.modules().getFirst()).filter(Module::hasTable)
        : Optional.empty();
  }

  private List<Problem> problems(
      Metadata metadata, Module module, Field field, Module to, String step) {
    String column = Sql.identifier(field.column());
    String table = work.tables().of(metadata, module);
    String other = work.tables().of(metadata, to);
    return work.database()
        .read(
            tx ->
                tx.list(
                    sql(
                        "select t.\"id\", t."
                            + column
                            + " from "
                            + table
                            + " t where t."
                            + column
                            + " is not null and not exists (select from "
                            + other
                            + " o where o.\"id\" = t."
                            + column
                            + ") order by t.\"id\" limit ?",
                        TOLD),
                    row ->
                        new Problem(
                            step,
                            row.getString(1),
                            field.apiName(),
                            row.getString(2),
                            "there is no such record in " + to.apiName())));
  }
}
