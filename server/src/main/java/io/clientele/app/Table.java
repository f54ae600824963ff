package io.clientele.app;

import io.clientele.http.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that a command lists: aligned for people, JSON for scripts. */
final class Table {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... columns) {
    this.columns = List.of(columns);
  }

  void add(String... values) {
    rows.add(List.of(values));
  }

  void print(PrintWriter out, boolean asJson) {
    if (asJson) {
      out.println(Json.MAPPER.writeValueAsString(rows.stream().map(this::named).toList()));
      return;
    }
    print(out, columns);
    rows.forEach(row -> print(out, row));
  }

  private Map<String, String> named(List<String> row) {
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i), row.get(i));
    }
    return named;
  }

  private void print(PrintWriter out, List<String> row) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = columns.get(i).length();
      width =
          Math.max(
              width, rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0));
      line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
    }
    out.println(line.toString().stripTrailing());
  }
}
