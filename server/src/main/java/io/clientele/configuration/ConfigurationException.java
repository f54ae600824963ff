package io.clientele.configuration;

/** Why a file cannot be applied; nothing of it was. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }
}
