package io.clientele.coql;

import io.clientele.db.Sql;
import io.clientele.metadata.types.FieldType.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.core.SerializableString;

/**
 * A plan as SQL, and how each row of it becomes JSON.
 *
 * @param limit how many rows are answered; the statement finds one more, if there is one
 */
record Statement(Sql sql, List<Cell> cells, int limit) {
  /** One key of the objects answered. */
  record Cell(SerializableString key, Writer writer) {}

  interface Writer {
    void write(ResultSet row, Reading reading) throws SQLException;
  }

  void write(ResultSet row, Reading reading) throws SQLException {
    reading.json().writeStartObject();
    for (Cell cell : cells) {
      reading.json().writeName(cell.key);
      cell.writer.write(row, reading);
    }
    reading.json().writeEndObject();
  }
}
