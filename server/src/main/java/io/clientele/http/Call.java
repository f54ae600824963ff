package io.clientele.http;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Multipart.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One request: its method, path, parameters, headers and body, and who makes it. */
public final class Call {
  /** The largest body of a JSON call; uploads have limits of their own. */
  static final long MAXIMUM_JSON_BYTES = 32L << 20;

  private final Request request;
  private final String requestId;
  private final Map<String, String> pathParameters;
  private final Query query;
  private final Supplier<String> baseUrl;
  private @Nullable ApiVersion version;
  private @Nullable Caller caller;
  private byte @Nullable [] body;
  private @Nullable Object received;

  Call(
      Request request,
      String requestId,
      Map<String, String> pathParameters,
      Query query,
      Supplier<String> baseUrl) {
    this.request = request;
    this.requestId = requestId;
    this.pathParameters = pathParameters;
    this.query = query;
    this.baseUrl = baseUrl;
  }

  public String method() {
    return request.method();
  }

  /** The path as sent, without the query. */
  public String rawPath() {
    return request.rawPath();
  }

  /** The query as sent, without its question mark; empty when there is none. */
  public String rawQuery() {
    return request.rawQuery();
  }

  /** Whether it stands in the body of another, as one of several. */
  public boolean isSubRequest() {
    return request instanceof SubRequest;
  }

  /** The id of this request, which is also a response header. */
  public String requestId() {
    return requestId;
  }

  /** A part of the path that stands in braces in the route. */
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  public boolean hasPath(String name) {
    return pathParameters.containsKey(name);
  }

  /** The first value of a parameter of the query; empty when absent. */
  public Optional<String> query(String name) {
    return query.first(name);
  }

  /** All parameters of the query, first values, in order. */
  public Query query() {
    return query;
  }

  /** A parameter that must be there. */
  public String requiredQuery(String name) {
    return query(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", name));
  }

  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** Where the client reached us, without a trailing slash; URLs in replies begin with it. */
  public String baseUrl() {
    return baseUrl.get();
  }

  public ApiVersion version() {
    return version == null ? ApiVersion.V8 : version;
  }

  void setVersion(ApiVersion version) {
    this.version = version;
  }

  /** Who makes this call; only on routes that need a token. */
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("this route has no caller");
    }
    return caller;
  }

  void setCaller(Caller caller) {
    this.caller = caller;
  }

  /** The address the request came from. */
  public String remoteAddress() {
    return request.remoteAddress();
  }

  /**
   * The whole body, at most {@code limit} bytes; the same however often it is asked for.
   *
   * @throws ApiError REQUEST_ENTITY_TOO_LARGE before more than that is read
   * @throws BrokenBody when it is not HTTP
   */
  public byte[] body(long limit) {
    ApiError tooLarge = ErrorCode.REQUEST_ENTITY_TOO_LARGE.with("limit", limit);
    if (announcedLength().orElse(0) > limit) {
      throw tooLarge;
    }
    if (body == null) {
      body = request.readBody(limit + 1);
    }
    if (body.length > limit) {
      throw tooLarge;
    }
    return body;
  }

  /** How long the body is; empty when the client did not say. */
  public OptionalLong announcedLength() {
    return request.announcedLength();
  }

  /**
   * Hands over the parts of a multipart body as they arrive; none when the body is something else.
   *
   * @throws Multipart.Malformed when it is no such body although its content type says so
   * @throws BrokenBody when it is not HTTP
   */
  public void parts(Consumer<Part> parts) {
    header("Content-Type")
        .flatMap(Multipart::boundary)
        .ifPresent(
            boundary -> request.stream().ifPresent(body -> Multipart.read(body, boundary, parts)));
  }

  /**
   * Reads past the rest of the body, so that a client that goes on sending comes to see the reply:
   * most look for it only then. Not beyond {@code most} bytes, nor where the client waits to be
   * asked for the body.
   */
  public void skipBody(long most) {
    if (request.hasUnread() && announcedLength().orElse(Long.MAX_VALUE) <= most) {
      request.stream().ifPresent(CheckedBody::skipAll);
    }
  }

  /**
   * What {@code read} makes of the body, which can be read only once although the call may be
   * handled twice.
   */
  @SuppressWarnings("unchecked")
  public <T> T receive(Supplier<T> read) {
    if (received == null) {
      received = read.get();
    }
    return (T) received;
  }

  /**
   * The body as JSON, whatever its content type says.
   *
   * @throws ApiError INVALID_DATA when it is not a JSON object
   */
  public JsonNode json() {
    ApiError invalid =
        ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").message("body");
    try {
      JsonNode node = Json.read(body(MAXIMUM_JSON_BYTES));
      if (!node.isObject()) {
        throw invalid;
      }
      return node;
    } catch (JacksonException e) {
      throw invalid;
    }
  }

  /** The headers under {@code name}, one entry for each line. */
  public List<String> headers(String name) {
    return request.headers(name);
  }
}
