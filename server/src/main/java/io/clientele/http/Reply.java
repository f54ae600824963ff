package io.clientele.http;

import io.clientele.error.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;

/** What goes back to the client: a status, headers and a body. */
public record Reply(int status, Map<String, String> headers, String contentType, Body body) {
  public static final String JSON = "application/json;charset=utf-8";

  /** A JSON body with {@code status}, written by {@code writer}. */
  public static Reply json(int status, Consumer<JsonGenerator> writer) {
    var buffer = new Buffer();
    try (JsonGenerator json = Json.generator(buffer)) {
      writer.accept(json);
    }
    return new Reply(status, Map.of(), JSON, buffer);
  }

  public static Reply ok(Consumer<JsonGenerator> writer) {
    return json(200, writer);
  }

  /** {@code {"name":[…]}} with one object for each item. */
  public static <T> Reply list(String name, Iterable<T> items, BiConsumer<Keys, T> writer) {
    return ok(json -> Keys.object(json, keys -> keys.array(name, items, writer)));
  }

  /** A page of such a list and its {@code info}; 204 when there is nothing on it. */
  public static <T> Reply page(String name, Paging.Page<T> page, BiConsumer<Keys, T> writer) {
    return page(name, page, key -> true, writer);
  }

  /**
   * The same.
   *
   * @param wanted which keys the objects have
   */
  public static <T> Reply page(
      String name, Paging.Page<T> page, Predicate<String> wanted, BiConsumer<Keys, T> writer) {
    return page.items().isEmpty()
        ? noContent()
        : ok(
            json ->
                Keys.object(
                    json,
                    keys ->
                        keys.array(name, page.items(), wanted, writer)
                            .object(
                                "info",
                                info ->
                                    page.paging().info(info, page.items().size(), page.more()))));
  }

  /** Any value that Jackson can write. */
  public static Reply value(int status, Object value) {
    return json(status, json -> json.writePOJO(value));
  }

  public static Reply error(ApiError error) {
    return json(error.status(), json -> ErrorJson.write(json, error));
  }

  /** 204: nothing to show. */
  public static Reply noContent() {
    return noContent(204);
  }

  /** A status and headers alone: a redirect, say. */
  public static Reply noContent(int status) {
    return new Reply(status, Map.of(), "", new Buffer());
  }

  /** 304: nothing newer than what the client asked about. */
  public static Reply notModified() {
    return new Reply(304, Map.of(), "", new Buffer());
  }

  public static Reply text(int status, String contentType, String text) {
    var buffer = new Buffer();
    buffer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return new Reply(status, Map.of(), contentType, buffer);
  }

  /** Bytes that are read while they are sent; {@code content} is closed then. */
  public static Reply stream(String contentType, Content content) {
    return new Reply(200, Map.of(), contentType, content);
  }

  public Reply header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, contentType, body);
  }
}
