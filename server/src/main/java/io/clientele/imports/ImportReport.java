package io.clientele.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What came of an import: numbers for each part of it, and all that could not be taken. */
public final class ImportReport {
  private final ImportState state;
  private final int users;

  ImportReport(ImportState state, int users) {
    this.state = state;
    this.users = users;
  }

  /**
   * How much of a module came.
   *
   * @param there records that the org had already
   * @param lost values that records go without
   */
  public record Line(String what, long read, long added, long there, long refused, long lost) {}

  /** Each part of the import that loaded rows. */
  public List<Line> lines() {
    return state.steps().stream()
        .filter(step -> !step.name().startsWith("$"))
        .map(
            step ->
                new Line(
                    step.name(),
                    step.read(),
                    step.added(),
                    step.there(),
                    step.refused(),
                    step.lost()))
        .toList();
  }

  /** How many users were added. */
  public int users() {
    return users;
  }

  /** Writes the numbers and all that could not be taken as CSV; answers how much that was. */
  public long write(Path file) {
    long[] count = {0};
    try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
      csv.writeRecord("What", "Record", "Field", "Value", "Why");
      for (Line line : lines()) {
        csv.writeRecord(
            line.what,
            "",
            "",
            "",
            "%d read, %d imported, %d there already, %d not taken, %d values not taken"
                .formatted(line.read, line.added, line.there, line.refused, line.lost));
      }
      state.problems(
          problem -> {
            count[0]++;
            csv.writeRecord(
                problem.step().replace("$", ""),
                problem.record(),
                problem.field(),
                problem.value(),
                problem.reason());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }
}
