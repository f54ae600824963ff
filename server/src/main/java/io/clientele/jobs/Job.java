package io.clientele.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A piece of work of an org.
 *
 * @param kind what runs it
 * @param body what is to be done
 * @param result how far it is, and what came of it
 */
public record Job(
    long id,
    String kind,
    Status status,
    JsonNode body,
    JsonNode result,
    long createdBy,
    Instant createdTime,
    @Nullable Instant finishedTime) {

  public boolean hasEnded() {
    return status.hasEnded();
  }

  /** Where a job stands. */
  public enum Status {
    SCHEDULED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    boolean hasEnded() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
  }
}
