package io.clientele.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request as it comes over the wire. */
final class HelidonRequest implements Request {
  private static final int MAXIMUM_ARRAY = Integer.MAX_VALUE - 8;

  private final ServerRequest request;
  private @Nullable CheckedBody stream;

  HelidonRequest(ServerRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String rawPath() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public String rawQuery() {
    return request.prologue().query().rawValue();
  }

  @Override
  public List<String> headers(String name) {
    var headerName = HeaderNames.create(name);
    return request.headers().contains(headerName)
        ? request.headers().get(headerName).allValues()
        : List.of();
  }

  @Override
  public OptionalLong announcedLength() {
    return request.headers().contentLength();
  }

  @Override
  public String remoteAddress() {
    return String.valueOf(request.remotePeer().host());
  }

  /** Not closed: closing would read on to the end, wherever that is. */
  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public byte[] readBody(long most) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try {
      return request.content().inputStream().readNBytes((int) Math.min(most, MAXIMUM_ARRAY));
    } catch (IOException | RuntimeException e) {
      throw new BrokenBody(e);
    }
  }

  @Override
  public Optional<CheckedBody> stream() {
    if (!request.content().hasEntity()) {
      return Optional.empty();
    }
    if (stream == null) {
      stream = new CheckedBody(request);
    }
    return Optional.of(stream);
  }

  @Override
  public boolean hasUnread() {
    return request.content().hasEntity()
        && !request.content().consumed()
        && !request.headers().contains(HeaderNames.EXPECT);
  }
}
