package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What PostgreSQL writes about itself into {@code postmaster.pid} of its data directory. */
record PostmasterPid(long pid, boolean ready) {

  private static final int STATUS_LINE = 7;

  /** Empty when there is no such file or it is not written yet. */
  static Optional<PostmasterPid> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return Optional.of(new PostmasterPid(Long.parseLong(lines.getFirst().strip()), ready));
    } catch (IOException | NumberFormatException | NoSuchElementException e) {
      return Optional.empty();
    }
  }
}
