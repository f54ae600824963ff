package io.clientele.records;

import io.clientele.error.ApiError;
import java.time.Instant;

/** What became of one row of a write, in the order the rows came. */
public sealed interface Outcome {
  /** The row is kept. */
  record Saved(long id, Instant createdTime, long createdBy, Instant modifiedTime, long modifiedBy)
      implements Outcome {}

  /** The row is gone. */
  record Deleted(long id) implements Outcome {}

  /** Nothing of the row is kept. */
  record Rejected(ApiError error) implements Outcome {}

  /**
   * The id of the row, for callers that need it kept.
   *
   * @throws ApiError when it was rejected
   */
  default long requireId() {
    return switch (this) {
      case Saved saved -> saved.id();
      case Deleted deleted -> deleted.id();
      case Rejected rejected -> throw rejected.error();
    };
  }
}
