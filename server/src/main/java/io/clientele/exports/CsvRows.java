package io.clientele.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180) from values that are UTF-8 already, as the database sends them: without
 * making texts of them, which takes most of the time for a file of millions of values.
 */
public final class CsvRows {
  /** How long the parts of a moment are: its date, all to its seconds, hours of its offset, it. */
  private static final int DATE = 10;

  private static final int SECONDS = 19;
  private static final int HOURS = 3;
  private static final int OFFSET = 6;

  private final OutputStream out;
  private boolean first = true;

  public CsvRows(OutputStream out) {
    this.out = out;
  }

  public void headings(List<String> names) throws IOException {
    for (String name : names) {
      value(name.getBytes(StandardCharsets.UTF_8));
    }
    endLine();
  }

  public void value(byte @Nullable [] value) throws IOException {
    if (!first) {
      out.write(',');
    }
    first = false;
    if (value == null) {
      return;
    }
    if (isPlain(value)) {
      out.write(value);
    } else {
      quoted(value);
    }
  }

  /**
   * A moment that the database wrote, {@code 2026-01-31 10:00:00.5+00}, as {@code
   * 2026-01-31T10:00:00+00:00}.
   */
  public void moment(byte @Nullable [] value) throws IOException {
    if (value == null || value.length < SECONDS + HOURS || value[DATE] != ' ') {
      value(value);
      return;
    }
    value[DATE] = 'T';
    int offset = SECONDS;
    while (offset < value.length && value[offset] != '+' && value[offset] != '-') {
      offset++; // parts of a second
    }
    int length = value.length - offset;
    byte[] whole = Arrays.copyOf(value, SECONDS + OFFSET);
    whole[SECONDS + HOURS] = ':';
    whole[SECONDS + HOURS + 1] = '0';
    whole[SECONDS + HOURS + 2] = '0';
    System.arraycopy(value, offset, whole, SECONDS, Math.min(length, OFFSET));
    value(whole);
  }

  private static boolean isPlain(byte[] value) {
    for (byte one : value) {
      if (one == '"' || one == ',' || one == '\n' || one == '\r') {
        return false;
      }
    }
    return true;
  }

  private void quoted(byte[] value) throws IOException {
    out.write('"');
    int from = 0;
    for (int i = 0; i < value.length; i++) {
      if (value[i] == '"') {
        out.write(value, from, i + 1 - from);
        from = i; // so that the quote is written once more
      }
    }
    out.write(value, from, value.length - from);
    out.write('"');
  }

  public void endLine() throws IOException {
    out.write('\n');
    first = true;
  }
}
