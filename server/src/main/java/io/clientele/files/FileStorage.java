package io.clientele.files;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.files.StoredFile.Use;
import io.clientele.http.Call;
import io.clientele.http.Content;
import io.clientele.http.Reply;
import io.clientele.org.Org;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Files for all operations that have some. A content is kept once for each org however many files
 * it has; a file belongs to one record, or to who uploaded it until it is used. Every method with a
 * transaction is part of it: what it does is kept with the rest or not at all.
 */
public final class FileStorage {
  private static final int ID_BYTES = 32;

  /** A client that sends more than that sees its connection end before the reply. */
  private static final long SKIPPED_BYTES = 256L << 20;

  private final BlobStore store;
  private final Clock clock;
  private final Uploads uploads;
  private final SecureRandom random = new SecureRandom();

  public FileStorage(Database database, BlobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    uploads = new Uploads(database, store, clock);
  }

  /**
   * Handles a call that uploads: when it is refused, the rest of its body is read past, so that the
   * client sees why.
   */
  public Reply handle(Call call, Supplier<Reply> work) {
    try {
      return work.get();
    } catch (ApiError e) {
      call.skipBody(SKIPPED_BYTES);
      throw e;
    }
  }

  /**
   * Takes the files of a multipart body, without holding them in memory; their contents are in the
   * store when it returns. A second ask answers the same.
   *
   * @throws ApiError those of {@code limits}
   */
  public Upload receive(Call call, Org org, UploadLimits limits) {
    return call.receive(() -> uploads.receive(call, org, limits));
  }

  /** Keeps a content that the server itself made. */
  public Upload.Content keep(Org org, InputStream content, String name, String contentType) {
    return uploads.keep(org, content, name, contentType);
  }

  /**
   * Adds a file with an uploaded content; without a use, only {@code userId} can read and use it.
   */
  public StoredFile add(
      Transaction tx, Org org, Upload.Content content, long userId, Optional<Use> use) {
    return insert(
        tx,
        org,
        new StoredFile(
            newId(),
            Optional.of(content.sha256()),
            Optional.empty(),
            content.size(),
            content.name(),
            content.contentType(),
            use,
            userId,
            clock.instant()));
  }

  /** Adds a link to {@code url} in place of a file. */
  public StoredFile addLink(
      Transaction tx, Org org, String url, String title, long userId, Use use) {
    return insert(
        tx,
        org,
        new StoredFile(
            newId(),
            Optional.empty(),
            Optional.of(url),
            0,
            title,
            "text/uri-list",
            Optional.of(use),
            userId,
            clock.instant()));
  }

  /** Another file with the content of {@code file}, for {@code userId} to use. */
  public StoredFile copy(Transaction tx, Org org, StoredFile file, long userId) {
    return insert(
        tx,
        org,
        new StoredFile(
            newId(),
            file.sha256(),
            file.link(),
            file.size(),
            file.name(),
            file.contentType(),
            Optional.empty(),
            userId,
            clock.instant()));
  }

  private static StoredFile insert(Transaction tx, Org org, StoredFile file) {
    FileSql.insert(tx, org, file);
    return file;
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  public static Optional<StoredFile> find(Transaction tx, Org org, String id) {
    return FileSql.list(tx, org, FileSql.among(List.of(id))).stream().findFirst();
  }

  /** The files with those ids, locked until the transaction ends. */
  public static List<StoredFile> lock(Transaction tx, Org org, Collection<String> ids) {
    return FileSql.list(tx, org, FileSql.among(ids).then("order by id for update"));
  }

  /** The files of those records, in no order. */
  public static List<StoredFile> ofRecords(Transaction tx, Org org, Collection<Long> recordIds) {
    return FileSql.list(
        tx, org, sql("record_id = any(?)", (Object) recordIds.toArray(Long[]::new)));
  }

  /** The file that a place of a record has. */
  public static Optional<StoredFile> ofPlace(Transaction tx, Org org, long recordId, long placeId) {
    return FileSql.list(tx, org, sql("record_id = ? and place_id = ?", recordId, placeId)).stream()
        .findFirst();
  }

  /** Says where a file is used from now on. */
  public static void use(Transaction tx, Org org, String id, Use use) {
    FileSql.use(tx, org, id, use);
  }

  /** Removes files; their contents go when no other file has them. */
  public static void release(Transaction tx, Org org, Collection<String> ids) {
    if (!ids.isEmpty()) {
      FileSql.delete(tx, org, FileSql.among(ids));
    }
  }

  /** Removes the files of some places of a record. */
  public static void releasePlaces(
      Transaction tx, Org org, long recordId, Collection<Long> placeIds) {
    FileSql.delete(
        tx,
        org,
        sql("record_id = ? and place_id = any(?)", recordId, placeIds.toArray(Long[]::new)));
  }

  /** Removes all files of records that are deleted for good. */
  public static void releaseRecords(Transaction tx, Org org, Collection<Long> recordIds) {
    if (!recordIds.isEmpty()) {
      FileSql.delete(tx, org, sql("record_id = any(?)", (Object) recordIds.toArray(Long[]::new)));
    }
  }

  /** Removes all files of a field that is deleted. */
  public static void releaseField(Transaction tx, Org org, long fieldId) {
    FileSql.delete(tx, org, sql("place_id = ?", fieldId));
  }

  /** Removes all files of the records of a module that is deleted. */
  public static void releaseModule(Transaction tx, Org org, long moduleId) {
    FileSql.delete(tx, org, sql("module_id = ?", moduleId));
  }

  /** The hashes of all contents of an org. */
  public static List<String> contents(Transaction tx, Org org) {
    return tx.list(sql("select sha256 from " + org.table("blob")), row -> row.getString(1));
  }

  /** Removes contents of an org that is not there. */
  public void forget(Org org, String sha256) {
    store.delete(Uploads.key(org, sha256));
  }

  /** The content of a file as a download. */
  public Reply download(Org org, StoredFile file) {
    String sha256 = file.sha256().orElseThrow();
    return Reply.stream(
            ContentTypes.sent(file.contentType()),
            new Content(file.size(), store.open(Uploads.key(org, sha256))))
        .header("Content-Disposition", FileNames.disposition(file.name()))
        .header("X-Content-Type-Options", "nosniff");
  }
}
