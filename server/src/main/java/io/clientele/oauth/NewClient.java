package io.clientele.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a client is registered with. */
public record NewClient(
    ClientType type,
    String name,
    String homepage,
    List<String> redirectUris,
    Optional<Long> accountId) {
  private static final int MAXIMUM_LENGTH = 2000;
  private static final Set<String> SCHEMES_OF_BROWSERS =
      Set.of("javascript", "data", "vbscript", "blob", "file", "about", "ftp");

  /** What is wrong with this registration, in words for its page; empty when nothing is. */
  Optional<String> problem() {
    if (name.isBlank() || name.length() > 100) {
      return Optional.of("Enter a valid client name");
    }
    if (!homepage.isEmpty() && !isWebAddress(homepage)) {
      return Optional.of("Enter a valid homepage URL");
    }
    return type == ClientType.SELF ? Optional.empty() : problemOf(redirectUris, type);
  }

  static Optional<String> problemOf(List<String> redirectUris, ClientType type) {
    boolean valid =
        !redirectUris.isEmpty()
            && redirectUris.size() <= 20
            && redirectUris.stream()
                .allMatch(uri -> isWebAddress(uri) || (type == ClientType.MOBILE && isOfApp(uri)));
    return valid ? Optional.empty() : Optional.of("Enter a valid redirect URI");
  }

  private static boolean isWebAddress(String text) {
    return parse(text)
        .filter(uri -> uri.getScheme().matches("(?i)https?") && uri.getHost() != null)
        .isPresent();
  }

  /** An address such as {@code crmleads://signed-in} that opens an app on the device. */
  private static boolean isOfApp(String text) {
    return parse(text)
        .filter(uri -> !SCHEMES_OF_BROWSERS.contains(uri.getScheme().toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private static Optional<URI> parse(String text) {
    try {
      var uri = new URI(text);
      boolean whole = uri.isAbsolute() && uri.getRawFragment() == null;
      return whole && text.length() <= MAXIMUM_LENGTH ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
