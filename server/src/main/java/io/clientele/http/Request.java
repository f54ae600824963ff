package io.clientele.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a call is made of: a request of HTTP, or one within the body of another. */
interface Request {
  String method();

  /** The path as sent, without the query. */
  String rawPath();

  /** The query as sent, without its question mark; empty when there is none. */
  String rawQuery();

  /** The values under a header's name, one for each line. */
  List<String> headers(String name);

  /** How long the body is; empty when the client did not say. */
  OptionalLong announcedLength();

  /** The address the request came from. */
  String remoteAddress();

  /**
   * The body, at most {@code most} bytes of it.
   *
   * @throws BrokenBody when it is not HTTP
   */
  byte[] readBody(long most);

  /** The body as it arrives; none when it has none. */
  Optional<CheckedBody> stream();

  /** Whether nothing has been read of a body whose client does not wait to be asked for it. */
  boolean hasUnread();
}
