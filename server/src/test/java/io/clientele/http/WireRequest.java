package io.clientele.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One generated request, as bytes.
 *
 * @param kind which generator made it
 * @param http whether it is HTTP, so that it must be answered
 * @param alone whether it needs a connection of its own, ended after it
 */
record WireRequest(
    String kind, String method, String target, byte[] bytes, boolean http, boolean alone) {

  /** An ordinary request; {@code headers} are whole lines. */
  static WireRequest of(String kind, String method, String target, byte[] body, String... headers) {
    var lines = new StringBuilder("Host: localhost\r\n");
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
      lines.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return raw(kind, method, target, "HTTP/1.1", lines.toString(), body, true, false);
  }

  /** A request whose header lines are given as they are. */
  static WireRequest raw(
      String kind,
      String method,
      String target,
      String version,
      String lines,
      byte[] body,
      boolean http,
      boolean alone) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(latin(method + " " + target + " " + version + "\r\n" + lines + "\r\n"));
    bytes.writeBytes(body);
    return new WireRequest(kind, method, target, bytes.toByteArray(), http, alone);
  }

  /** Bytes of text whose characters are bytes already. */
  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return kind + ":\n" + (text.length() > 3000 ? text.substring(0, 3000) + "…" : text);
  }
}
