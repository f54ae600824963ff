package io.clientele.oauth;

import io.clientele.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text fields of a small multipart/form-data body, as the Node SDKs send it. */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "(?im)^content-disposition:[^\r\n]*[;\\s]name=(?:\"([^\"\r\n]*)\"|([^;\\s]+))");

  private Multipart() {}

  /** The boundary in a content type; empty when it is not multipart. */
  static Optional<String> boundary(String contentType) {
    if (!contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length())) {
      return Optional.empty();
    }
    Matcher matcher = BOUNDARY.matcher(contentType);
    return matcher.find()
        ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
        : Optional.empty();
  }

  static void addTo(Query fields, byte[] body, String boundary) {
    String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    String[] parts = text.split(Pattern.quote("\r\n--" + boundary), -1);
    for (int i = 1; i < parts.length && !parts[i].startsWith("--"); i++) {
      int end = parts[i].indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(end < 0 ? "" : parts[i].substring(0, end));
      if (name.find()) {
        fields.add(
            utf8(name.group(1) != null ? name.group(1) : name.group(2)),
            utf8(parts[i].substring(end + 4)));
      }
    }
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
