package io.clientele.imports;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attachments of another server: by one list of all, and where that is not offered by a list for
 * each record that was imported.
 */
final class ServerAttachments {
  private static final String V8 = "/crm/v8/";
  private static final String NAME = "Attachments";
  private static final String LINK = "$link_url";
  private static final List<String> FIELDS =
      List.of(
          "File_Name",
          "Size",
          "Parent_Id",
          "Owner",
          "Created_By",
          "Created_Time",
          "Modified_By",
          "Modified_Time");

  /** What is answered for a record that is gone by now, or a module whose records have none. */
  private static final Set<String> NONE =
      Set.of(
          "INVALID_DATA",
          "INVALID_MODULE",
          "INVALID_URL_PATTERN",
          "NOT_SUPPORTED",
          "RECORD_NOT_FOUND");

  private static final int GONE = 404;

  /** Records whose attachments are one file. */
  private static final int RECORDS = 500;

  private final ApiClient api;
  private final WorkFiles files;
  private final ServerPages pages;
  private @Nullable Imported imported;
  private boolean byRecord;

  ServerAttachments(ApiClient api, WorkFiles files, ServerPages pages) {
    this.api = api;
    this.files = files;
    this.pages = pages;
  }

  void into(Imported there) {
    imported = there;
  }

  /**
   * @param modules those whose records can have some
   */
  Optional<CsvPart> part(int number, List<String> modules) {
    if (!byRecord) {
      try {
        return pages.listed(NAME, FIELDS, number);
      } catch (ApiClient.Refused e) {
        if (number > 1 && !records().isBegun()) {
          throw e; // in the middle of the list, after which records do not begin anew
        }
        byRecord = true;
      }
    }
    return ofRecords(number, modules);
  }

  private Imported records() {
    return Objects.requireNonNull(imported);
  }

  private Optional<CsvPart> ofRecords(int number, List<String> modules) {
    String csv = NAME + "_" + number + ".csv";
    if (!files.has(csv)) {
      List<Owner> some =
          records().some(number, modules, RECORDS).stream()
              .map(row -> new Owner(row.module(), Long.toString(row.id())))
              .toList();
      if (some.isEmpty()) {
        return Optional.empty();
      }
      var rows = new ArrayList<JsonNode>();
      some.forEach(owner -> list(owner).forEach(rows::add));
      files.make(csv, file -> ServerPages.write(file, FIELDS, rows));
    }
    Path file = files.path(csv);
    return Optional.of(new CsvPart(NAME + " " + number, () -> Files.newInputStream(file)));
  }

  /** A record that may have attachments. */
  private record Owner(String module, String id) {
    String path() {
      return V8 + module + "/" + id + "/" + NAME;
    }
  }

  private List<JsonNode> list(Owner owner) {
    var rows = new ArrayList<JsonNode>();
    String path = owner.path() + "?per_page=200&fields=" + String.join(",", FIELDS);
    boolean more = true;
    try {
      for (int page = 1; more; page++) {
        JsonNode reply = api.get(path + "&page=" + page);
        for (JsonNode row : reply.path("data")) {
          ((ObjectNode) row)
              .put("$se_module", owner.module)
              .putObject("Parent_Id")
              .put("id", owner.id);
          rows.add(row);
        }
        more = reply.path("info").path("more_records").asBoolean(false);
      }
    } catch (ApiClient.Refused e) {
      if (e.status() != GONE && !NONE.contains(e.code())) {
        throw e;
      }
    }
    return rows;
  }

  Optional<InputStream> content(AttachmentRow row) {
    try {
      return api.download(new Owner(row.module(), row.parentId()).path() + "/" + row.id());
    } catch (ApiClient.Refused e) {
      return Optional.empty();
    }
  }

  Optional<String> link(AttachmentRow row) {
    String path = new Owner(row.module(), row.parentId()).path();
    try {
      return api.get(path + "?fields=File_Name," + LINK + "&ids=" + row.id())
          .path("data")
          .valueStream()
          .filter(one -> one.path("id").asString("").equals(row.id()))
          .filter(one -> one.path(LINK).isString())
          .map(one -> one.path(LINK).asString())
          .findFirst();
    } catch (ApiClient.Refused e) {
      return Optional.empty();
    }
  }
}
