package io.clientele.files;

import java.net.URLConnection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Content types, as they are kept and as they are sent. */
final class ContentTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final Pattern FORM = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");

  /**
   * What SDKs take for a download and no browser runs. Anything else is sent as bytes: JSON, for
   * one, SDKs would take for a reply.
   */
  private static final Set<String> SENT =
      Set.of(
          "application/pdf",
          "application/zip",
          "image/bmp",
          "image/gif",
          "image/jpeg",
          "image/png",
          "text/csv",
          "text/plain");

  private ContentTypes() {}

  /** What the client said, or what the name's ending says. */
  static String of(String said, String name) {
    String type = said.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (FORM.matcher(type).matches() && !type.equals(UNKNOWN)) {
      return type;
    }
    String guess = URLConnection.guessContentTypeFromName(name);
    return guess == null ? UNKNOWN : guess;
  }

  static String sent(String kept) {
    return SENT.contains(kept) ? kept : UNKNOWN;
  }
}
