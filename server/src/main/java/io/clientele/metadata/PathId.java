package io.clientele.metadata;

import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import java.util.Optional;
import java.util.function.Function;

/** An id in the path. */
public final class PathId {
  private static final int MAXIMUM_DIGITS = 19;

  private PathId() {}

  /**
   * What {@code finder} knows under the id in the path, of a route such as {@code
   * /settings/fields/{field}}.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA when there is no such thing
   */
  public static <T> T require(Call call, String name, Function<Long, Optional<T>> finder) {
    return find(call, name)
        .flatMap(finder)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 2)
                    .message("the id given seems to be invalid"));
  }

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
