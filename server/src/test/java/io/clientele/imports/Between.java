package io.clientele.imports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an import and its source and makes it as hard as the product's own servers can be:
 * now and then there are too many calls, the server has trouble, or the token is over; attachments
 * are listed only record by record, and files are not found by queries.
 */
final class Between implements AutoCloseable {
  final AtomicInteger limited = new AtomicInteger();
  final AtomicInteger troubled = new AtomicInteger();
  final AtomicInteger expired = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final String url;
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<String> refusedTokens = new HashSet<>();

  Between(String url) {
    this.url = url;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    int call = calls.incrementAndGet();
    if (path.startsWith("/oauth")) {
      forward(exchange, path, body);
    } else if (call == 30) {
      refusedTokens.add(token);
      expired.incrementAndGet();
      answer(exchange, 401, "{\"code\":\"INVALID_TOKEN\"}");
    } else if (refusedTokens.contains(token)) {
      answer(exchange, 401, "{\"code\":\"INVALID_TOKEN\"}");
    } else if (call % 17 == 0) {
      limited.incrementAndGet();
      exchange.getResponseHeaders().add("Retry-After", "7");
      answer(exchange, 429, "{\"code\":\"TOO_MANY_REQUESTS\"}");
    } else if (call % 19 == 0) {
      troubled.incrementAndGet();
      answer(exchange, 500, "oops");
    } else if (path.startsWith("/crm/v8/Attachments") || path.startsWith("/crm/v8/coql")) {
      answer(exchange, 400, "{\"code\":\"INVALID_MODULE\",\"message\":\"no\"}");
    } else {
      forward(exchange, path, body);
    }
  }

  private void forward(HttpExchange exchange, String path, byte[] body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : new String[] {"Authorization", "Content-Type"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(
          response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
      exchange.getResponseBody().write(response.body());
      exchange.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
