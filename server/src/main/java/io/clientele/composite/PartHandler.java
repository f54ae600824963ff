package io.clientele.composite;

import io.clientele.composite.Operations.Extent;
import io.clientele.composite.Result.Answered;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Buffer;
import io.clientele.http.Call;
import io.clientele.http.Content;
import io.clientele.http.Handling;
import io.clientele.http.Json;
import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.SubRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Answers one sub-request by the handler that a request of its own would have come to. */
final class PartHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PartHandler.class);
  private static final Pattern VERSION = Pattern.compile("/(v[0-9.]+)/");
  private static final int FEW = 25;

  private final Handling handling;
  private final Call call;

  PartHandler(Handling handling, Call call) {
    this.handling = handling;
    this.call = call;
  }

  /**
   * @param replies the results of the other sub-requests by their ids
   */
  Result handle(Part part, Function<String, Result> replies) {
    try {
      Part resolved = new References(part, replies).resolved();
      int mark = resolved.uri().indexOf('?');
      String path = mark < 0 ? resolved.uri() : resolved.uri().substring(0, mark);
      checkVersion(path);
      Extent extent = extent(resolved.method(), path);
      Query query = query(mark < 0 ? "" : resolved.uri().substring(mark + 1), resolved.params());
      return answer(resolved, path, query, extent);
    } catch (ApiError e) {
      return new Result.Refused(e);
    }
  }

  private Answered answer(Part part, String path, Query query, Extent extent) {
    try {
      switch (extent) {
        case ANY -> {}
        case ONE -> checkOne(part.body());
        case FEW -> checkFew(query);
      }
      return answered(
          handling.handle(
              new SubRequest(call, part.method(), path, query, headers(part), bytes(part))));
    } catch (ApiError e) {
      return answered(Reply.error(e));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} {} failed", part.method(), path, e);
      return answered(Reply.error(ErrorCode.INTERNAL_ERROR.error()));
    }
  }

  /** No sub-request is of a version after that of the whole. */
  private void checkVersion(String path) {
    Matcher matcher = VERSION.matcher(path);
    String name = matcher.find() ? matcher.group(1) : "";
    boolean later =
        ApiVersion.of(name).map(one -> !call.version().atLeast(one)).orElse(isLater(name));
    if (later) {
      throw ErrorCode.NOT_ALLOWED
          .with("sub_request_version", number(name))
          .with("composite_request_version", call.version().number())
          .message("the version of the sub request is higher than that of the composite request");
    }
  }

  private boolean isLater(String name) {
    return number(name) > call.version().number();
  }

  private static int number(String name) {
    Matcher digits = Pattern.compile("v(\\d{1,6}).*").matcher(name);
    return digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
  }

  private Extent extent(String method, String path) {
    return handling
        .find(method, path)
        .flatMap(match -> Operations.extent(method, match.route().path()))
        .orElseThrow(Operations::refusal);
  }

  private static void checkOne(JsonNode body) {
    for (JsonNode value : body) {
      if (value.isArray() && value.size() > 1) {
        throw ErrorCode.LIMIT_EXCEEDED.with("by", "records").with("limit", 1);
      }
    }
  }

  /** Lists that say nothing of their length have the longest that is allowed. */
  private static void checkFew(Query query) {
    String size = query.first("per_page").orElse(Integer.toString(FEW));
    if (size.matches("\\d{1,9}") && Integer.parseInt(size) > FEW) {
      throw ErrorCode.LIMIT_EXCEEDED.with("by", "per_page").with("limit", FEW);
    }
    if (query.first("per_page").isEmpty()) {
      query.add("per_page", size);
    }
  }

  private static Query query(String text, JsonNode params) {
    Query query = Query.parse(text);
    params
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              query.add(
                  entry.getKey(), value.isValueNode() ? value.asString("") : value.toString());
            });
    return query;
  }

  private static Map<String, String> headers(Part part) {
    var headers = new TreeMap<String, String>();
    part.headers()
        .properties()
        .forEach(
            entry ->
                headers.put(
                    entry.getKey().toLowerCase(Locale.ROOT), entry.getValue().asString("")));
    headers.put("content-type", "application/json");
    return headers;
  }

  private static byte[] bytes(Part part) {
    return part.body().isObject() ? Json.MAPPER.writeValueAsBytes(part.body()) : new byte[0];
  }

  private static Answered answered(Reply reply) {
    var headers = new TreeMap<>(reply.headers());
    if (!reply.contentType().isEmpty()) {
      headers.put("content-type", reply.contentType());
    }
    return switch (reply.body()) {
      case Buffer buffer ->
          new Answered(
              reply.status(), headers, buffer.size() == 0 ? null : Json.read(buffer.toByteArray()));
      case Content content -> {
        try {
          content.stream().close();
        } catch (IOException e) {
          LOG.debug("a file was not closed", e);
        }
        throw Operations.refusal();
      }
    };
  }
}
