package io.clientele.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that somebody asked for.
 *
 * @param rrule the rule by which it is made again and again; none for one at once
 * @param startTime of the first one by the rule
 * @param nextTime of the next one by the rule
 * @param jobId what makes it next
 */
record Backup(
    long id,
    @Nullable String rrule,
    Status status,
    long requesterId,
    @Nullable Instant startTime,
    @Nullable Instant nextTime,
    long jobId) {

  /** Where it stands. */
  enum Status {
    SCHEDULED("SCHEDULED"),
    IN_PROGRESS("INPROGRESS"),
    COMPLETED("COMPLETED"),
    FAILED("FAILED"),
    STOPPED("STOPPED");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    String word() {
      return word;
    }

    boolean isOpen() {
      return this == SCHEDULED || this == IN_PROGRESS;
    }
  }

  String repeatType() {
    return rrule == null
        ? BackupRule.IMMEDIATE
        : BackupRule.parse(rrule).map(BackupRule::repeatType).orElse(BackupRule.IMMEDIATE);
  }
}
