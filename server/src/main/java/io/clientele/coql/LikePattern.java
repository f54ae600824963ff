package io.clientele.coql;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.criteria.Kind;
import io.clientele.records.ComparisonSql;

/** What stands behind LIKE: {@code %} is any text, and nothing else is special. */
record LikePattern(String pattern) {
  Sql condition(ComparisonSql comparison, Kind kind, Operator operator) {
    boolean opened = pattern.startsWith("%");
    boolean ended = pattern.length() > 1 && pattern.endsWith("%");
    String body = pattern.substring(opened ? 1 : 0, pattern.length() - (ended ? 1 : 0));
    if (kind == Kind.TEXT && (body.isEmpty() || body.contains("%"))) {
      return sql(comparison.column() + (not(operator) ? " not" : "") + " ilike ?", plain());
    }
    String any = kind == Kind.CHOICES ? "like" : "contains";
    String comparator =
        opened && ended ? any : opened ? "ends_with" : ended ? "starts_with" : "equal";
    var value = Json.MAPPER.createArrayNode().add(body);
    return comparison.of(not(operator) ? "not_" + any : comparator, value);
  }

  private static boolean not(Operator operator) {
    return operator == Operator.NOT_LIKE;
  }

  private String plain() {
    return pattern.replace("\\", "\\\\").replace("_", "\\_");
  }
}
