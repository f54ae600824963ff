package io.clientele.files;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes what nobody needs: uploads that were never used, contents without a file, and what
 * uploads left behind that did not end. Safe beside uploads on this and other servers.
 */
public final class FileTrimming {
  /** How long an uploaded file waits to be used. */
  public static final Duration UNUSED = Duration.ofDays(1);

  /** How long an upload may take from its first byte to its file. */
  public static final Duration GRACE = Duration.ofHours(1);

  private final Database database;
  private final BlobStore store;
  private final Clock clock;

  public FileTrimming(Database database, BlobStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  /** One batch of an org, a transaction each for files and contents; answers how many went. */
  public int trim(Org org, int batch) {
    return unused(org, batch) + contents(org, batch);
  }

  private int unused(Org org, int batch) {
    return database.write(
        tx ->
            FileSql.delete(
                tx,
                org,
                sql("id in (select id from " + org.table("file"))
                    .then(
                        "where record_id is null and created_time < ? order by created_time limit ?"
                            + " for update skip locked)",
                        FileSql.bind(clock.instant().minus(UNUSED)),
                        batch)));
  }

  private int contents(Org org, int batch) {
    return database.write(
        tx -> {
          if (isHeld(tx, org)) {
            return 0;
          }
          List<String> candidates =
              tx.list(
                  sql(
                      "select sha256 from "
                          + org.table("blob")
                          + " where check_time < ? order by check_time limit ? for update skip"
                          + " locked",
                      FileSql.bind(clock.instant().minus(GRACE)),
                      batch),
                  row -> row.getString(1));
          candidates.forEach(sha256 -> check(tx, org, sha256));
          return candidates.size();
        });
  }

  /** Whether somebody reads all contents that there were at some time. */
  private static boolean isHeld(Transaction tx, Org org) {
    return tx.list(
            sql("select not pg_try_advisory_xact_lock(hashtext(?))", FileStorage.lock(org)),
            row -> row.getBoolean(1))
        .getFirst();
  }

  /** The row is locked: nobody keeps the same content meanwhile. */
  private void check(Transaction tx, Org org, String sha256) {
    boolean used =
        !tx.list(
                sql("select 1 from " + org.table("file") + " where sha256 = ? limit 1", sha256),
                row -> 1)
            .isEmpty();
    if (used) {
      tx.update(
          sql("update " + org.table("blob") + " set check_time = null where sha256 = ?", sha256));
    } else {
      store.delete(Uploads.key(org, sha256));
      tx.update(sql("delete from " + org.table("blob") + " where sha256 = ?", sha256));
    }
  }

  /** Deletes what uploads left in the staging directory that ended long ago; answers how many. */
  public int sweep() {
    Instant before = clock.instant().minus(GRACE);
    int swept = 0;
    if (!Files.isDirectory(store.staging())) {
      return swept;
    }
    try (var uploads = Files.newDirectoryStream(store.staging())) {
      for (Path upload : uploads) {
        swept += isOld(upload, before) && Files.deleteIfExists(upload) ? 1 : 0;
      }
      return swept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that ended meanwhile is not. */
  private static boolean isOld(Path upload, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(upload).toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
