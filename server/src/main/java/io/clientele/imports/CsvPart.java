package io.clientele.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * One CSV file of a module.
 *
 * @param name what messages call it
 */
record CsvPart(String name, Opener opener) {
  /** Opens the file at its beginning. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  /** Takes the headings and then the rows, one by one. */
  @FunctionalInterface
  interface Reading<T> {
    T read(List<String> headings, Iterator<List<String>> rows);
  }

  /**
   * Reads the file; it needs not be read to its end.
   *
   * @throws ImportException when it is no CSV
   */
  <T> T read(Reading<T> reading) {
    try (var csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowUnclosedQuote(false)
            .ofCsvRecord(opener.open())) {
      Iterator<CsvRecord> records = csv.iterator();
      List<String> headings = records.hasNext() ? records.next().getFields() : List.of();
      return reading.read(headings, new Rows(records));
    } catch (CsvParseException e) {
      throw new ImportException(name + " is no CSV file: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw new ImportException(name + " cannot be read: " + e.getMessage());
    }
  }

  private record Rows(Iterator<CsvRecord> records) implements Iterator<List<String>> {
    @Override
    public boolean hasNext() {
      return records.hasNext();
    }

    @Override
    public List<String> next() {
      return records.next().getFields();
    }
  }
}
