package io.clientele.http;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys an object of a body may have: their types, lengths and values, and which must be there.
 * Immutable; each method answers a shape with one more key. Null is a value of every key that is
 * not required; keys that no shape names are ignored, as the product does.
 */
public final class Shape {
  private final Map<String, Check> checks;
  private final Set<String> required;

  private Shape(Map<String, Check> checks, Set<String> required) {
    this.checks = checks;
    this.required = required;
  }

  private interface Check {
    /** Throws what is wrong with {@code value}, which is the key {@code name} at {@code path}. */
    void of(JsonNode value, String name, String path);
  }

  public static Shape empty() {
    return new Shape(Map.of(), Set.of());
  }

  /** The same shape, in which these keys must have a value. */
  public Shape require(String... names) {
    var more = new java.util.LinkedHashSet<>(required);
    more.addAll(List.of(names));
    return new Shape(checks, more);
  }

  /** A text of at most {@code maximum} characters. */
  public Shape text(String name, int maximum) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isString() && value.asString().indexOf('\0') < 0, "text", key, path);
          String text = value.asString();
          if (text.codePointCount(0, text.length()) > maximum) {
            throw ErrorCode.INVALID_DATA.with("maximum_length", maximum).at(key, path);
          }
        });
  }

  /** One of some words. */
  public Shape oneOf(String name, String... values) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isString(), "text", key, path);
          if (!List.of(values).contains(value.asString())) {
            throw ErrorCode.INVALID_DATA.with("supported_values", List.of(values)).at(key, path);
          }
        });
  }

  public Shape flag(String name) {
    return with(name, (value, key, path) -> type(value.isBoolean(), "boolean", key, path));
  }

  /** A whole number within bounds. */
  public Shape integer(String name, int minimum, int maximum) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isIntegralNumber(), "integer", key, path);
          if (!value.canConvertToInt() || value.asInt() < minimum || value.asInt() > maximum) {
            throw ErrorCode.INVALID_DATA
                .with("range", Map.of("from", minimum, "to", maximum))
                .at(key, path);
          }
        });
  }

  /** An id, as a string of digits or a number. */
  public Shape id(String name) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isString() || value.isIntegralNumber(), "bigint", key, path);
          type(value.asString().matches("[1-9]\\d{0,18}"), "bigint", key, path);
        });
  }

  /** An object with a shape of its own. */
  public Shape object(String name, Shape shape) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isObject(), "jsonobject", key, path);
          shape.check(value, path);
        });
  }

  /** A list of objects, each of that shape. */
  public Shape list(String name, Shape shape) {
    return with(
        name,
        (value, key, path) -> {
          type(value.isArray(), "jsonarray", key, path);
          for (int i = 0; i < value.size(); i++) {
            String at = path + "[" + i + "]";
            type(value.get(i).isObject(), "jsonobject", key, at);
            shape.check(value.get(i), at);
          }
        });
  }

  /**
   * @throws ApiError MANDATORY_NOT_FOUND or INVALID_DATA about the first key that is wrong
   */
  public void check(Item item) {
    check(item.json(), item.path());
  }

  /** The keys of {@code item} that this shape has, and no others. */
  public ObjectNode keep(Item item) {
    ObjectNode kept = item.json().objectNode();
    for (String name : checks.keySet()) {
      if (item.json().has(name)) {
        kept.set(name, item.json().get(name));
      }
    }
    return kept;
  }

  private void check(JsonNode object, String path) {
    for (String name : required) {
      JsonNode value = object.path(name);
      if (value.isMissingNode()
          || value.isNull()
          || (value.isString() && value.asString().isBlank())) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path + "." + name);
      }
    }
    checks.forEach(
        (name, check) -> {
          if (object.hasNonNull(name)) {
            check.of(object.get(name), name, path + "." + name);
          }
        });
  }

  private Shape with(String name, Check check) {
    var more = new LinkedHashMap<>(checks);
    more.put(name, check);
    return new Shape(more, required);
  }

  private static void type(boolean right, String expected, String name, String path) {
    if (!right) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(name, path);
    }
  }
}
