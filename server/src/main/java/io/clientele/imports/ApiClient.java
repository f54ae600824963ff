package io.clientele.imports;

import io.clientele.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls another server of the API. It waits as the server asks when there were too many calls, and
 * a while when the server has trouble; access tokens are renewed.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int TRIES = 10;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** Secrets go where they were meant to, and nowhere else. */
  private final HttpClient accounts =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Credentials credentials;
  private final Consumer<Duration> pause;
  private @Nullable String token;
  private boolean reached;

  /**
   * @param pause waits
   */
  public ApiClient(Credentials credentials, Consumer<Duration> pause) {
    this.credentials = credentials;
    this.pause = pause;
    token = credentials.token().orElse(null);
  }

  /** An error of the API that repeating does not mend. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(String request, int status, String code, String message) {
      super(
          request + " answers " + status + " " + code + (message.isEmpty() ? "" : ", " + message));
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }
  }

  String url() {
    return credentials.url().toString();
  }

  /** The address with parameters, as it is put into requests. */
  static String path(String path, Map<String, String> parameters) {
    return path
        + parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + encode(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * What a GET answers; missing when it answers nothing (204).
   *
   * @throws Refused an error of the API
   * @throws ImportException when the server cannot be reached or does not let us in
   */
  JsonNode get(String path) {
    return json(path, send("GET", path, "", BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  JsonNode post(String path, JsonNode body) {
    String text = Json.MAPPER.writeValueAsString(body);
    return json(path, send("POST", path, text, BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  private JsonNode json(String path, Answer<String> answer) {
    if (answer.body == null || answer.body.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return Json.MAPPER.readTree(answer.body);
    } catch (JacksonException e) {
      throw new ImportException(url() + path + " does not answer as the API does.");
    }
  }

  /** Downloads a file; empty when there is none (204). */
  Optional<InputStream> download(String path) {
    return Optional.ofNullable(send("GET", path, "", BodyHandlers.ofInputStream()).body);
  }

  /** Downloads into a file; answers whether there was something. */
  boolean download(String path, Path file) {
    Answer<Path> answer =
        send(
            "GET",
            path,
            "",
            BodyHandlers.ofFile(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    return answer.body != null;
  }

  /** What a success brought; null for no content. */
  private record Answer<T>(@Nullable T body) {}

  private <T> Answer<T> send(
      String method, String path, String body, HttpResponse.BodyHandler<T> handler) {
    boolean renewed = false;
    for (int attempt = 1; ; attempt++) {
      String failure;
      Duration wait = backoff(attempt);
      try {
        HttpResponse<Result<T>> response =
            http.send(request(method, path, body), info -> result(info, handler));
        reached = true;
        int status = response.statusCode();
        if (status / 100 == 2) {
          return new Answer<>(status == 204 ? null : response.body().good());
        }
        String error = String.valueOf(response.body().error());
        if (status == 401 && !renewed && credentials.refreshToken().isPresent()) {
          renewed = true;
          token = null;
          continue;
        }
        if (status != TOO_MANY && status < SERVER_ERROR) {
          throw refusal(method + " " + path, status, error);
        }
        failure = url() + path + " answers " + status;
        wait = response.headers().firstValue("Retry-After").map(ApiClient::seconds).orElse(wait);
      } catch (IOException e) {
        failure = unreachable(e);
        if (!reached && isHopeless(e)) {
          throw new ImportException(failure + ".");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ImportException("Interrupted.");
      }
      if (attempt == TRIES) {
        throw new ImportException(failure + ", also after " + TRIES + " tries.");
      }
      pause.accept(wait);
    }
  }

  /** A body of a success, or the text of an error. */
  private record Result<T>(@Nullable T good, @Nullable String error) {}

  private static <T> HttpResponse.BodySubscriber<Result<T>> result(
      HttpResponse.ResponseInfo info, HttpResponse.BodyHandler<T> handler) {
    return info.statusCode() / 100 == 2
        ? HttpResponse.BodySubscribers.mapping(
            handler.apply(info), good -> new Result<>(good, null))
        : HttpResponse.BodySubscribers.mapping(
            HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
            text -> new Result<>(null, text));
  }

  private HttpRequest request(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url().replaceAll("/+$", "") + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Zoho-oauthtoken " + accessToken());
    return body.isEmpty()
        ? request.method(method, BodyPublishers.noBody()).build()
        : request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
  }

  private static Duration backoff(int attempt) {
    return Duration.ofSeconds(Math.min(60, 1L << (attempt - 1)));
  }

  private static Duration seconds(String text) {
    Duration asked =
        text.strip().matches("\\d{1,6}")
            ? Duration.ofSeconds(Long.parseLong(text.strip()))
            : Duration.ofMinutes(1);
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static boolean isHopeless(IOException e) {
    return e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException
        || e.getCause() instanceof UnresolvedAddressException;
  }

  private String unreachable(IOException e) {
    String why = e.getMessage() == null ? "" : ": " + e.getMessage();
    return url() + " cannot be reached" + why;
  }

  private RuntimeException refusal(String request, int status, String body) {
    String code = "";
    String message = "";
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      JsonNode error = json.path("data").isArray() ? json.path("data").path(0) : json;
      code = error.path("code").asString("");
      message = error.path("message").asString("");
    } catch (JacksonException e) {
      // told by its status alone
    }
    if (code.equals("OAUTH_SCOPE_MISMATCH")) {
      return new ImportException(
          "The token does not reach as far as "
              + request
              + "; it needs ZohoCRM.modules.ALL, settings.ALL, users.READ, org.READ, bulk.READ,"
              + " coql.READ and Files.READ.");
    }
    if (status == 401) {
      return new ImportException(url() + " does not take the token (" + code + ").");
    }
    return new Refused(request, status, code, message);
  }

  private String accessToken() {
    String now = token;
    if (now == null) {
      now = renew(credentials.refreshToken().orElseThrow());
      token = now;
    }
    return now;
  }

  private String renew(Credentials.RefreshToken by) {
    String form =
        "grant_type=refresh_token&refresh_token="
            + encode(by.token())
            + "&client_id="
            + encode(by.clientId())
            + "&client_secret="
            + encode(by.clientSecret());
    String address = by.accounts().toString().replaceAll("/+$", "");
    URI uri = URI.create(address.endsWith("/token") ? address : address + "/oauth/v2/token");
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      JsonNode reply = Json.MAPPER.readTree(accounts.send(request, BodyHandlers.ofString()).body());
      String fresh = reply.path("access_token").asString("");
      if (fresh.isEmpty()) {
        throw new ImportException(
            uri + " gives no token: " + reply.path("error").asString("unknown reply") + ".");
      }
      return fresh;
    } catch (JacksonException e) {
      throw new ImportException(uri + " does not answer as an accounts server does.");
    } catch (IOException e) {
      throw new ImportException(
          uri + " cannot be reached" + (e.getMessage() == null ? "." : ": " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("Interrupted.");
    }
  }

  @Override
  public void close() {
    http.close();
    accounts.close();
  }
}
