package io.clientele.records;

import io.clientele.records.RecordSelect.Writer;
import java.util.List;

/** The keys of a note that are no fields and begin with {@code $}. */
final class NoteKeys {
  private static final List<String> ALL =
      List.of(
          "$attachments",
          "$is_shared_to_client",
          "$editable",
          "$sharing_permission",
          "$size",
          "$state",
          "$voice_note");

  private NoteKeys() {}

  /**
   * Adds those that the client named; all of them for a single note without named fields.
   *
   * @param attachments the table of attachments
   */
  static void add(RecordSelect select, String attachments, List<String> names, boolean single) {
    for (String name : names.isEmpty() && single ? ALL : names) {
      switch (name) {
        case "$attachments" -> select.key(name, attachments(select, attachments));
        case "$size" -> select.key(name, (row, reading) -> reading.json().writeNull());
        case "$is_shared_to_client", "$voice_note" ->
            select.key(name, (row, reading) -> reading.json().writeBoolean(false));
        default -> DollarKeys.add(select, name);
      }
    }
  }

  /** The files of the note, put together by the database: most notes have none. */
  private static Writer attachments(RecordSelect select, String attachments) {
    int place =
        select.add(
            "coalesce((select json_agg(json_build_object('id', a.\"id\"::text, 'File_Name',"
                + " a.\"file_name\", 'Size', a.\"size\"::text) order by a.\"id\")::text from "
                + attachments
                + " a where a.\"parent_id\" = t.\"id\"), '[]')");
    return (row, reading) -> reading.json().writeRawValue(row.getString(place));
  }
}
