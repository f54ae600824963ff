package io.clientele.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file PostgreSQL writes to: one per start, the five before it are kept. */
final class PostgresLog {

  private static final int KEPT = 5;
  private static final int TAIL_LINES = 15;

  private final Path file;

  private PostgresLog(Path file) {
    this.file = file;
  }

  /** Moves the log of the last start aside and begins a new one. */
  static PostgresLog begin(Path directory) throws IOException {
    Path file = directory.resolve("postgres.log");
    for (int number = KEPT; number >= 1; number--) {
      Path younger = number == 1 ? file : numbered(file, number - 1);
      if (Files.exists(younger)) {
        Files.move(younger, numbered(file, number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.createFile(file, PrivateFiles.OWNER_ONLY);
    return new PostgresLog(file);
  }

  ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  long size() throws IOException {
    return Files.size(file);
  }

  /** What was written after the first {@code start} bytes. */
  String since(long start) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int from = (int) Math.min(start, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  /** The place of the log and its last lines, to end an error message with. */
  String tail() {
    try {
      List<String> lines = since(0).lines().toList();
      var last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return "The end of " + file + ":\n" + String.join("\n", last);
    } catch (IOException e) {
      return "See " + file + ".";
    }
  }

  private static Path numbered(Path file, int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
