package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.DatabaseException;
import io.clientele.db.Migrations;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.MetadataCache;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes an org of a backup: in a schema that is no org's until everything is there and right, and
 * becomes one in a single transaction. What a restore left that did not end, the next one removes.
 */
public final class Restore {
  private final Database database;
  private final Orgs orgs;
  private final MetadataCache cache;
  private final FileStorage storage;
  private final RestoredOrg making;
  private final Consumer<String> progress;

  /**
   * @param progress is told what has been done
   */
  public Restore(
      Database database,
      Orgs orgs,
      MetadataCache cache,
      FileStorage storage,
      JobQueue jobs,
      Clock clock,
      Consumer<String> progress) {
    this.database = database;
    this.orgs = orgs;
    this.cache = cache;
    this.storage = storage;
    this.making = new RestoredOrg(database, jobs, clock);
    this.progress = progress;
  }

  /**
   * The org that was made.
   *
   * @param withoutPassword the addresses of users who cannot sign in yet
   */
  public record Restored(Org org, long rows, long files, List<String> withoutPassword) {}

  /**
   * Restores into a new org, which gets the number it had if that is free.
   *
   * @param into an org without records, which becomes the one of the backup
   * @param name another name than it had
   * @throws RestoreException when that cannot be; nothing has changed then
   */
  public Restored run(BackupFiles files, Optional<Long> into, Optional<String> name) {
    Manifest manifest = files.manifest();
    if (manifest.orgVersion() > Migrations.ORG_VERSION) {
      throw new RestoreException(
          "The backup was made by a newer version of this program (schema %d, this one has %d)."
              .formatted(manifest.orgVersion(), Migrations.ORG_VERSION));
    }
    Restored restored =
        database.readAside(
            tx -> {
              waitForOthers(tx);
              into.ifPresent(number -> holdContents(tx, number));
              removeLeftovers();
              return restore(files, manifest, into, name);
            });
    cache.changed(restored.org.id());
    return restored;
  }

  private void waitForOthers(Transaction tx) {
    String lock = "(hashtext('clientele.restore'))";
    boolean alone =
        tx.list(sql("select pg_try_advisory_xact_lock" + lock), row -> row.getBoolean(1))
            .getFirst();
    if (!alone) {
      progress.accept("Waiting for another restore to end.");
      tx.list(sql("select pg_advisory_xact_lock" + lock), row -> 0);
    }
  }

  /** The contents of an org that gives way lie where those of the restored one do. */
  private static void holdContents(Transaction tx, long number) {
    Orgs.find(tx, number)
        .ifPresent(
            org ->
                tx.list(
                    sql("select pg_advisory_xact_lock_shared(hashtext(?))", FileStorage.lock(org)),
                    row -> 0));
  }

  private Restored restore(
      BackupFiles files, Manifest manifest, Optional<Long> into, Optional<String> name) {
    Set<String> used = into.map(making::requireEmpty).orElse(Set.of());
    long number = into.orElseGet(() -> database.write(tx -> Orgs.reserve(tx, manifest.orgId())));
    Org org = hidden(number, name.orElse(manifest.orgName()));
    boolean whole = false;
    try {
      orgs.prepare(number, manifest.orgVersion());
      database.change(tx -> new RestoredTables(tx, org, files, manifest, progress).fill(used));
      orgs.prepare(number, Migrations.ORG_VERSION);
      long contents =
          new RestoredContents(database, storage, org, files, progress).store(manifest.contents());
      long rows = manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
      RestoredOrg.Made made = database.write(tx -> making.make(tx, org, into.isPresent()));
      whole = true;
      return new Restored(made.org(), rows, contents, made.withoutPassword());
    } catch (DatabaseException e) {
      throw new RestoreException("The backup does not fit: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!whole) {
        remove(number);
      }
    }
  }

  private static Org hidden(long number, String name) {
    return new Org(number, name, Orgs.hidden(number), 1, Instant.EPOCH);
  }

  private void removeLeftovers() {
    database.read(Orgs::reserved).forEach(this::remove);
  }

  /** The schema goes last, so that who is killed meanwhile finds it again. */
  private void remove(long number) {
    Org org = hidden(number, "");
    contentsOfNobody(org).forEach(sha256 -> storage.forget(org, sha256));
    database.change(
        tx -> tx.update(sql("drop schema if exists " + Sql.identifier(org.schema()) + " cascade")));
  }

  /** Those that no org of that number has. */
  private List<String> contentsOfNobody(Org org) {
    return database.read(
        tx -> {
          if (!Catalog.of(tx, org.schema()).has("blob")) {
            return List.of();
          }
          String rest =
              Orgs.find(tx, org.id())
                  .filter(there -> Catalog.of(tx, there.schema()).has("blob"))
                  .map(
                      there ->
                          " where not exists (select from "
                              + there.table("blob")
                              + " o where o.sha256 = b.sha256)")
                  .orElse("");
          return tx.list(
              sql("select b.sha256 from " + org.table("blob") + " b" + rest),
              row -> row.getString(1));
        });
  }
}
