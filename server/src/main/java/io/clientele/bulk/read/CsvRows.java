package io.clientele.bulk.read;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180) from values that are UTF-8 already, as the database sends them: without
 * making texts of them, which takes most of the time for a file of millions of values.
 */
final class CsvRows {
  private final OutputStream out;
  private boolean first = true;

  CsvRows(OutputStream out) {
    this.out = out;
  }

  void headings(List<String> names) throws IOException {
    for (String name : names) {
      value(name.getBytes(StandardCharsets.UTF_8));
    }
    endLine();
  }

  void value(byte @Nullable [] value) throws IOException {
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

  void endLine() throws IOException {
    out.write('\n');
    first = true;
  }
}
