package io.clientele.records.timeline;

import io.clientele.records.PageToken;
import io.clientele.records.timeline.TimelineEntries.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a page, in order, and the tokens of those beside it. */
record TimelinePage(TimelineQuery query, List<Entry> entries, int begin, boolean more) {
  /**
   * @param found one more than the page has, nearest to its position first
   */
  static TimelinePage of(TimelineQuery query, List<Entry> found) {
    boolean beyond = found.size() > query.perPage();
    List<Entry> entries = found.subList(0, Math.min(found.size(), query.perPage()));
    if (!query.backward()) {
      return new TimelinePage(query, entries, query.offset(), beyond);
    }
    int begin = beyond ? Math.max(1, query.offset() - entries.size()) : 0;
    return new TimelinePage(query, entries.reversed(), begin, true);
  }

  int number() {
    return begin / query.perPage() + 1;
  }

  @Nullable String next(Instant expiry) {
    return more ? token(begin + entries.size(), false, entries.getLast(), expiry) : null;
  }

  @Nullable String previous(Instant expiry) {
    return begin > 0 ? token(begin, true, entries.getFirst(), expiry) : null;
  }

  /** It carries how many entries a page has, which no call may say beside it. */
  private String token(int offset, boolean backward, Entry at, Instant expiry) {
    var token = new PageToken(offset, backward, query.perPage(), at.id(), expiry);
    return query.tokens().write(token, query.binding());
  }
}
