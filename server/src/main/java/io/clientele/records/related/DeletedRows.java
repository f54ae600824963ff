package io.clientele.records.related;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.relatedlists.Relation;
import io.clientele.metadata.relatedlists.Relation.Links;
import io.clientele.metadata.relatedlists.Relation.Lookup;
import io.clientele.metadata.types.FieldType.Reading;
import io.clientele.metadata.types.Moments;
import io.clientele.records.RecordSelect;
import io.clientele.records.Within;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The rows that are related to a record in the recycle bin. Lookups keep its id; links were deleted
 * with it and lie beside it.
 */
record DeletedRows(Metadata metadata, ModuleTables tables, RelatedCall related) {
  /** The record, if it is in the recycle bin. */
  Sql parent() {
    return sql(
        "select d.id from "
            + metadata.org().table("deleted_record")
            + " d where d.id = ? and d.module_id = ? and not d.permanent",
        related.id(),
        related.module().id());
  }

  /** The rows of a list; empty for lists that are of neither kind. */
  Optional<Within> within(Relation relation) {
    return switch (relation) {
      case Lookup lookup when !goesAlong(lookup.rows()) ->
          Optional.of(related.rows(tables).within(lookup));
      case Links links -> Optional.of(links(links));
      case Lookup lookup -> Optional.empty();
      case Relation.Items items -> Optional.empty();
      case Relation.Several several -> Optional.empty();
      case Relation.Participants people -> Optional.empty();
      case Relation.Nothing nothing -> Optional.empty();
    };
  }

  /** Notes and attachments were deleted with their record. */
  private static boolean goesAlong(Module rows) {
    return rows.apiName().equals("Notes") || rows.apiName().equals("Attachments");
  }

  private Within links(Links relation) {
    String column = relation.other().column().replace("'", "''");
    return new Within(
        "$member_info",
        sql(
            "join "
                + metadata.org().table("deleted_record")
                + " l on l.parent_id = ? and l.module_id = ? and (l.body->>'"
                + column
                + "')::bigint = t.\"id\"",
            related.id(),
            relation.links().id()),
        Sql.TRUE,
        Optional.empty(),
        (select, names) -> memberInfo(select));
  }

  private static void memberInfo(RecordSelect select) {
    int id = select.add("l.id");
    int created = select.add("(l.body->>'created_time')::timestamptz");
    int modified = select.add("(l.body->>'modified_time')::timestamptz");
    select.key("$member_info", (row, reading) -> write(row, id, created, modified, reading));
  }

  private static void write(ResultSet row, int id, int created, int modified, Reading reading)
      throws SQLException {
    var json = reading.json();
    json.writeStartObject();
    json.writeStringProperty(
        "Modified_Time", Moments.format(Moments.seconds(row, modified), reading.zone()));
    json.writeStringProperty(
        "Created_Time", Moments.format(Moments.seconds(row, created), reading.zone()));
    json.writeStringProperty("id", Long.toString(row.getLong(id)));
    json.writeEndObject();
  }
}
