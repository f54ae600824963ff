package io.clientele.composite;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sub-request takes from the replies of others: {@code @{id:$.data[0].details.id}} stands
 * for a value in the reply to the one of that id.
 */
final class References {
  private static final String OPEN = "@{";
  private static final Pattern REFERENCE =
      Pattern.compile("@\\{(?:([a-zA-Z0-9][a-zA-Z0-9_]*):(\\$[^}]*)}|[^}]*}?)");
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z0-9_$]+)|\\[(\\d{1,9})]|\\['([^']*)']");

  private final Part part;
  private final Function<String, Result> replies;

  /**
   * @param replies the result of the sub-request of an id
   */
  References(Part part, Function<String, Result> replies) {
    this.part = part;
    this.replies = replies;
  }

  /** The ids of the sub-requests that {@code part} refers to. */
  static Set<String> of(Part part) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode node : new JsonNode[] {part.headers(), part.params(), part.body()}) {
      collect(node.toString(), ids);
    }
    collect(part.uri(), ids);
    return ids;
  }

  private static void collect(String text, Set<String> ids) {
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        ids.add(matcher.group(1));
      }
    }
  }

  /**
   * The sub-request with the values in their places.
   *
   * @throws ApiError INVALID_REFERENCE where there is none
   */
  Part resolved() {
    String path = Part.path(part.index());
    return new Part(
        part.index(),
        part.id(),
        part.method(),
        text(part.uri(), "uri", path + ".uri", References::encoded),
        (ObjectNode) tree(part.headers(), "headers", path + ".headers"),
        (ObjectNode) tree(part.params(), "params", path + ".params"),
        tree(part.body(), "body", path + ".body"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode tree(JsonNode node, String name, String path) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = Json.MAPPER.createObjectNode();
        object
            .properties()
            .forEach(
                entry ->
                    copy.set(
                        entry.getKey(),
                        tree(entry.getValue(), entry.getKey(), path + "." + entry.getKey())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = Json.MAPPER.createArrayNode();
        for (int i = 0; i < array.size(); i++) {
          copy.add(tree(array.get(i), name, path + "[" + i + "]"));
        }
        yield copy;
      }
      default -> node.isString() ? value(node, name, path) : node;
    };
  }

  /** A text that is nothing but a reference becomes the value itself. */
  private JsonNode value(JsonNode node, String name, String path) {
    String text = node.asString();
    Matcher whole = REFERENCE.matcher(text);
    return whole.matches()
        ? found(whole, name, path)
        : Json.MAPPER.getNodeFactory().stringNode(text(text, name, path, UnaryOperator.identity()));
  }

  private String text(String text, String name, String path, UnaryOperator<String> form) {
    return text.contains(OPEN)
        ? REFERENCE
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(form.apply(found(match, name, path).asString(""))))
        : text;
  }

  private JsonNode found(MatchResult reference, String name, String path) {
    ApiError invalid =
        ErrorCode.INVALID_REFERENCE.error().at(name, path).with("reference", reference.group());
    if (reference.group(1) == null) {
      throw invalid;
    }
    if (!(replies.apply(reference.group(1)) instanceof Result.Answered reply)) {
      throw invalid.message("the sub request referred to is not executed");
    }
    if (reply.failed()) {
      throw invalid.message("the sub request referred to has failed");
    }
    JsonNode value = at(reply.body(), reference.group(2));
    if (value == null || value.isNull()) {
      throw invalid.message("the reference given has no value");
    }
    return value;
  }

  private static @Nullable JsonNode at(@Nullable JsonNode body, String path) {
    JsonNode node = body;
    Matcher step = STEP.matcher(path).region(1, path.length());
    int end = 1;
    while (node != null && end < path.length()) {
      if (!step.find() || step.start() != end) {
        return null;
      }
      end = step.end();
      node =
          step.group(2) != null
              ? node.get(Integer.parseInt(step.group(2)))
              : node.get(step.group(1) == null ? step.group(3) : step.group(1));
    }
    return node;
  }
}
