package io.clientele.jobs;

/**
 * The job has ended: somebody cancelled it, or another server that was thought dead did it. What
 * the transaction did for it is not kept.
 */
public final class EndedJob extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EndedJob(long id) {
    super("the job " + id + " has ended");
  }
}
