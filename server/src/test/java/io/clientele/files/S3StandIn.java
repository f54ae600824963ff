package io.clientele.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * As much of S3 as the store speaks: objects of one bucket by path, put, got and deleted, of
 * requests that are signed and say the hash of their content.
 */
final class S3StandIn implements AutoCloseable {
  static final String ACCESS_KEY = "AKIATEST";

  private final HttpServer server;
  private final String prefix;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  private S3StandIn(HttpServer server, String bucket) {
    this.server = server;
    this.prefix = "/" + bucket + "/";
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static S3StandIn start(String bucket) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new S3StandIn(HttpServer.create(address, 0), bucket);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Set<String> keys() {
    return objects.keySet();
  }

  /** Loses the end of an object. */
  void cut(String key, byte[] rest) {
    objects.put(key, rest);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (!isSigned(exchange, body)) {
        error(exchange, 403, "AccessDenied");
      } else if (!path.startsWith(prefix)) {
        error(exchange, 404, "NoSuchBucket");
      } else {
        answer(exchange, path.substring(prefix.length()), body);
      }
    }
  }

  private void answer(HttpExchange exchange, String key, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        objects.put(key, body);
        exchange.sendResponseHeaders(200, -1);
      }
      case "DELETE" -> {
        objects.remove(key);
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET" -> {
        byte[] object = objects.get(key);
        if (object == null) {
          error(exchange, 404, "NoSuchKey");
        } else {
          exchange.sendResponseHeaders(200, object.length == 0 ? -1 : object.length);
          exchange.getResponseBody().write(object);
        }
      }
      default -> error(exchange, 405, "MethodNotAllowed");
    }
  }

  private static boolean isSigned(HttpExchange exchange, byte[] body) {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String hash = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    return authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + ACCESS_KEY + "/")
        && (hash.equals(sha256(body)) || hash.equals("UNSIGNED-PAYLOAD"));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] xml =
        ("<Error><Code>" + code + "</Code><Message>no</Message></Error>")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, xml.length);
    exchange.getResponseBody().write(xml);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
