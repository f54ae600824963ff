package io.clientele.http;

import io.clientele.error.ErrorCode;
import io.clientele.http.RouteTable.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** From a request to its reply: find the route, authenticate, check the scope, handle. */
public final class Handling {
  private final RouteTable routes;
  private final Authorizer authorizer;

  public Handling(RouteTable routes, Authorizer authorizer) {
    this.routes = routes;
    this.authorizer = authorizer;
  }

  /** The route of a path as it was sent. */
  public Optional<Match> find(String method, String rawPath) {
    return routes.find(method, segments(rawPath));
  }

  /**
   * Answers a request within another.
   *
   * @throws io.clientele.error.ApiError as its handler does
   */
  public Reply handle(SubRequest request) {
    return handle(
        request,
        request.whole().requestId(),
        find(request.method(), request.path()),
        request.query(),
        request.whole()::baseUrl);
  }

  Reply handle(
      Request request,
      String requestId,
      Optional<Match> found,
      Query query,
      Supplier<String> baseUrl) {
    Match match =
        found.orElseThrow(
            () ->
                routes.knows(segments(request.rawPath()))
                    ? ErrorCode.INVALID_REQUEST_METHOD.error()
                    : ErrorCode.INVALID_URL_PATTERN.error());
    var call = new Call(request, requestId, match.parameters(), query, baseUrl);
    if (call.hasPath("version")) {
      call.setVersion(
          ApiVersion.of(call.path("version"))
              .orElseThrow(() -> ErrorCode.INVALID_URL_PATTERN.error()));
    }
    match.route().scope().ifPresent(scope -> authorize(call, scope));
    return match.route().handler().handle(call);
  }

  /** From here on each line of the log tells who calls. */
  private void authorize(Call call, Scope scope) {
    Caller caller = authorizer.authorize(call, scope);
    call.setCaller(caller);
    MDC.put("org", Long.toString(caller.orgId()));
    MDC.put("user", Long.toString(caller.userId()));
  }

  private static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (String part : rawPath.split("/")) {
      if (!part.isEmpty()) {
        segments.add(Query.decode(part.replace("+", "%2B")));
      }
    }
    return segments;
  }
}
