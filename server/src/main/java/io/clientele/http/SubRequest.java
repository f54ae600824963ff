package io.clientele.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request within the body of another, made by the same caller.
 *
 * @param path with its version, decoded nowhere yet
 * @param headers by their names in lower case; the token is the other request's
 */
public record SubRequest(
    Call whole, String method, String path, Query query, Map<String, String> headers, byte[] body)
    implements Request {
  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public String rawQuery() {
    return query.toString();
  }

  @Override
  public List<String> headers(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("authorization")
        ? whole.headers(name)
        : Optional.ofNullable(headers.get(lower)).stream().toList();
  }

  @Override
  public OptionalLong announcedLength() {
    return OptionalLong.of(body.length);
  }

  @Override
  public String remoteAddress() {
    return whole.remoteAddress();
  }

  @Override
  public byte[] readBody(long most) {
    return body;
  }

  /** Bodies that are streamed are files, and those come alone. */
  @Override
  public Optional<CheckedBody> stream() {
    return Optional.empty();
  }

  @Override
  public boolean hasUnread() {
    return false;
  }
}
