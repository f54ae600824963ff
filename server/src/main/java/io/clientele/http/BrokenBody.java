package io.clientele.http;

/**
 * A body that does not keep to HTTP: broken chunks, or an end before its length. What follows on
 * its connection cannot be read either.
 */
final class BrokenBody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenBody(Exception cause) {
    super("broken body", cause, false, false);
  }
}
