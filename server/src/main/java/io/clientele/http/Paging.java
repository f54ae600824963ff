package io.clientele.http;

import io.clientele.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Which page of a list a client wants: {@code page} from one, {@code per_page} at most 200. */
public record Paging(int page, int perPage) {
  private static final int MAXIMUM_PER_PAGE = 200;

  /** What a page shows of a list, and whether the list goes on. */
  public record Page<T>(Paging paging, List<T> items, boolean more) {}

  /**
   * @throws io.clientele.error.ApiError PATTERN_NOT_MATCHED about the parameter
   */
  public static Paging of(Call call) {
    return of(call, MAXIMUM_PER_PAGE);
  }

  /** The same where {@code maximum} is the most a page holds, and what it holds by itself. */
  public static Paging of(Call call, int maximum) {
    return new Paging(
        number(call, "page", 1, Integer.MAX_VALUE), number(call, "per_page", maximum, maximum));
  }

  /** How many rows stand before the page. */
  public long offset() {
    return (page - 1L) * perPage;
  }

  /** The page of a list that is there whole. */
  public <T> Page<T> of(List<T> all) {
    int from = (int) Math.min(offset(), all.size());
    int to = Math.min(from + perPage, all.size());
    return new Page<>(this, all.subList(from, to), to < all.size());
  }

  /** The page when one row more than it holds was asked for. */
  public <T> Page<T> ofOneMore(List<T> rows) {
    boolean more = rows.size() > perPage;
    return new Page<>(this, more ? rows.subList(0, perPage) : rows, more);
  }

  /** The keys of {@code info}. */
  public void info(Keys keys, int count, boolean more) {
    keys.number("per_page", perPage)
        .number("count", count)
        .number("page", page)
        .flag("more_records", more);
  }

  private static int number(Call call, String name, int otherwise, int maximum) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    int number = 0;
    try {
      number = Integer.parseInt(text.get().strip());
    } catch (NumberFormatException e) {
      // zero is refused below
    }
    if (number < 1 || number > maximum) {
      throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", name);
    }
    return number;
  }
}
