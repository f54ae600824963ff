package io.clientele.imports;

import io.clientele.records.CellValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The users that a backup tells of, in files as those of a module. */
final class BackupUsers {
  private BackupUsers() {}

  static List<SourceUser> read(List<CsvPart> files) {
    var read = new ArrayList<SourceUser>();
    for (CsvPart file : files) {
      file.read(
          (headings, rows) -> {
            rows.forEachRemaining(cells -> user(headings, cells).ifPresent(read::add));
            return true;
          });
    }
    return read;
  }

  private static Optional<SourceUser> user(List<String> headings, List<String> cells) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < Math.min(headings.size(), cells.size()); i++) {
      values.putIfAbsent(Headings.word(headings.get(i)), cells.get(i).strip());
    }
    String id = first(values, "recordid", "userid", "id");
    String email = first(values, "email", "useremail");
    if (id.isEmpty() || email.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceUser(
            CellValues.bareId(id),
            email,
            first(values, "firstname"),
            first(values, "lastname", "fullname", "name"),
            first(values, "role", "rolename"),
            first(values, "profile", "profilename")));
  }

  private static String first(Map<String, String> values, String... names) {
    for (String name : names) {
      String value = values.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
