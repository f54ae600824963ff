package io.clientele.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    values.computeIfAbsent(withoutNul(name), key -> new ArrayList<>()).add(withoutNul(value));
    return this;
  }

  public Optional<String> first(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.getFirst());
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** As a query string. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(value -> encode(entry.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String decode(String text) {
    try {
      return withoutNul(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** NUL names nothing anywhere, and the database refuses it even to look. */
  private static String withoutNul(String text) {
    return text.replace('\0', '\ufffd');
  }
}
