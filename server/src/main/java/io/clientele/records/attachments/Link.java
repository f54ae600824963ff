package io.clientele.records.attachments;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Query;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** A link that a client attaches in place of a file. */
record Link(String url, String title) {
  private static final int URL_LENGTH = 3_000;
  private static final int TITLE_LENGTH = 255;
  private static final Set<String> SCHEMES = Set.of("http", "https", "ftp");

  /**
   * What {@code attachmentUrl} and {@code title} say, in the query or in the form.
   *
   * @throws ApiError INVALID_URL_PATTERN, or INVALID_DATA when one is too long
   */
  static Optional<Link> of(Call call, Query form) {
    return value(call, form, "attachmentUrl")
        .map(
            url -> {
              check(url);
              return new Link(url, title(call, form).orElseGet(() -> cut(url)));
            });
  }

  private static Optional<String> title(Call call, Query form) {
    Optional<String> title = value(call, form, "title");
    if (title.filter(text -> text.codePointCount(0, text.length()) > TITLE_LENGTH).isPresent()) {
      throw AttachmentRoutes.invalid().with("param_name", "title");
    }
    return title;
  }

  private static String cut(String url) {
    int length = url.codePointCount(0, url.length());
    return url.substring(0, url.offsetByCodePoints(0, Math.min(length, TITLE_LENGTH)));
  }

  private static Optional<String> value(Call call, Query form, String name) {
    return call.query(name)
        .or(() -> form.first(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static void check(String url) {
    if (url.length() > URL_LENGTH) {
      throw AttachmentRoutes.invalid().with("param_name", "attachmentUrl");
    }
    try {
      var parsed = new URI(url);
      if (parsed.getScheme() != null
          && SCHEMES.contains(parsed.getScheme().toLowerCase(java.util.Locale.ROOT))
          && parsed.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      throw incorrect();
    }
    throw incorrect();
  }

  private static ApiError incorrect() {
    return ErrorCode.INVALID_URL_PATTERN
        .error()
        .status(400)
        .message("the given attachment URL is incorrect");
  }
}
