package io.clientele.metadata;

import io.clientele.http.Call;
import java.util.Optional;

/** An id in the path. */
public final class PathId {
  private static final int MAXIMUM_DIGITS = 19;

  private PathId() {}

  /** The id under {@code name}; empty when what stands there is no id. */
  public static Optional<Long> find(Call call, String name) {
    return parse(call.path(name));
  }

  /** An id as a client writes it; empty when it is none. */
  public static Optional<Long> parse(String text) {
    if (text.isEmpty()
        || text.length() > MAXIMUM_DIGITS
        || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
