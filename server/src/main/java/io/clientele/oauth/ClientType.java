package io.clientele.oauth;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of clients that can be registered. */
public enum ClientType {
  /** Runs on a web server and keeps its secret. */
  SERVER_BASED("server-based", "Server-based application"),
  /** Runs in a browser; gets access tokens without a code. */
  CLIENT_BASED("client-based", "Client-based application"),
  /** Installed on a device; should use PKCE. */
  MOBILE("mobile", "Mobile application"),
  /** Back-end jobs of its own owner, who makes codes on a page. */
  SELF("self", "Self client");

  private final String word;
  private final String title;

  ClientType(String word, String title) {
    this.word = word;
    this.title = title;
  }

  public String word() {
    return word;
  }

  String title() {
    return title;
  }

  /** Whether it cannot keep a secret. */
  boolean isPublic() {
    return this == CLIENT_BASED || this == MOBILE;
  }

  public static Optional<ClientType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
