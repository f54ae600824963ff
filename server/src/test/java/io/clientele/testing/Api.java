package io.clientele.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A client of the API. Every reply it gets is checked against the published specification. */
public final class Api {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String url;
  private final String token;

  public Api(String url, String token) {
    this.url = url;
    this.token = token;
  }

  public String url() {
    return url;
  }

  public String token() {
    return token;
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  public Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  public Answer patch(String path, String body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /** A form with the parts named, sent as it is read. */
  public Answer upload(String path, Form form, String... headers) {
    var more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = "Content-Type";
    more[headers.length + 1] = form.contentType();
    return send("POST", path, form.publisher(), more);
  }

  /** What a GET answers, byte for byte. */
  public HttpResponse<byte[]> download(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Zoho-oauthtoken " + token)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value for a parameter of the query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Any request; {@code headers} are names and values in turn. */
  public Answer send(String method, String path, String body, String... headers) {
    return send(
        method,
        path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        headers);
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).method(method, body);
    if (!token.isEmpty()) {
      request.setHeader("Authorization", "Zoho-oauthtoken " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      var answer =
          new Answer(
              method,
              path,
              HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
      OpenApiContract.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
