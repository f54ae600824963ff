package io.clientele.testing;

import java.io.InputStream;

/** The same bytes again and again: large contents that need no memory. */
public final class Repeated extends InputStream {
  private final byte[] bytes;
  private final long length;
  private long position;

  public Repeated(byte[] bytes, int times) {
    this.bytes = bytes;
    this.length = (long) bytes.length * times;
  }

  @Override
  public int read() {
    return position == length ? -1 : bytes[(int) (position++ % bytes.length)] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) {
    int from = (int) (position % bytes.length);
    int count = (int) Math.min(Math.min(most, bytes.length - from), length - position);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(bytes, from, into, offset, count);
    position += count;
    return count;
  }
}
