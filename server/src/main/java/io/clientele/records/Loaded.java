package io.clientele.records;

import java.util.List;
import java.util.Optional;

/**
 * What became of a row that was loaded.
 *
 * @param state whether it is there now because of this
 * @param refusal why it could not be taken at all
 * @param lost its values that could not be taken
 */
public record Loaded(State state, Optional<String> refusal, List<Lost> lost) {
  /** What became of the row. */
  public enum State {
    ADDED,
    /** A record with its id was there before, and stays as it is. */
    THERE,
    REFUSED
  }

  /** A value that the record goes without, and why. */
  public record Lost(String field, String value, String reason) {}

  static Loaded refused(String why) {
    return new Loaded(State.REFUSED, Optional.of(why), List.of());
  }
}
