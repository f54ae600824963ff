package io.clientele.records.photos;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.Images;
import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.files.UploadLimits;
import io.clientele.http.Call;
import io.clientele.http.Keys;
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
import io.clientele.metadata.types.ProfileImageType;
import io.clientele.records.LockedAction;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /{module}/{id}/photo}: the image of a record, which its field Record_Image tells. */
public final class PhotoRoutes {
  private static final String FIELD = "Record_Image";
  private static final String TRIGGERS = "restrict_triggers";
  private static final Set<String> KNOWN_TRIGGERS =
      Set.of("workflow", "approval", "blueprint", "pathfinder", "orchestration");
  private static final long BYTES = 10L << 20;

  private static final UploadLimits LIMITS =
      new UploadLimits(
          1,
          BYTES,
          invalid("The request contains more than one file"),
          ErrorCode.FILE_SIZE_EXCEEDS.with("size", BYTES),
          invalid("The request does not contain any file"),
          Images.photo(
              invalid("invalid file type").status(415),
              pixels -> ErrorCode.FILE_RESOLUTION_EXCEEDS.with("resolution", pixels)));

  private final Database database;
  private final MetadataCache cache;
  private final Records records;
  private final ModuleTables tables;
  private final Access access;
  private final FileStorage files;

  public PhotoRoutes(
      Database database,
      MetadataCache cache,
      Records records,
      ModuleTables tables,
      Access access,
      FileStorage files) {
    this.database = database;
    this.cache = cache;
    this.records = records;
    this.tables = tables;
    this.access = access;
    this.files = files;
  }

  public void addTo(RouteTable routes) {
    String path = "/{module}/{id}/photo";
    routes
        .api("GET", path, Scope.modules(Operation.READ), this::get)
        .api(
            "POST",
            path,
            Scope.modules(Operation.CREATE),
            call -> files.handle(call, () -> upload(call)))
        .api("DELETE", path, Scope.modules(Operation.DELETE), this::delete);
  }

  /** A record in the path, of a module whose records have photos. */
  private record Target(Metadata metadata, Module module, Field field, long id) {}

  private Target target(Call call) {
    Metadata metadata = cache.of(call.caller());
    Module module = metadata.require(call.path("module"));
    Field field =
        module
            .field(FIELD)
            .filter(one -> one.type() instanceof ProfileImageType)
            .filter(one -> module.apiSupported() && module.hasTable())
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_MODULE
                        .with("resource_path_index", 0)
                        .message("The given module is not supported in API"));
    long id = PathId.find(call, "id").orElseThrow(PhotoRoutes::unknown);
    return new Target(metadata, module, field, id);
  }

  /**
   * The photo as a download; 204 when the record has none.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record, NO_PERMISSION. Reference: Download a
   * Photo.
   */
  private Reply get(Call call) {
    Target target = target(call);
    long userId = call.caller().userId();
    access.require(target.metadata, userId, Action.READ, target.module);
    return database
        .read(
            tx ->
                find(tx, target, userId, Action.READ)
                    .orElseThrow(PhotoRoutes::unknown)
                    .flatMap(id -> FileStorage.find(tx, target.metadata.org(), id)))
        .map(file -> files.download(target.metadata.org(), file))
        .orElseGet(Reply::noContent);
  }

  /** The photo's file, in the record that the user may do {@code action} with, if it is there. */
  private Optional<Optional<String>> find(
      Transaction tx, Target target, long userId, Action action) {
    Sql record =
        sql("select t." + Sql.identifier(target.field.column()) + " from ")
            .then(tables.of(target.metadata, target.module))
            .then("t where t.\"id\" = ? and", target.id)
            .then(access.rows(target.metadata, userId, action, target.module));
    return tx.find(
        action == Action.READ ? record : record.then("for update of t"),
        row -> Optional.ofNullable(row.getString(1)));
  }

  /**
   * Gives the record a photo, in place of the one it has: PNG, JPEG, GIF or BMP, at most 10 MB and
   * ten megapixels.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA, CANNOT_PERFORM_ACTION, FILE_SIZE_EXCEEDS,
   * FILE_RESOLUTION_EXCEEDS, NO_PERMISSION. Reference: Upload a Photo.
   */
  private Reply upload(Call call) {
    Target target = target(call);
    long userId = call.caller().userId();
    access.require(target.metadata, userId, Action.UPDATE, target.module);
    checkTriggers(call);
    database.read(tx -> find(tx, target, userId, Action.READ).orElseThrow(PhotoRoutes::unknown));
    Upload upload = files.receive(call, target.metadata.org(), LIMITS);
    Upload.Content photo = upload.files().stream().findFirst().orElseThrow(LIMITS::broken);
    change(target, userId, Optional.of(photo));
    return done("Photo uploaded successfully");
  }

  /**
   * Takes the photo away; a record without one stays as it is.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record, CANNOT_PERFORM_ACTION, RECORD_LOCKED,
   * NO_PERMISSION. Reference: Delete a Photo.
   */
  private Reply delete(Call call) {
    Target target = target(call);
    long userId = call.caller().userId();
    access.require(target.metadata, userId, Action.UPDATE, target.module);
    checkTriggers(call);
    change(target, userId, Optional.empty());
    return done("Photo deleted successfully");
  }

  private void change(Target target, long userId, Optional<Upload.Content> photo) {
    records.change(
        target.metadata,
        userId,
        Source.CRM_API,
        change -> {
          Optional<String> before = lock(change.tx(), target, userId);
          if (!change
              .locks(target.module)
              .stopped(LockedAction.UPDATE, List.of(target.id))
              .isEmpty()) {
            throw ErrorCode.RECORD_LOCKED.with("id", Long.toString(target.id));
          }
          if (photo.isPresent() || before.isPresent()) {
            set(change, target, photo);
            before.ifPresent(
                id -> FileStorage.release(change.tx(), target.metadata.org(), List.of(id)));
          }
          return true;
        });
  }

  private Optional<String> lock(Transaction tx, Target target, long userId) {
    if (!Access.writes(target.metadata, userId, target.field)) {
      throw ErrorCode.CANNOT_PERFORM_ACTION.error();
    }
    return find(tx, target, userId, Action.UPDATE)
        .orElseThrow(
            () ->
                find(tx, target, userId, Action.READ).isPresent()
                    ? ErrorCode.CANNOT_PERFORM_ACTION.error()
                    : unknown());
  }

  private void set(RecordChange change, Target target, Optional<Upload.Content> photo) {
    var use = new Use(target.module.id(), target.id, target.field.id());
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(
        FIELD,
        photo
            .map(
                content ->
                    files
                        .add(
                            change.tx(),
                            target.metadata.org(),
                            content,
                            change.stamp().userId(),
                            Optional.of(use))
                        .id())
            .orElse(null));
    change.set(target.module, Map.of(target.id, values));
  }

  private static void checkTriggers(Call call) {
    boolean known =
        call.query(TRIGGERS).stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .allMatch(KNOWN_TRIGGERS::contains);
    if (!known) {
      throw ErrorCode.INVALID_DATA
          .with("param_name", TRIGGERS)
          .with("supported_values", KNOWN_TRIGGERS.stream().sorted().toList());
    }
  }

  private static Reply done(String message) {
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("code", "SUCCESS")
                        .object("details", details -> {})
                        .text("message", message)
                        .text("status", "success")));
  }

  private static ApiError unknown() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the related id given seems to be invalid");
  }

  private static ApiError invalid(String message) {
    return ErrorCode.INVALID_DATA.error().message(message);
  }
}
