package io.clientele.oauth;

/** Something a page tells the person in front of it instead of what was asked for. */
final class PageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  PageError(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
