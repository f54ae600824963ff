package io.clientele.http;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.RouteTable.Match;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One request's walk: find the route, authenticate, check the scope, handle, render errors, send.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9A-Fa-f:.]+](:\\d+)?");

  /** A body that nobody asked for is read past up to this length. */
  private static final long MAXIMUM_LEFT_BYTES = 64 << 10;

  private final Handling handling;
  private final Optional<String> baseUrl;
  private final RequestListener listener;

  Dispatcher(
      RouteTable routes,
      Authorizer authorizer,
      Optional<String> baseUrl,
      RequestListener listener) {
    this.handling = new Handling(routes, authorizer);
    this.baseUrl = baseUrl;
    this.listener = listener;
  }

  void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    String requestId = requestId(request);
    MDC.put("request", requestId);
    try {
      Optional<Match> match =
          handling.find(request.prologue().method().text(), request.prologue().uriPath().rawPath());
      Reply reply = answer(request, requestId, match);
      boolean left = mustClose(request, reply);
      boolean whole = send(response, reply, requestId, left);
      listener.requestEnded(
          request.prologue().method().text(),
          request.prologue().uriPath().rawPath(),
          match.map(Match::route),
          reply.status(),
          System.nanoTime() - start);
      if (left || !whole) {
        throw new CloseConnectionException(left ? "unread body" : "unsent body");
      }
    } finally {
      MDC.clear();
    }
  }

  private Reply answer(ServerRequest request, String requestId, Optional<Match> match) {
    try {
      return handling.handle(
          new HelidonRequest(request),
          requestId,
          match,
          Query.parse(request.prologue().query().rawValue()),
          () -> baseUrl(request));
    } catch (ApiError e) {
      return Reply.error(e);
    } catch (BrokenBody e) {
      LOG.debug("broken body", e);
      return Reply.error(ErrorCode.INVALID_REQUEST.error()).header("Connection", "close");
    } catch (Multipart.Malformed e) {
      LOG.debug("broken form", e);
      return Reply.error(ErrorCode.INVALID_REQUEST.error());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error(
          "{} {} failed", request.prologue().method(), request.prologue().uriPath().rawPath(), e);
      return Reply.error(ErrorCode.INTERNAL_ERROR.error());
    }
  }

  /**
   * Whether the connection ends with this reply: what is left of the body is broken, long, of
   * unknown length or not to be sent at all, and Helidon would read on to its end.
   */
  private static boolean mustClose(ServerRequest request, Reply reply) {
    var content = request.content();
    var headers = request.headers();
    boolean left = content.hasEntity() && !content.consumed();
    return "close".equals(reply.headers().get("Connection"))
        || (left
            && (headers.contentLength().orElse(Long.MAX_VALUE) > MAXIMUM_LEFT_BYTES
                || headers.contains(HeaderNames.EXPECT)));
  }

  /** Answers whether all of the reply was sent. */
  private static boolean send(
      ServerResponse response, Reply reply, String requestId, boolean close) {
    response.status(Status.create(reply.status()));
    reply.headers().forEach(response::header);
    response.header("X-Request-Id", requestId);
    if (close) {
      response.header("Connection", "close");
    }
    if (reply.contentType().isEmpty()) {
      response.send();
      return true;
    }
    response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    switch (reply.body()) {
      case Buffer buffer -> response.send(buffer.array(), 0, buffer.length());
      case Content content -> {
        return stream(response, content);
      }
    }
    return true;
  }

  /**
   * After the first bytes there is no other way to tell of a failure than to end the connection.
   */
  private static boolean stream(ServerResponse response, Content content) {
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(content.length()));
    try (var stream = content.stream();
        var out = response.outputStream()) {
      return stream.transferTo(out) == content.length();
    } catch (IOException | RuntimeException e) {
      LOG.debug("a body was not sent to its end", e);
      return false;
    }
  }

  private static String requestId(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create("X-Request-Id"))
        .filter(id -> REQUEST_ID.matcher(id).matches())
        .orElseGet(() -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  private String baseUrl(ServerRequest request) {
    return baseUrl.orElseGet(
        () -> {
          String host = request.headers().first(HeaderNames.HOST).orElse("");
          String safe = HOST.matcher(host).matches() ? host : "localhost";
          return (request.isSecure() ? "https://" : "http://") + safe;
        });
  }
}
