package io.clientele.app;

import io.clientele.db.EmbeddedPostgresException;
import io.clientele.imports.ImportException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A command cannot do what was asked; the message is one sentence for whoever gave it. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  /** What went wrong, in words: of our own failures the message, of others the class too. */
  static String message(Throwable e) {
    if (e instanceof UncheckedIOException) {
      return "A file could not be read or written: "
          + Objects.requireNonNull(e.getCause()).getMessage();
    }
    return e instanceof Failure
            || e instanceof EmbeddedPostgresException
            || e instanceof ImportException
            || e instanceof IllegalArgumentException
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
