package io.clientele.imports;

/** Why an import cannot go on, in one sentence; what was taken until then stays. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportException(String message) {
    super(message);
  }
}
