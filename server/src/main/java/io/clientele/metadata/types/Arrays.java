package io.clientele.metadata.types;

import java.util.ArrayList;
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

  /** The elements of a literal of texts, none of which is null. */
  static List<String> values(String literal) {
    var values = new ArrayList<String>();
    var value = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (int i = 1; i < literal.length(); i++) {
      char c = literal.charAt(i);
      boolean end = i == literal.length() - 1;
      if (c == '\\') {
        value.append(literal.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (!quoted && (c == ',' || end)) {
        if (any || value.length() > 0) {
          values.add(value.toString());
        }
        value.setLength(0);
        any = false;
      } else {
        value.append(c);
      }
    }
    return values;
  }
}
