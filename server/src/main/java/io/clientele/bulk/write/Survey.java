package io.clientele.bulk.write;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.clientele.error.ApiError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a look through a CSV file tells before anything of it is written.
 *
 * @param header the names of its columns
 * @param rows how many lines it has beside them
 */
record Survey(List<String> header, Charset charset, int rows) {
  private static final Charset OTHER = Charset.forName("windows-1252");

  /**
   * @param charset how its characters are encoded; empty to find out
   * @param mostRows how many rows it may have
   * @throws ApiError FILE_NOT_SUPPORTED when it is no CSV file, or has more rows
   */
  static Survey of(Archive archive, String name, Optional<Charset> charset, int mostRows) {
    try {
      return charset.isPresent()
          ? read(archive, name, charset.get(), false, mostRows)
          : guessed(archive, name, mostRows);
    } catch (UncheckedIOException | CsvParseException e) {
      throw Archive.improper();
    }
  }

  private static Survey guessed(Archive archive, String name, int mostRows) {
    Charset marked = marked(archive, name);
    try {
      return read(archive, name, marked, marked.equals(StandardCharsets.UTF_8), mostRows);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        return read(archive, name, OTHER, false, mostRows);
      }
      throw e;
    }
  }

  private static Survey read(
      Archive archive, String name, Charset charset, boolean strict, int mostRows) {
    try (var source = new CsvSource(archive.open(name), charset, strict)) {
      int rows = 0;
      while (source.hasNext()) {
        var _ = source.next();
        if (++rows > mostRows) {
          throw Archive.improper();
        }
      }
      if (source.header().isEmpty()) {
        throw Archive.improper();
      }
      return new Survey(source.header(), charset, rows);
    }
  }

  /** UTF-16 begins with a mark; all else is taken for UTF-8 until it cannot be. */
  private static Charset marked(Archive archive, String name) {
    try (InputStream in = archive.open(name)) {
      byte[] begin = in.readNBytes(2);
      boolean wide =
          begin.length == 2
              && (begin[0] == (byte) 0xFE && begin[1] == (byte) 0xFF
                  || begin[0] == (byte) 0xFF && begin[1] == (byte) 0xFE);
      return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    } catch (IOException e) {
      throw Archive.improper();
    }
  }
}
