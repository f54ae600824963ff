package io.clientele.http;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON reader and writer. */
public final class Json {
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static JsonGenerator generator(OutputStream out) {
    return MAPPER.createGenerator(out);
  }

  /** The object that {@code text} is, such as a parameter; empty when it is anything else. */
  public static Optional<JsonNode> object(String text) {
    try {
      return Optional.of(read(text.getBytes(StandardCharsets.UTF_8))).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Parses {@code bytes}, whatever content type they came with. */
  public static JsonNode read(byte[] bytes) throws JacksonException {
    try {
      return MAPPER.readTree(bytes);
    } catch (NumberFormatException e) {
      // an exponent beyond what a BigDecimal holds, which Jackson does not wrap
      throw new StreamConstraintsException("number out of range");
    }
  }
}
