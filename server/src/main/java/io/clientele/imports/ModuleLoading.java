package io.clientele.imports;

import io.clientele.db.DatabaseException;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.CellValues;
import io.clientele.records.Loaded;
import io.clientele.records.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads the files of one module: some rows and how far it is by then in one transaction, so that
 * whatever ends the import, the next one goes on behind the last row that is there.
 */
final class ModuleLoading {
  private final Work work;
  private final io.clientele.imports.Source source;
  private final ImportState state;
  private final ImportOptions options;
  private final UserMap users;
  private final Progress progress;

  ModuleLoading(
      Work work,
      io.clientele.imports.Source source,
      ImportState state,
      ImportOptions options,
      UserMap users,
      Progress progress) {
    this.work = work;
    this.source = source;
    this.state = state;
    this.options = options;
    this.users = users;
    this.progress = progress;
  }

  /**
   * A row on its way.
   *
   * @param line which of its file, counted from 1
   * @param json null when it cannot be read
   */
  private record Row(long line, Optional<ObjectNode> json, String problem) {}

  /** One that the source does not give is told of; the next import tries it again. */
  void load(SourceModule from) {
    try {
      loadParts(from);
    } catch (Unreadable e) {
      String why = "it cannot be read: " + e.getMessage();
      progress.say("! " + from.name() + ": " + why);
      Problem problem = new Problem("$unreadable " + from.name(), "", "", "", why);
      work.database()
          .change(
              tx -> {
                state.forget(tx, problem.step());
                state.add(tx, List.of(problem));
              });
    }
  }

  private void loadParts(SourceModule from) {
    Step step = state.step(from.target());
    while (!step.finished()) {
      Optional<CsvPart> part = source.part(from, step.part());
      if (part.isEmpty()) {
        step = step.end();
      } else {
        Step begun = step;
        step = part.get().read((headings, rows) -> load(from, begun, headings, rows)).nextPart();
      }
      state.save(step);
      if (part.isPresent()) {
        source.done(from, step.part() - 1);
      }
    }
    progress.say(
        "%s: %,d imported%s"
            .formatted(
                from.name(),
                step.added(),
                step.refused() > 0 ? ", %,d not".formatted(step.refused()) : ""));
  }

  private Step load(
      SourceModule from, Step begun, List<String> headings, Iterator<List<String>> cells) {
    Metadata metadata = work.metadata();
    Module module = metadata.get(from.target());
    var columns = new Columns(metadata, module, from.fields(), headings);
    var files = new AttachmentFiles(work, source, module);
    var reader =
        new Columns.Reader(new CellValues(metadata, options.zone()), users, source::layoutName);
    Step step = begun;
    if (begun.part() == 1 && begun.line() == 0) {
      tellUnknown(from, columns);
    }
    for (long line = 0; line < begun.line() && cells.hasNext(); line++) {
      cells.next();
    }
    long line = begun.line();
    var rows = new ArrayList<Row>();
    while (cells.hasNext()) {
      line++;
      rows.add(row(line, cells.next(), columns, reader, files));
      if (rows.size() == files.most(options.batch()) || !cells.hasNext()) {
        step = store(from, step, rows, files);
        rows.clear();
        files.clear();
        tell(from, step);
      }
    }
    return step;
  }

  private void tellUnknown(SourceModule from, Columns columns) {
    List<Problem> problems =
        columns.unknown().stream()
            .filter(name -> source.hasValues(from, name))
            .map(name -> new Problem(from.target(), "", name, "", "there is no such field here"))
            .toList();
    work.database().change(tx -> state.add(tx, problems));
  }

  private void tell(SourceModule from, Step step) {
    progress.at(
        from.count() < 0
            ? "%s: %,d".formatted(from.name(), step.read())
            : "%s: %,d of %,d".formatted(from.name(), step.read(), from.count()));
  }

  private Row row(
      long line,
      List<String> cells,
      Columns columns,
      Columns.Reader reader,
      AttachmentFiles files) {
    if (cells.size() != columns.width()) {
      return new Row(
          line,
          Optional.empty(),
          "it has %d cells, the headings are %d".formatted(cells.size(), columns.width()));
    }
    ObjectNode json = columns.row(cells, reader);
    return files
        .prepare(columns, cells, json)
        .map(problem -> new Row(line, Optional.empty(), problem))
        .orElseGet(() -> new Row(line, Optional.of(json), ""));
  }

  /** Stores the rows; those that the database does not take are found by halving. */
  private Step store(SourceModule from, Step step, List<Row> rows, AttachmentFiles files) {
    try {
      return write(from, step, rows, files);
    } catch (DatabaseException e) {
      if (!isAboutData(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        Row row = rows.getFirst();
        return write(
            from,
            step,
            List.of(new Row(row.line, Optional.empty(), "the database: " + firstLine(e))),
            files);
      }
      List<Row> half = List.copyOf(rows.subList(0, rows.size() / 2));
      List<Row> rest = List.copyOf(rows.subList(rows.size() / 2, rows.size()));
      return store(from, store(from, step, half, files), rest, files);
    }
  }

  /** Data exceptions, violated constraints and limits, not a database that is gone or full. */
  private static boolean isAboutData(DatabaseException e) {
    return Stream.of("22", "23", "54").anyMatch(e.state()::startsWith);
  }

  private static String firstLine(DatabaseException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  private Step write(SourceModule from, Step step, List<Row> rows, AttachmentFiles files) {
    Metadata metadata = work.metadata();
    Module module = metadata.get(from.target());
    List<Row> readable = rows.stream().filter(row -> row.json.isPresent()).toList();
    return work.records()
        .change(
            metadata,
            work.userId(),
            Source.IMPORT,
            change -> {
              List<ObjectNode> json = readable.stream().map(row -> row.json.orElseThrow()).toList();
              List<Loaded> loaded = files.load(change, module, json);
              var tally = new Tally(step);
              for (Row row : rows) {
                if (row.json.isEmpty()) {
                  tally.refuse("row " + row.line + " of file " + step.part(), row.problem);
                }
              }
              for (int i = 0; i < readable.size(); i++) {
                tally.add(readable.get(i), loaded.get(i));
              }
              Step after = tally.after(rows.getLast().line, rows.size());
              state.add(change.tx(), tally.problems);
              state.save(change.tx(), after);
              return after;
            });
  }

  /** What became of some rows. */
  private static final class Tally {
    private final Step step;
    private final List<Problem> problems = new ArrayList<>();
    private int added;
    private int there;
    private int refused;
    private int lost;

    Tally(Step step) {
      this.step = step;
    }

    void refuse(String record, String why) {
      refused++;
      problems.add(new Problem(step.name(), record, "", "", why));
    }

    void add(Row row, Loaded result) {
      String id = row.json.orElseThrow().path("id").asString("");
      String record = id.isEmpty() ? "row " + row.line + " of file " + step.part() : id;
      switch (result.state()) {
        case ADDED -> added++;
        case THERE -> there++;
        case REFUSED -> refuse(record, result.refusal().orElse(""));
      }
      for (Loaded.Lost one : result.lost()) {
        lost++;
        problems.add(new Problem(step.name(), record, one.field(), one.value(), one.reason()));
      }
    }

    Step after(long line, int rows) {
      return step.after(line, rows, added, there, refused, lost);
    }
  }
}
