package io.clientele.records;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.records.RecordSelect.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The keys of a record that tell whether its reader can change it. */
final class LockKeys {
  private LockKeys() {}

  /** What writes the key; empty when it is none of these. */
  static Optional<Writer> of(RecordSelect select, String name) {
    return switch (name) {
      case "$locked_for_me" -> {
        Locked locked = locked(select);
        yield Optional.of((row, reading) -> reading.json().writeBoolean(locked.is(row, reading)));
      }
      case "$editable" -> {
        Locked locked = locked(select);
        select.tellRights();
        yield Optional.of(
            (row, reading) ->
                reading
                    .json()
                    .writeBoolean(Rights.mayUpdate(select, row) && !locked.is(row, reading)));
      }
      default -> Optional.empty();
    };
  }

  private interface Locked {
    boolean is(ResultSet row, Reading reading) throws SQLException;
  }

  private static Locked locked(RecordSelect select) {
    Metadata metadata = select.metadata();
    Optional<RecordLocking> locking = RecordLocking.of(metadata, select.module());
    if (locking.isEmpty()) {
      return (row, reading) -> false;
    }
    int place = select.add(select.column("locked__s"));
    return (row, reading) ->
        row.getBoolean(place) && RecordLocks.stops(locking.get(), metadata, reading.userId());
  }
}
