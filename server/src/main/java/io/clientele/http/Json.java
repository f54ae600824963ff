package io.clientele.http;

import java.io.OutputStream;
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

  static JsonGenerator generator(OutputStream out) {
    return MAPPER.createGenerator(out);
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
