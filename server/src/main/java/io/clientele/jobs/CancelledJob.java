package io.clientele.jobs;

/** Somebody cancelled the job: what the transaction did for it is not kept, and it ends. */
public final class CancelledJob extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CancelledJob(long id) {
    super("the job " + id + " was cancelled");
  }
}
