package io.clientele.http;

import java.io.ByteArrayOutputStream;

/** Bytes of a reply, handed to the socket without a copy. */
public final class Buffer extends ByteArrayOutputStream implements Body {
  private static final int INITIAL_BYTES = 16 * 1024;

  public Buffer() {
    super(INITIAL_BYTES);
  }

  byte[] array() {
    return buf;
  }

  int length() {
    return count;
  }
}
