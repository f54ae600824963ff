package io.clientele.records;

import io.clientele.db.Transaction;
import io.clientele.metadata.SearchColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Very many rows to the database with COPY, which takes them while the next ones are put into
 * words: each value goes as the text from which its column reads it.
 */
final class RowCopy {
  private static final String NULL = "\\N";

  private RowCopy() {}

  /**
   * @param words what searches find a row by, by its number
   */
  static void insert(
      Transaction tx,
      String table,
      List<RowWriter.Array> columns,
      int rows,
      IntFunction<String> words) {
    String names =
        Stream.concat(columns.stream().map(RowWriter.Array::name), Stream.of(SearchColumn.NAME))
            .collect(Collectors.joining(", "));
    tx.copy(
        "copy " + table + " (" + names + ") from stdin",
        out -> {
          var text = new StringBuilder();
          for (int row = 0; row < rows; row++) {
            text.setLength(0);
            for (RowWriter.Array column : columns) {
              append(text, column.values()[row]);
              text.append('\t');
            }
            words(text, words.apply(row));
            text.append('\n');
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append(NULL);
      case String string -> escaped(text, string);
      case BigDecimal number -> text.append(number.toPlainString());
      default -> text.append(value);
    }
  }

  private static void escaped(StringBuilder text, String value) {
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char escape = escape(value.charAt(i));
      if (escape != 0) {
        text.append(value, plain, i).append('\\').append(escape);
        plain = i + 1;
      }
    }
    text.append(value, plain, value.length());
  }

  private static char escape(char one) {
    return switch (one) {
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  /** The lexemes of a text, each in quotes, with what stands for itself in there doubled. */
  private static void words(StringBuilder text, String lexemes) {
    boolean open = false;
    for (int i = 0; i < lexemes.length(); i++) {
      char one = lexemes.charAt(i);
      if (one == ' ') {
        text.append(open ? "' " : "");
        open = false;
        continue;
      }
      if (!open) {
        text.append('\'');
        open = true;
      }
      switch (one) {
        case '\'' -> text.append("''");
        case '\\' -> text.append("\\\\\\\\");
        default -> text.append(one);
      }
    }
    text.append(open ? "'" : "");
  }
}
