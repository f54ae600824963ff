package io.clientele.metadata.types;

import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL's array literals, for arrays that travel as elements of arrays. */
final class Arrays {
  private Arrays() {}

  static String literal(List<?> values) {
    return values.stream()
        .map(value -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}
