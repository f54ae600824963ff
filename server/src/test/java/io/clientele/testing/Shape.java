package io.clientele.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The keys an object of the API has, with the kind of each value: {@code id: id, name: text,
 * tooltip: object?}. A question mark allows null; keys that are not named may be there.
 */
public final class Shape {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d");

  private final Map<String, String> kinds = new LinkedHashMap<>();

  private Shape(String keys) {
    for (String key : keys.strip().split("\\s*,\\s*")) {
      String[] parts = key.split("\\s*:\\s*");
      kinds.put(parts[0], parts[1]);
    }
  }

  public static Shape of(String keys) {
    return new Shape(keys);
  }

  /** Every key is there, and its value is of its kind. */
  public void check(JsonNode object) {
    kinds.forEach(
        (name, kind) -> {
          assertThat(object.has(name)).as("%s in %s", name, object).isTrue();
          assertThat(matches(object.path(name), kind))
              .as("%s: %s is %s", name, object.path(name), kind)
              .isTrue();
        });
  }

  private static boolean matches(JsonNode value, String kind) {
    if (kind.endsWith("?")) {
      return value.isNull() || matches(value, kind.substring(0, kind.length() - 1));
    }
    return switch (kind) {
      case "id" -> value.isString() && value.asString().matches("\\d+");
      case "text" -> value.isString();
      case "flag" -> value.isBoolean();
      case "integer" -> value.isInt();
      case "time" -> value.isString() && TIME.matcher(value.asString()).matches();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> throw new IllegalArgumentException("no kind " + kind);
    };
  }
}
