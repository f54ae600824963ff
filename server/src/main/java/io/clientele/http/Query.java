package io.clientele.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameters as a query string or a form body carries them, in order. */
public final class Query {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** Reads {@code a=1&b=2}; what cannot be decoded is taken as it stands. */
  public static Query parse(String text) {
    var query = new Query();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        query.add(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  public Query add(String name, String value) {
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    return this;
  }

  public Optional<String> first(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.getFirst());
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** Decodes percent signs; a NUL, which no text in the database can have, becomes U+FFFD. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    } catch (IllegalArgumentException e) {
      return text.replace('\0', '\uFFFD');
    }
  }
}
