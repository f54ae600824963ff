package io.clientele.bulk.write;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.List;

/**
 * The lines of a CSV file as they are read: the first has the names of the columns, and tells by
 * which of a few characters the cells are kept apart.
 */
final class CsvSource implements AutoCloseable {
  private static final String SEPARATORS = ",;|:";
  private static final int LONGEST_HEADER = 64 << 10;

  /** Characters; more than any field takes. */
  private static final int LONGEST_CELL = 1 << 18;

  private static final int LONGEST_LINE = 1 << 21;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> lines;
  private final List<String> header;

  /**
   * @param strict whether bytes that are no characters are an error
   */
  CsvSource(InputStream in, Charset charset, boolean strict) {
    CodingErrorAction wrong = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    var text =
        new BufferedReader(
            new InputStreamReader(
                in, charset.newDecoder().onMalformedInput(wrong).onUnmappableCharacter(wrong)),
            LONGEST_HEADER);
    try {
      skipMark(text);
      reader =
          CsvReader.builder()
              .fieldSeparator(separator(text))
              .allowExtraFields(true)
              .allowMissingFields(true)
              .allowUnclosedQuote(false)
              .maxBufferSize(LONGEST_CELL)
              .build(
                  CsvRecordHandler.of(
                      handler -> handler.maxFieldSize(LONGEST_CELL).maxRecordSize(LONGEST_LINE)),
                  text);
      lines = reader.iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    header =
        lines.hasNext() ? lines.next().getFields().stream().map(String::strip).toList() : List.of();
  }

  private static void skipMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /** The one that the first line has most of, outside of quotes. */
  private static char separator(BufferedReader text) throws IOException {
    text.mark(LONGEST_HEADER);
    var counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (int read = 1; read < LONGEST_HEADER; read++) {
      int one = text.read();
      if (one < 0 || (!quoted && (one == '\n' || one == '\r'))) {
        break;
      }
      quoted ^= one == '"';
      int at = SEPARATORS.indexOf(one);
      if (at >= 0 && !quoted) {
        counts[at]++;
      }
    }
    text.reset();
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }

  /** The names of the columns; none in an empty file. */
  List<String> header() {
    return header;
  }

  boolean hasNext() {
    return lines.hasNext();
  }

  /** The cells of the next line; there may be less or more than the header has. */
  List<String> next() {
    return lines.next().getFields();
  }

  /** Passes over lines; there may be less. */
  void skip(long count) {
    for (long i = 0; i < count && lines.hasNext(); i++) {
      lines.next();
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
