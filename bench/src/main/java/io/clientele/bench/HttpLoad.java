package io.clientele.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** The API over HTTP on kept-alive connections; the client does as little as it can. */
final class HttpLoad {
  private static final int BUFFER = 1 << 16;

  private HttpLoad() {}

  static Result run(int port, String token, Case one, int connections, Duration time)
      throws Exception {
    return Load.run(connections, time, () -> new HttpWorker(port, token, one));
  }

  /** One request, whose reply must be a good one. */
  static void once(int port, String token, Case.Request request) throws IOException {
    var one = new Case("once", number -> request, (connection, number) -> {});
    try (var worker = new HttpWorker(port, token, one)) {
      worker.work(0);
    }
  }

  private static final class HttpWorker implements Load.Worker {
    private final Socket socket;
    private final InputStream in;
    private final String headers;
    private final Case one;
    private final byte[] sink = new byte[BUFFER];

    HttpWorker(int port, String token, Case one) throws IOException {
      this.one = one;
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      headers =
          " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Zoho-oauthtoken "
              + token
              + "\r\nContent-Length: ";
    }

    @Override
    public void work(long number) throws IOException {
      Case.Request request = one.request().apply(number);
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      byte[] head =
          (request.line() + headers + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, whole, head.length, body.length);
      socket.getOutputStream().write(whole);
      String status = line();
      if (!status.startsWith("HTTP/1.1 20")) {
        throw new IOException(status);
      }
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      while (length > 0) {
        int read = in.read(sink, 0, Math.min(length, sink.length));
        if (read < 0) {
          throw new EOFException();
        }
        length -= read;
      }
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException();
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
