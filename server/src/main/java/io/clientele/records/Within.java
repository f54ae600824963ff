package io.clientele.records;

import io.clientele.db.Sql;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A part of a module's rows, such as those related to one record, for the operations that list and
 * read records: they show nothing outside it.
 *
 * @param key tells its keys from those of other parts, so that statements can be kept; empty when
 *     it adds none
 * @param join what is joined to the module's table, aliased {@code t}; each of its rows must stay
 *     one row
 * @param where which rows belong to it
 * @param sameId a column of the join that is always the row's id: a deep page begins at its place
 *     there too; empty when there is none
 * @param keys adds what each row shows beside the fields named
 */
public record Within(
    String key,
    Sql join,
    Sql where,
    Optional<String> sameId,
    BiConsumer<RecordSelect, List<String>> keys) {
  /** All rows of the module. */
  public static final Within ALL = of(Sql.TRUE);

  /** The rows for which a condition holds, as they are. */
  public static Within of(Sql where) {
    return new Within("", Sql.EMPTY, where, Optional.empty(), (select, names) -> {});
  }

  /** The rows of it for which a condition holds. */
  public Within and(Sql condition) {
    return new Within(key, join, where.and(condition), sameId, keys);
  }
}
