package io.clientele.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The body of a request as it arrives; a failure is a {@link BrokenBody}, whoever reads. Closing it
 * does nothing: Helidon would read on to the end, wherever that is.
 */
final class CheckedBody extends InputStream {
  private final InputStream body;

  @SuppressWarnings("MustBeClosedChecker")
  CheckedBody(ServerRequest request) {
    body = request.content().inputStream();
  }

  @Override
  public int read() {
    try {
      return body.read();
    } catch (IOException | RuntimeException e) {
      throw new BrokenBody(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return body.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new BrokenBody(e);
    }
  }

  /** Reads to the end. */
  void skipAll() {
    try {
      transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new BrokenBody(e);
    }
  }
}
