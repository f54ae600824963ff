package io.clientele.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A bare connection: carries any bytes there, and reads what comes back as HTTP/1.1 says. */
final class Wire implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket = new Socket();
  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int end;
  private long deadline;

  Wire(int port) throws IOException {
    socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** Sends as much as the server takes; a server that has heard enough may close. */
  void send(byte[] bytes) throws IOException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    socket.getOutputStream().write(bytes);
  }

  /** Says that nothing more will come. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  /**
   * The reply to a request by {@code method}.
   *
   * @throws EOFException when the connection ends before a reply does
   * @throws SocketTimeoutException when no reply arrives in time
   */
  WireReply read(String method) throws IOException {
    while (true) {
      int status = status(line());
      Map<String, String> headers = headers();
      if (status >= 200 || status == 101) {
        boolean empty = method.equals("HEAD") || status == 204 || status == 304 || status == 101;
        return new WireReply(status, headers, empty ? new byte[0] : body(headers));
      }
    }
  }

  /** Whether the server ends the connection, with nothing more to say. */
  boolean isClosed() throws IOException {
    deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      return next() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      throw new IOException("no status line: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private Map<String, String> headers() throws IOException {
    var headers = new HashMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("no header: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    var body = new ByteArrayOutputStream();
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      for (int size = size(); size > 0; size = size()) {
        copy(size, body);
        line();
      }
      line();
    } else if (headers.containsKey("content-length")) {
      copy(Integer.parseInt(headers.getOrDefault("content-length", "0")), body);
    } else {
      for (int b = next(); b >= 0; b = next()) {
        body.write(b);
      }
    }
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private void copy(int length, ByteArrayOutputStream to) throws IOException {
    for (int i = 0; i < length; i++) {
      to.write(some());
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = some(); b != '\n'; b = some()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private int some() throws IOException {
    int b = next();
    if (b < 0) {
      throw new EOFException("the connection ended");
    }
    return b;
  }

  private int next() throws IOException {
    if (position == end) {
      long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      socket.setSoTimeout((int) left);
      position = 0;
      end = Math.max(0, in.read(buffer));
    }
    return position < end ? buffer[position++] & 0xff : -1;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
