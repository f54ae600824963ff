package io.clientele.jobs;

import io.clientele.db.Transaction;
import io.clientele.org.Org;
import tools.jackson.databind.JsonNode;

/**
 * Does the jobs of one kind. A job whose server was killed is run again, by another server or after
 * the next start; so what it did must be the same done twice, and a long one reports with {@link
 * Jobs#report} how far it is, in the transaction of each piece, and goes on from there.
 */
@FunctionalInterface
public interface JobHandler {
  /**
   * Answers what came of it, as the job's result.
   *
   * @param job with what an earlier run reported
   */
  JsonNode run(Org org, Job job);

  /**
   * Is part of the transaction in which a job that failed for the last time is given up.
   *
   * @param job with what was reported, and why it failed
   */
  default void givenUp(Transaction tx, Org org, Job job) {}

  /** How many of the kind one server does at once; others wait for their turn. */
  default int atOnce() {
    return 2;
  }

  /**
   * Whether it may be stopped in between: what is done until then stays as it is and is right. Who
   * stops it lets {@link #givenUp} be part of the same transaction.
   */
  default boolean isCancellable() {
    return false;
  }
}
