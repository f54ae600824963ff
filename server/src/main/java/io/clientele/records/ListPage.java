package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.CustomView;
import io.clientele.records.PageToken.Binding;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page lies in its list: the sorting, and the position by row number or by page token.
 * Positions are keys of rows, so a deep page costs what the first one does; only a view with a
 * sorting of its own counts rows.
 *
 * @param offset how many rows lie before the page, or after it when read backwards
 * @param sortColumn the column sorted by before the id, or an expression; empty when sorted by id
 *     alone
 * @param join the join that the expression needs; often empty
 */
record ListPage(
    ListQuery query,
    @Nullable PageToken token,
    int offset,
    Optional<String> sortColumn,
    String join,
    boolean ascending,
    boolean keyed,
    Optional<CustomView> view,
    Binding binding) {

  static ListPage of(
      ListQuery query,
      PageToken.Codec tokens,
      Binding binding,
      Optional<CustomView> view,
      Optional<Views.Sorting> viewSort) {
    PageToken token = query.pageToken().map(text -> tokens.read(text, binding)).orElse(null);
    int offset = token == null ? (query.page() - 1) * query.perPage() : token.offset();
    if (token != null && !token.backward() && offset >= ListQuery.ROWS_BY_TOKEN) {
      throw ErrorCode.PAGINATION_LIMIT_EXCEEDED.with("param_name", "page_token");
    }
    Optional<String> sortColumn =
        viewSort
            .map(Views.Sorting::expression)
            .or(
                () ->
                    Optional.of(query.sortBy().toLowerCase(Locale.ROOT))
                        .filter(column -> !column.equals("id"))
                        .map(column -> "t." + Sql.identifier(column)));
    String join = viewSort.map(Views.Sorting::join).orElse("");
    if (token != null && token.backward() && viewSort.isPresent()) {
      offset = Math.max(0, offset - query.perPage()); // rows are counted from the first
    }
    boolean ascending = viewSort.isPresent() ? view.orElseThrow().ascending() : query.ascending();
    return new ListPage(
        query, token, offset, sortColumn, join, ascending, viewSort.isEmpty(), view, binding);
  }

  /** Whether the page ends at its position instead of beginning there. */
  boolean backward() {
    return token != null && token.backward() && keyed;
  }

  /** Whether it is the newest or oldest records from some id on, and nothing else was asked for. */
  boolean walksIds() {
    return keyed && !backward() && sortColumn.isEmpty() && view.isEmpty() && query.ids().isEmpty();
  }

  /**
   * The rows on this side of the position.
   *
   * @param id what has the row's id
   */
  Sql position(String id) {
    if (token == null || !keyed) {
      return Sql.TRUE;
    }
    String than = ascending == backward() ? " < " : " > ";
    PageToken at = Objects.requireNonNull(token);
    return sortColumn.isPresent()
        ? sql(
            "(" + qualified() + ", " + id + ")" + than + "(to_timestamp(?), ?)",
            (double) at.sortValue(),
            at.id())
        : sql(id + than + "?", at.id());
  }

  /** The sorting of the reply. */
  Sql order() {
    return order(ascending);
  }

  /** The sorting in which the rows nearest to the position come first. */
  Sql orderFromPosition() {
    return order(ascending != backward());
  }

  private Sql order(boolean up) {
    String direction = up ? " asc" : " desc";
    String by = sortColumn.isPresent() ? qualified() + direction + " nulls last, " : "";
    if (keyed && sortColumn.isPresent()) {
      by = qualified() + direction + ", ";
    }
    return sql("order by " + by + "t.\"id\"" + direction);
  }

  /**
   * One row more than the page has, to know whether there are more. It is no bind: a plan kept for
   * all binds would be made for a tenth of the rows, so PostgreSQL would make one at each call.
   */
  Sql limit() {
    Sql limit = sql("limit " + (query.perPage() + 1));
    return offset > 0 && (token == null || !keyed) ? limit.then("offset ?", offset) : limit;
  }

  /**
   * As many rows, in any order, are not worth sorting: fewer were expected, so they are not sure to
   * be all that were asked for.
   */
  int tooMany() {
    return 2 * (query.perPage() + 1);
  }

  /** The moment a position of this list needs beside the id. */
  String sortValue() {
    return keyed && sortColumn.isPresent() ? qualified() : "null::timestamptz";
  }

  private String qualified() {
    return sortColumn.orElseThrow();
  }
}
