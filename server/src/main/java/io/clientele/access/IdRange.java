package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The first rows of a list in the order of the ids.
 *
 * @param position the condition that a row lies behind where the list begins, of what has its id
 * @param rows how many rows are enough
 * @param end the id of the last row to look for, where it is known; then all rows up to it are
 *     found, however many
 */
public record IdRange(
    Function<String, Sql> position, boolean ascending, int rows, OptionalLong end) {
  Sql order(String id) {
    return sql("order by " + id + (ascending ? "" : " desc"));
  }
}
