package io.clientele.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A reply, with the questions tests ask of it. */
public final class Answer {
  private final String request;
  private final HttpResponse<String> response;

  Answer(String method, String path, HttpResponse<String> response) {
    this.request = method + " " + path;
    this.response = response;
  }

  public int status() {
    return response.statusCode();
  }

  public String text() {
    return response.body();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public JsonNode json() {
    return Json.MAPPER.readTree(response.body());
  }

  /** A value by JSON pointer, such as {@code /data/0/id}. */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** The ids in {@code data}. */
  public List<String> ids() {
    return json().path("data").valueStream().map(row -> row.path("id").asString()).toList();
  }

  /** The id of the row a write kept. */
  public String savedId(int row) {
    JsonNode id = at("/data/" + row + "/details/id");
    assertThat(id.isString()).as(this::toString).isTrue();
    return id.asString();
  }

  public Answer hasStatus(int expected) {
    assertThat(status()).as(this::toString).isEqualTo(expected);
    return this;
  }

  public Answer hasNoBody() {
    assertThat(text()).as(this::toString).isEmpty();
    return this;
  }

  /** The reply as a whole is an error of this code; {@code details} is JSON. */
  public Answer isError(int status, String code, String message, String details) {
    hasStatus(status);
    checkError(json(), code, message, details);
    return this;
  }

  /** The row is rejected with this error. */
  public Answer rowIsError(int row, String code, String message, String details) {
    checkError(at("/data/" + row), code, message, details);
    return this;
  }

  /** The item of the list {@code noun} is refused with this error. */
  public Answer itemIsError(String noun, int index, String code, String message, String details) {
    checkError(at("/" + noun + "/" + index), code, message, details);
    return this;
  }

  private void checkError(JsonNode error, String code, String message, String details) {
    assertThat(error.path("code").asString("")).as(this::toString).isEqualTo(code);
    assertThat(error.path("message").asString("")).as(this::toString).isEqualTo(message);
    assertThat(error.path("status").asString("")).as(this::toString).isEqualTo("error");
    assertThat(error.path("details")).as(this::toString).isEqualTo(Json.MAPPER.readTree(details));
    assertThat(error.propertyNames()).containsExactly("code", "details", "message", "status");
  }

  @Override
  public String toString() {
    return request + " answered " + status() + " " + text();
  }
}
