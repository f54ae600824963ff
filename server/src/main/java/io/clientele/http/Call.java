package io.clientele.http;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Multipart.Part;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
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

  private static final int MAXIMUM_ARRAY = Integer.MAX_VALUE - 8;

  private final ServerRequest request;
  private final String requestId;
  private final Map<String, String> pathParameters;
  private final Query query;
  private final Supplier<String> baseUrl;
  private @Nullable ApiVersion version;
  private @Nullable Caller caller;
  private byte @Nullable [] body;
  private @Nullable CheckedBody checkedBody;
  private @Nullable Object received;

  Call(
      ServerRequest request,
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
    return request.prologue().method().text();
  }

  /** The path as sent, without the query. */
  public String rawPath() {
    return request.prologue().uriPath().rawPath();
  }

  /** The query as sent, without its question mark; empty when there is none. */
  public String rawQuery() {
    return request.prologue().query().rawValue();
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
    return request.headers().first(HeaderNames.create(name));
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
    return String.valueOf(request.remotePeer().host());
  }

  /**
   * The whole body, at most {@code limit} bytes; the same however often it is asked for.
   *
   * @throws ApiError REQUEST_ENTITY_TOO_LARGE before more than that is read
   * @throws BrokenBody when it is not HTTP
   */
  public byte[] body(long limit) {
    ApiError tooLarge = ErrorCode.REQUEST_ENTITY_TOO_LARGE.with("limit", limit);
    long announced = request.headers().contentLength().orElse(0);
    if (announced > limit) {
      throw tooLarge;
    }
    if (body == null) {
      body = request.content().hasEntity() ? read(limit + 1) : new byte[0];
    }
    if (body.length > limit) {
      throw tooLarge;
    }
    return body;
  }

  /** How long the body is; empty when the client did not say. */
  public OptionalLong announcedLength() {
    return request.headers().contentLength();
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
        .filter(boundary -> request.content().hasEntity())
        .ifPresent(boundary -> Multipart.read(checkedBody(), boundary, parts));
  }

  /**
   * Reads past the rest of the body, so that a client that goes on sending comes to see the reply:
   * most look for it only then. Not beyond {@code most} bytes, nor where the client waits to be
   * asked for the body.
   */
  public void skipBody(long most) {
    if (request.content().hasEntity()
        && !request.content().consumed()
        && announcedLength().orElse(Long.MAX_VALUE) <= most
        && !request.headers().contains(HeaderNames.EXPECT)) {
      checkedBody().skipAll();
    }
  }

  private CheckedBody checkedBody() {
    if (checkedBody == null) {
      checkedBody = new CheckedBody(request);
    }
    return checkedBody;
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

  /** Not closed: closing would read on to the end, wherever that is. */
  @SuppressWarnings("MustBeClosedChecker")
  private byte[] read(long most) {
    try {
      return request.content().inputStream().readNBytes((int) Math.min(most, MAXIMUM_ARRAY));
    } catch (IOException | RuntimeException e) {
      throw new BrokenBody(e);
    }
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
    var headerName = HeaderNames.create(name);
    return request.headers().contains(headerName)
        ? request.headers().get(headerName).allValues()
        : List.of();
  }
}
