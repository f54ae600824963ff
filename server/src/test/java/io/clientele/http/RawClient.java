package io.clientele.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends bytes as they are, on one connection for as long as the server keeps it. */
final class RawClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 5_000;

  private final URI url;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  /** A reply; {@code toHead} when it answers HEAD and so has no body. */
  record Response(int status, Map<String, String> headers, String body, boolean toHead) {}

  RawClient(String url) {
    this.url = URI.create(url);
  }

  /**
   * @throws IOException no whole reply within five seconds
   */
  Response send(byte[] request) throws IOException {
    try {
      return exchange(request);
    } catch (IOException e) {
      close(); // the server may have closed the connection behind the reply before
      return exchange(request);
    }
  }

  private Response exchange(byte[] request) throws IOException {
    if (socket == null) {
      socket = new Socket(url.getHost(), url.getPort());
      socket.setSoTimeout(DEADLINE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    }
    Response response;
    try {
      socket.getOutputStream().write(request);
      response =
          read(new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      close();
      throw e;
    }
    String connection = response.headers.getOrDefault("connection", "");
    if (connection.equalsIgnoreCase("close") || response.status >= 400) {
      close(); // what is left of a refused request must not be read as the next one
    }
    return response;
  }

  private Response read(String method) throws IOException {
    String status = line();
    while (status.startsWith("HTTP/1.1 100")) {
      line();
      status = line();
    }
    Map<String, String> headers = new HashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int code = Integer.parseInt(status.split(" ")[1]);
    boolean toHead = method.startsWith("HEAD");
    boolean empty = toHead || code == 204 || code == 304;
    return new Response(code, headers, empty ? "" : body(headers), toHead);
  }

  private String body(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      var body = new StringBuilder();
      for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        body.append(new String(bytes(size), StandardCharsets.UTF_8));
        line();
      }
      line();
      return body.toString();
    }
    return new String(
        bytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))),
        StandardCharsets.UTF_8);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = open().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the body ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = open().read(); c != '\n'; c = open().read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private InputStream open() throws IOException {
    if (in == null) {
      throw new EOFException("not connected");
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
