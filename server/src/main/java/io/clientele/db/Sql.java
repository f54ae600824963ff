package io.clientele.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL: text with {@code ?} for each bind, and the binds in order. Pieces are put
 * together, never values into text.
 */
public record Sql(String text, List<@Nullable Object> binds) {
  public static final Sql EMPTY = new Sql("", List.of());
  public static final Sql TRUE = new Sql("true", List.of());

  /** {@code text} with one bind for each {@code ?} in it. */
  public static Sql sql(String text, @Nullable Object... binds) {
    return new Sql(text, Arrays.asList(binds));
  }

  /** This piece and then {@code other}, with a space between. */
  public Sql then(Sql other) {
    return join(" ", other);
  }

  public Sql then(String more, @Nullable Object... moreBinds) {
    return then(sql(more, moreBinds));
  }

  /** Both conditions. */
  public Sql and(Sql other) {
    if (this.equals(TRUE)) {
      return other;
    }
    return other.equals(TRUE) ? this : join(" and ", other);
  }

  /** Several pieces with {@code separator} between them. */
  public static Sql join(String separator, List<Sql> pieces) {
    int length = pieces.stream().mapToInt(piece -> piece.text.length() + separator.length()).sum();
    var text = new StringBuilder(length);
    var binds = new ArrayList<@Nullable Object>();
    for (Sql piece : pieces) {
      if (text.length() > 0) {
        text.append(separator);
      }
      text.append(piece.text);
      binds.addAll(piece.binds);
    }
    return new Sql(text.toString(), binds);
  }

  private Sql join(String separator, Sql other) {
    if (text.isEmpty()) {
      return other;
    }
    return other.text.isEmpty() ? this : join(separator, List.of(this, other));
  }

  /** {@code name} as a quoted SQL identifier. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
