package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code datetime} and {@code event_reminder}: a moment, to the second, with an offset. Offsets are
 * taken with or without colon; replies have the user's offset, with colon.
 */
record DateTimeType(String dataType) implements FieldType {
  private static final Column COLUMN = new Column("timestamptz", "text");

  /** In the year 5, and the beginning of 9999-12-31: four digits of year in every zone. */
  private static final long FIRST = -62_000_000_000L;

  private static final long LAST = 253_402_214_400L;
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2})");

  @Override
  public String jsonType() {
    return "string";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(COLUMN);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull() || (json.isString() && json.stringValue().isEmpty())) {
      return null;
    }
    if (!json.isString()) {
      throw Invalid.type("datetime", field, path);
    }
    return parse(json.stringValue())
        .map(Instant::toString)
        .orElseThrow(() -> Invalid.type("datetime", field, path));
  }

  /** The moment that {@code text} names; empty when it is not of the form. */
  static Optional<Instant> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String offset = form.group(4);
    String colon =
        offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset;
    String seconds = form.group(2) == null ? ":00" : form.group(2);
    try {
      Instant moment = OffsetDateTime.parse(form.group(1) + seconds + colon).toInstant();
      boolean inRange = moment.getEpochSecond() > FIRST && moment.getEpochSecond() < LAST;
      return inRange ? Optional.of(moment.truncatedTo(ChronoUnit.SECONDS)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    long seconds = Moments.seconds(row, column);
    if (row.wasNull()) {
      reading.json().writeNull();
    } else {
      byte[] utf8 = Moments.utf8(seconds, reading.zone());
      reading.json().writeRawUTF8String(utf8, 0, utf8.length);
    }
  }
}
