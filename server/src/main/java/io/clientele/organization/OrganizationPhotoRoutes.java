package io.clientele.organization;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileAccess;
import io.clientele.files.FileStorage;
import io.clientele.files.Images;
import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.files.UploadLimits;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /org/photo}: the logo of the org, which {@code photo_id} of the org tells. */
public final class OrganizationPhotoRoutes {
  private static final String SCOPE = "org";
  private static final String PATH = "/org/photo";
  private static final String KEY = "photo_id";
  private static final long BYTES = 1L << 20;

  private static final ApiError TOO_LARGE =
      ErrorCode.FILE_SIZE_MORE_THAN_ALLOWED_SIZE
          .error()
          .message("Please check if the file size is in the correct range");

  private static final UploadLimits LIMITS =
      new UploadLimits(
          1,
          BYTES,
          invalid("The request contains more than one file"),
          TOO_LARGE,
          invalid("The request does not contain any file"),
          Images.photo(invalid("Invalid file type"), pixels -> TOO_LARGE));

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;
  private final FileStorage files;

  public OrganizationPhotoRoutes(
      Database database,
      MetadataCache cache,
      MetadataChanges changes,
      Access access,
      FileStorage files) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.access = access;
    this.files = files;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::get)
        .post(PATH, SCOPE, call -> files.handle(call, () -> upload(call)))
        .delete(PATH, SCOPE, this::delete);
  }

  /** The photo as a download; 204 when there is none. Reference: Get Organization Photo. */
  private Reply get(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    return photo(setting(metadata))
        .flatMap(id -> database.read(tx -> FileStorage.find(tx, metadata.org(), id)))
        .map(file -> files.download(metadata.org(), file))
        .orElseGet(Reply::noContent);
  }

  /**
   * Gives the org a photo, in place of the one it has: at most 1 MB and ten megapixels.
   *
   * <p>Errors: INVALID_DATA for what is no image or not one file, FILE_SIZE_MORE_THAN_ALLOWED_SIZE,
   * NO_PERMISSION. Reference: Upload Organization Photo.
   */
  private Reply upload(Call call) {
    Metadata metadata = allowed(call);
    Upload upload = files.receive(call, metadata.org(), LIMITS);
    Upload.Content photo = upload.files().stream().findFirst().orElseThrow(LIMITS::broken);
    return change(call, Optional.of(photo), "photo uploaded successfully");
  }

  /** Takes the photo away. Errors: NO_PERMISSION. Reference: Delete Organization Photo. */
  private Reply delete(Call call) {
    allowed(call);
    return change(call, Optional.empty(), "photo deleted successfully");
  }

  private Reply change(Call call, Optional<Upload.Content> photo, String message) {
    changes.change(
        call,
        change -> {
          Setting setting = setting(change.metadata());
          photo(setting)
              .ifPresent(id -> FileStorage.release(change.tx(), change.org(), List.of(id)));
          ObjectNode body = setting.copy();
          photo
              .map(content -> add(change, setting, content))
              .ifPresentOrElse(id -> body.put(KEY, id), () -> body.putNull(KEY));
          change.update(setting, body);
          return true;
        });
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("message", message)
                        .object("details", details -> {})
                        .text("status", "success")
                        .text("code", "SUCCESS")));
  }

  private String add(MetadataChange change, Setting setting, Upload.Content content) {
    var use = new Use(FileAccess.OF_THE_ORG, setting.id(), 0);
    return files.add(change.tx(), change.org(), content, change.userId(), Optional.of(use)).id();
  }

  private static Setting setting(Metadata metadata) {
    return metadata.settings("org").getFirst();
  }

  private static Optional<String> photo(Setting setting) {
    return Optional.of(setting.body().path(KEY).asString("")).filter(id -> !id.isEmpty());
  }

  private Metadata allowed(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    if (!Access.isAdministrator(metadata, call.caller().userId())) {
      throw ErrorCode.NO_PERMISSION.error().message("Permission denied to update");
    }
    return metadata;
  }

  private static ApiError invalid(String message) {
    return ErrorCode.INVALID_DATA.error().message(message);
  }
}
