package io.clientele.records;

import io.clientele.http.ApiVersion;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Writes the rows of one page and, behind them, {@code info}. */
final class ListRows {
  private final RecordSelect select;
  private final ListPage page;
  private final PageToken.Codec tokens;
  private final ApiVersion version;
  private final Instant now;
  private int begin;
  private int count;
  private boolean more;
  private long endId;
  private long firstId;
  private long firstValue;
  private long lastId;
  private long lastValue;

  /** Where in a result the row of an id stands. */
  private record Place(long id, int row) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Long.compare(id, other.id);
    }
  }

  /** Goes on to the next row to write, if there is one. */
  private interface Next {
    boolean row() throws SQLException;
  }

  ListRows(
      RecordSelect select, ListPage page, PageToken.Codec tokens, ApiVersion version, Instant now) {
    this.select = select;
    this.page = page;
    this.tokens = tokens;
    this.version = version;
    this.now = now;
    this.begin = page.offset();
    this.more = page.backward();
  }

  /** How many rows lie before the page, where that is known only after a look. */
  void begins(int rowsBefore) {
    begin = rowsBefore;
  }

  int count() {
    return count;
  }

  /** The id of the row behind the page, which tells that there are more; empty at the last page. */
  OptionalLong end() {
    return endId == 0 ? OptionalLong.empty() : OptionalLong.of(endId);
  }

  void write(ResultSet rows, Reading reading) throws SQLException {
    write(rows, rows::next, reading);
  }

  /**
   * The same of rows that come in any order, in that of their ids; nothing when they are {@link
   * ListPage#tooMany}.
   */
  void writeSorted(ResultSet rows, Reading reading) throws SQLException {
    List<Place> places = new ArrayList<>();
    while (rows.next()) {
      places.add(new Place(rows.getLong(1), rows.getRow()));
    }
    if (places.size() == page.tooMany()) {
      return;
    }
    Collections.sort(places);
    Iterator<Place> sorted = (page.ascending() ? places : places.reversed()).iterator();
    write(rows, () -> sorted.hasNext() && rows.absolute(sorted.next().row()), reading);
  }

  private void write(ResultSet rows, Next next, Reading reading) throws SQLException {
    JsonGenerator json = reading.json();
    int sortPlace = select.width() + 1;
    json.writeStartObject();
    json.writeArrayPropertyStart("data");
    while (next.row()) {
      if (count == page.query().perPage()) {
        more = true;
        endId = rows.getLong(1);
        break;
      }
      lastId = rows.getLong(1);
      lastValue = Moments.seconds(rows, sortPlace);
      if (count++ == 0) {
        firstId = lastId;
        firstValue = lastValue;
      }
      select.write(rows, reading);
    }
    json.writeEndArray();
    info(json, reading);
    json.writeEndObject();
  }

  private void info(JsonGenerator json, Reading reading) {
    ListQuery query = page.query();
    json.writeObjectPropertyStart("info");
    if (version.hasPageTokens()) {
      json.writeBooleanProperty("call", false);
    }
    json.writeNumberProperty("per_page", query.perPage());
    if (version.hasPageTokens()) {
      Instant expiry = now.plus(PageToken.LIFETIME);
      String next = more ? token(begin + count, false, lastValue, lastId, expiry) : null;
      String previous = begin > 0 ? token(begin, true, firstValue, firstId, expiry) : null;
      json.writeStringProperty("next_page_token", next);
      json.writeStringProperty("sort_by", query.sortBy());
      json.writeStringProperty("previous_page_token", previous);
      json.writeStringProperty(
          "page_token_expiry",
          next == null && previous == null ? null : Moments.format(expiry, reading.zone()));
      json.writeStringProperty("sort_order", query.ascending() ? "asc" : "desc");
      json.writeBooleanProperty("email", false);
    }
    json.writeNumberProperty("count", count);
    json.writeNumberProperty(
        "page", page.token() == null ? query.page() : begin / query.perPage() + 1);
    json.writeBooleanProperty("more_records", more);
    json.writeEndObject();
  }

  private String token(int offset, boolean backward, long value, long id, Instant expiry) {
    return tokens.write(new PageToken(offset, backward, value, id, expiry), page.binding());
  }
}
