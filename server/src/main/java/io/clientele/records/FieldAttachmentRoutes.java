package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.types.FilesType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files in the fields of records, by their own ids. */
public final class FieldAttachmentRoutes {
  private static final String ID = "fields_attachment_id";

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final FileStorage files;

  public FieldAttachmentRoutes(
      Database database,
      MetadataCache cache,
      ModuleTables tables,
      Access access,
      FileStorage files) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.files = files;
  }

  public void addTo(RouteTable routes) {
    routes.api(
        "GET",
        "/{module}/{id}/actions/download_fields_attachment",
        Scope.modules(Operation.READ),
        this::download);
  }

  /**
   * A file of one of the record's file and image fields, as a download.
   *
   * <p>Errors: REQUIRED_PARAM_MISSING, INVALID_MODULE, INVALID_DATA for the record and for the
   * file, NO_PERMISSION. Reference: Download Field Attachments.
   */
  private Reply download(Call call) {
    Metadata metadata = cache.of(call.caller());
    Module module = RecordRoutes.writable(call, metadata);
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    long id = PathId.parse(call.requiredQuery(ID)).orElse(0L);
    long recordId = PathId.find(call, "id").orElseThrow(FieldAttachmentRoutes::unknownRecord);
    List<Field> fields =
        module.fields().stream().filter(field -> field.type() instanceof FilesType).toList();
    Sql record =
        sql("select \"id\"" + columns(fields) + " from " + tables.of(metadata, module) + " t")
            .then("where t.\"id\" = ? and", recordId)
            .then(access.rows(metadata, userId, Action.READ, module));
    StoredFile file =
        database.read(
            tx ->
                fileId(tx, record, fields, id)
                    .flatMap(fileId -> FileStorage.find(tx, metadata.org(), fileId))
                    .orElseThrow(FieldAttachmentRoutes::unknownFile));
    return files.download(metadata.org(), file);
  }

  private static String columns(List<Field> fields) {
    return fields.stream()
        .map(field -> ", t." + Sql.identifier(field.column()) + "::text")
        .collect(Collectors.joining());
  }

  private static Optional<String> fileId(Transaction tx, Sql record, List<Field> fields, long id) {
    return tx.find(
            record,
            row -> {
              Optional<String> found = Optional.empty();
              for (int i = 0; i < fields.size() && found.isEmpty(); i++) {
                found = FileList.of(fields.get(i), row.getString(i + 2)).fileId(id);
              }
              return found;
            })
        .orElseThrow(FieldAttachmentRoutes::unknownRecord);
  }

  private static ApiError unknownRecord() {
    return RecordRoutes.unknownId("the id given seems to be invalid");
  }

  private static ApiError unknownFile() {
    return ErrorCode.INVALID_DATA
        .with("param_name", ID)
        .message("the id given seems to be invalid");
  }
}
