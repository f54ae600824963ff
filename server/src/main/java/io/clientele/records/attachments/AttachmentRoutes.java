package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;
import static io.clientele.error.ErrorCode.BODY_SIZE_REACHED;
import static io.clientele.error.ErrorCode.FILE_SIZE_MORE_THAN_ALLOWED_SIZE;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.Upload;
import io.clientele.files.UploadLimits;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Paging.Page;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.References;
import io.clientele.records.Outcome;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /{module}/{id}/Attachments}: files and links of a record. */
public final class AttachmentRoutes {
  private static final String SCOPE = "modules.attachments";
  private static final int FILES = 10;
  private static final long BYTES = 100L << 20;

  /** What a form has beside its file. */
  private static final long FORM_BYTES = 64 << 10;

  private static final UploadLimits LIMITS =
      new UploadLimits(
          FILES,
          BYTES,
          ErrorCode.INVALID_REQUEST.error(),
          FILE_SIZE_MORE_THAN_ALLOWED_SIZE.error().status(413),
          invalid(),
          file -> Optional.empty());

  private final Database database;
  private final MetadataCache cache;
  private final Records records;
  private final ModuleTables tables;
  private final Access access;
  private final FileStorage files;
  private final Attachments attachments;

  public AttachmentRoutes(
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
    attachments = new Attachments(files, tables, access);
  }

  public void addTo(RouteTable routes) {
    String all = "/{module}/{id}/Attachments";
    routes
        .get(all, SCOPE, this::list)
        .post(all, SCOPE, call -> files.handle(call, () -> upload(call)))
        .delete(all, SCOPE, this::deleteMany)
        .get(all + "/{attachment}", SCOPE, this::download)
        .delete(all + "/{attachment}", SCOPE, this::delete);
  }

  /**
   * A page of a record's attachments, the newest first.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record, REQUIRED_PARAM_MISSING without {@code
   * fields}, NO_PERMISSION. Reference: Get List of Attachments.
   */
  private Reply list(Call call) {
    Metadata metadata = metadata(call);
    Parent parent = Parent.of(call, metadata);
    if (call.version().listsNeedFields()) {
      call.requiredQuery("fields");
    }
    Paging paging = Paging.of(call);
    Sql ids = call.query("ids").map(AttachmentRoutes::among).orElse(Sql.EMPTY);
    requireAttachments(call, metadata, Action.READ);
    List<Attachment> rows =
        database.read(
            tx ->
                AttachmentSql.list(
                    tx,
                    tables,
                    metadata,
                    parent.module(),
                    List.of(parent.id()),
                    parent.require(
                        tx, metadata, tables, access, call.caller().userId(), Action.READ),
                    ids.then("order by t.\"id\" desc")
                        .then("limit ? offset ?", paging.perPage() + 1, paging.offset())));
    Page<Attachment> page = paging.ofOneMore(rows);
    ZoneId zone = metadata.zoneOf(call.caller().userId());
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array(
                            "data",
                            page.items(),
                            Keys.wanted(call),
                            (inner, one) -> one.write(inner, metadata, zone))
                        .object("info", info -> info(info, page))));
  }

  private static void info(Keys keys, Page<Attachment> page) {
    keys.none("next_page_token").none("previous_page_token").none("page_token_expiry");
    page.paging().info(keys, page.items().size(), page.more());
  }

  private static Sql among(String text) {
    Long[] ids =
        Arrays.stream(text.split(","))
            .map(id -> PathId.parse(id.strip()).orElse(0L))
            .toArray(Long[]::new);
    return sql("and t.\"id\" = any(?)", (Object) ids);
  }

  /**
   * Attaches a file of at most 100 MB, or a link ({@code attachmentUrl}, {@code title}).
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record and for a broken form,
   * MANDATORY_NOT_FOUND without both, INVALID_URL_PATTERN, BODY_SIZE_REACHED,
   * FILE_SIZE_MORE_THAN_ALLOWED_SIZE, NO_PERMISSION. Reference: Upload an Attachment.
   */
  private Reply upload(Call call) {
    Metadata metadata = metadata(call);
    Parent parent = Parent.of(call, metadata);
    long userId = call.caller().userId();
    requireAttachments(call, metadata, Action.CREATE);
    database.read(tx -> parent.require(tx, metadata, tables, access, userId, Action.READ));
    if (call.announcedLength().orElse(0) > BYTES + FORM_BYTES) {
      throw BODY_SIZE_REACHED.error();
    }
    Upload upload = files.receive(call, metadata.org(), LIMITS);
    Optional<Link> link = Link.of(call, upload.fields());
    if (link.isPresent() && !upload.files().isEmpty()) {
      throw invalid();
    }
    if (link.isEmpty() && upload.files().isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error();
    }
    List<Outcome> outcomes =
        records.change(
            metadata,
            userId,
            Source.CRM_API,
            change -> {
              parent.require(change.tx(), metadata, tables, access, userId, Action.UPDATE);
              return link.isPresent()
                  ? List.of(
                      attachments.addLink(
                          change,
                          parent.module(),
                          parent.id(),
                          link.get().url(),
                          link.get().title()))
                  : upload.files().stream()
                      .map(file -> attachments.add(change, parent.module(), parent.id(), file))
                      .toList();
            });
    return reply(outcomes, metadata, userId, "attachment uploaded successfully");
  }

  /**
   * An attached file as a download; 204 when the record has no such attachment.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record, DOWNLOAD_NOT_ALLOWED for a link,
   * NO_PERMISSION. Reference: Download an Attachment.
   */
  private Reply download(Call call) {
    Metadata metadata = metadata(call);
    Parent parent = Parent.of(call, metadata);
    requireAttachments(call, metadata, Action.READ);
    long id = PathId.find(call, "attachment").orElse(0L);
    return database
        .read(
            tx -> {
              parent.require(tx, metadata, tables, access, call.caller().userId(), Action.READ);
              return FileStorage.ofPlace(tx, metadata.org(), parent.id(), id);
            })
        .map(
            file -> {
              if (file.link().isPresent()) {
                throw ErrorCode.DOWNLOAD_NOT_ALLOWED.error();
              }
              return files.download(metadata.org(), file);
            })
        .orElseGet(Reply::noContent);
  }

  /**
   * Deletes an attachment for good.
   *
   * <p>Errors: INVALID_MODULE, INVALID_DATA for the record and for the attachment, NO_PERMISSION.
   * Reference: Delete an Attachment.
   */
  private Reply delete(Call call) {
    Metadata metadata = metadata(call);
    long userId = call.caller().userId();
    List<Outcome> outcomes =
        delete(call, metadata, List.of(PathId.find(call, "attachment").orElse(0L)));
    if (outcomes.getFirst() instanceof Outcome.Rejected) {
      throw ErrorCode.INVALID_DATA.with("resource_path_index", 3).message("record not deleted");
    }
    return reply(outcomes, metadata, userId, "record deleted");
  }

  /** The same for those in {@code ids}, one outcome for each. */
  private Reply deleteMany(Call call) {
    Metadata metadata = metadata(call);
    List<Long> ids =
        Arrays.stream(call.requiredQuery("ids").split(","))
            .map(id -> PathId.parse(id.strip()).orElse(0L))
            .distinct()
            .toList();
    return reply(delete(call, metadata, ids), metadata, call.caller().userId(), "record deleted");
  }

  private List<Outcome> delete(Call call, Metadata metadata, List<Long> ids) {
    Parent parent = Parent.of(call, metadata);
    long userId = call.caller().userId();
    requireAttachments(call, metadata, Action.DELETE);
    return records.change(
        metadata,
        userId,
        Source.CRM_API,
        change -> {
          parent.require(change.tx(), metadata, tables, access, userId, Action.UPDATE);
          return attachments.delete(change, parent.module(), parent.id(), ids);
        });
  }

  private void requireAttachments(Call call, Metadata metadata, Action action) {
    access.require(metadata, call.caller().userId(), action, metadata.get(Attachments.MODULE));
  }

  private static Reply reply(
      List<Outcome> outcomes, Metadata metadata, long userId, String message) {
    ZoneId zone = metadata.zoneOf(userId);
    var results = new Results("data");
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Saved saved ->
            results.add(
                new Done(
                    message,
                    keys -> {
                      References.time(keys, "Modified_Time", saved.modifiedTime(), zone);
                      References.user(keys, metadata, "Modified_By", saved.modifiedBy());
                      References.time(keys, "Created_Time", saved.createdTime(), zone);
                      keys.id("id", saved.id());
                      References.user(keys, metadata, "Created_By", saved.createdBy());
                    }));
        case Outcome.Deleted deleted -> results.add(Done.of(message, deleted.id()));
        case Outcome.Rejected rejected -> results.add(rejected.error());
      }
    }
    return results.reply(200);
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller());
  }

  static ApiError invalid() {
    return ErrorCode.INVALID_DATA.error().message("invalid data provided");
  }
}
