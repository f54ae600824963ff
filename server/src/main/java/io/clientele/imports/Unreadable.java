package io.clientele.imports;

import org.jspecify.annotations.Nullable;

/** Why the source does not give a module's records. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreadable(@Nullable String message) {
    super(message, null, false, false);
  }
}
