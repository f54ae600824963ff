package io.clientele.backup;

/** Why a backup cannot be restored, in words for who runs the restore. */
public final class RestoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RestoreException(String message) {
    super(message);
  }

  RestoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
