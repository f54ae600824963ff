package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.db.Transaction;
import io.clientele.http.Buffer;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FieldType.Reading;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** A record as the API shows it, as a tree, for operations that make other records of it. */
final class RecordTree {
  private RecordTree() {}

  static Optional<ObjectNode> read(
      Transaction tx,
      RecordSelects selects,
      Access access,
      Metadata metadata,
      Module module,
      long id,
      long userId) {
    RecordSelect select = selects.forSingle(metadata, module, List.of());
    var buffer = new Buffer();
    boolean[] there = {false};
    try (JsonGenerator json = Json.generator(buffer)) {
      var reading = new Reading(json, metadata, userId, true);
      tx.stream(
          select.sql("0", Rights.of(select, access, userId), sql("where t.\"id\" = ?", id)),
          rows -> {
            if (rows.next()) {
              there[0] = true;
              json.writeStartObject();
              select.writeKeys(rows, reading);
              Children.write(tx, selects, module, id, reading);
              json.writeEndObject();
            }
          });
    }
    return there[0] ? Optional.of((ObjectNode) Json.read(buffer.toByteArray())) : Optional.empty();
  }
}
