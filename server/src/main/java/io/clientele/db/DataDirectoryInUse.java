package io.clientele.db;

/** Another process works on the data directory. */
public final class DataDirectoryInUse extends EmbeddedPostgresException {
  private static final long serialVersionUID = 1L;

  DataDirectoryInUse(String message) {
    super(message);
  }
}
