package io.clientele.bulk.read;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written to a thread of its own that writes it on: packing a file takes as long as
 * reading its rows, so both are done at once. A few pieces wait at most.
 */
final class Handover extends OutputStream {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int PIECES = 8;
  private static final byte[] END = {};

  private final OutputStream out;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Thread thread;
  private byte[] piece = new byte[PIECE_BYTES];
  private int filled;
  private boolean closed;
  private volatile @Nullable IOException failure;

  Handover(OutputStream out) {
    this.out = out;
    thread = Thread.ofPlatform().name("clientele-bulk-read").daemon().start(this::writeOn);
  }

  /** After a failure it goes on taking, so that the writer does not wait for ever. */
  private void writeOn() {
    try {
      for (byte[] next = pieces.take(); next != END; next = pieces.take()) {
        if (failure == null) {
          writeOn(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeOn(byte[] next) {
    try {
      out.write(next);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void write(int one) throws IOException {
    if (filled == piece.length) {
      pass();
    }
    piece[filled++] = (byte) one;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == piece.length) {
        pass();
      }
      int some = Math.min(left, piece.length - filled);
      System.arraycopy(bytes, from, piece, filled, some);
      filled += some;
      from += some;
      left -= some;
    }
  }

  private void pass() throws IOException {
    put(filled == piece.length ? piece : java.util.Arrays.copyOf(piece, filled));
    piece = new byte[PIECE_BYTES];
    filled = 0;
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  private void put(byte[] bytes) throws IOException {
    try {
      pieces.put(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** All of it has been written on when this returns; what it was written to stays open. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (filled > 0) {
        pass();
      }
    } finally {
      put(END);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
