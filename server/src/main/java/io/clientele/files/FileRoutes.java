package io.clientele.files;

import static io.clientele.error.ErrorCode.FILE_SIZE_MORE_THAN_ALLOWED_SIZE;
import static io.clientele.error.ErrorCode.failure_in_attachment_handling;

import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /files}: uploads that are not yet part of a record, and any file by its id. */
public final class FileRoutes {
  private static final String SCOPE = "files";
  private static final int FILES = 10;
  private static final long BYTES = 20L << 20;
  private static final String INLINE = "inline";
  private static final String OF_TEMPLATE = "email_template";

  private static final UploadLimits LIMITS =
      new UploadLimits(
          FILES,
          BYTES,
          ErrorCode.INVALID_REQUEST
              .error()
              .message(
                  "unable to process your request. please verify whether you have entered proper"
                      + " method name, parameter and parameter values."),
          FILE_SIZE_MORE_THAN_ALLOWED_SIZE.error(),
          failure_in_attachment_handling.error(),
          file -> Optional.empty());

  private final Database database;
  private final MetadataCache cache;
  private final FileStorage files;
  private final FileAccess access;

  public FileRoutes(Database database, MetadataCache cache, FileStorage files, FileAccess access) {
    this.database = database;
    this.cache = cache;
    this.files = files;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes
        .post("/files", SCOPE, call -> files.handle(call, () -> upload(call)))
        .get("/files", SCOPE, this::get);
  }

  /**
   * Keeps up to ten files of 20 MB for their uploader to use; answers the id of each.
   *
   * <p>Errors: failure_in_attachment_handling without a file or with an empty one, INVALID_REQUEST
   * for more than ten, FILE_SIZE_MORE_THAN_ALLOWED_SIZE. Reference: Upload Files to Zoho File
   * System (ZFS).
   */
  private Reply upload(Call call) {
    checkInline(call, "type");
    checkInline(call, INLINE);
    Org org = cache.of(call.caller()).org();
    List<Upload.Content> contents = files.receive(call, org, LIMITS).files();
    if (contents.isEmpty() || contents.stream().anyMatch(content -> content.size() == 0)) {
      throw failure_in_attachment_handling.error();
    }
    List<StoredFile> kept =
        database.write(
            tx ->
                contents.stream()
                    .map(
                        content ->
                            files.add(tx, org, content, call.caller().userId(), Optional.empty()))
                    .toList());
    return Reply.list("data", kept, FileRoutes::write);
  }

  private static void write(Keys keys, StoredFile file) {
    keys.text("status", "success")
        .text("code", "SUCCESS")
        .text("message", file.name() + " uploaded successfully")
        .object("details", details -> details.text("name", file.name()).text("id", file.id()));
  }

  /** The parameter is called type in the manual, inline in the newest page. */
  private static void checkInline(Call call, String name) {
    if (!call.query(name).orElse(INLINE).equals(INLINE)) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", name)
          .with("supported_values", List.of(INLINE));
    }
  }

  /**
   * The file with an id, as a download; 204 when there is none that the user may read. With {@code
   * type=email_template} it is named by the template's id and the attachment's beside its own.
   *
   * <p>Errors: REQUIRED_PARAM_MISSING; INVALID_DATA about an id of the three that is missing.
   * Reference: Get Files.
   */
  private Reply get(Call call) {
    if (call.query("type").filter(OF_TEMPLATE::equals).isPresent()) {
      String id = required(call, "file_id", "file");
      String template = required(call, "template_id", "template");
      String attachment = required(call, "attach_id", "attachment");
      return download(
          call,
          id,
          file ->
              file.use()
                  .filter(use -> use.moduleId() == FileAccess.OF_THE_ORG)
                  .filter(use -> Long.toString(use.recordId()).equals(template))
                  .filter(use -> Long.toString(use.placeId()).equals(attachment))
                  .isPresent());
    }
    return download(call, call.query("id").orElseThrow(FileRoutes::withoutId), file -> true);
  }

  private static String required(Call call, String name, String word) {
    return call.query(name)
        .filter(id -> !id.isEmpty())
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("param_name", name)
                    .message("required " + word + " id param not found"));
  }

  private Reply download(Call call, String id, Predicate<StoredFile> asked) {
    Metadata metadata = cache.of(call.caller());
    return database
        .read(
            tx ->
                FileStorage.find(tx, metadata.org(), id)
                    .filter(file -> file.sha256().isPresent())
                    .filter(asked)
                    .filter(file -> access.readable(tx, metadata, call.caller().userId(), file)))
        .map(file -> files.download(metadata.org(), file))
        .orElseGet(Reply::noContent);
  }

  private static ApiError withoutId() {
    return ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "id");
  }
}
