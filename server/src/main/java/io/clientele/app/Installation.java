package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.audit.export.AuditExportJob;
import io.clientele.audit.export.AuditUpkeep;
import io.clientele.backup.BackupJob;
import io.clientele.backup.BackupSizes;
import io.clientele.backup.BackupUpkeep;
import io.clientele.backup.BackupWriter;
import io.clientele.bulk.CallbackJob;
import io.clientele.bulk.read.BulkReadCallback;
import io.clientele.bulk.read.BulkReadJob;
import io.clientele.bulk.read.BulkReadUpkeep;
import io.clientele.bulk.write.BulkWriteCallback;
import io.clientele.bulk.write.BulkWriteJob;
import io.clientele.bulk.write.BulkWriteUpkeep;
import io.clientele.configuration.Configuration;
import io.clientele.db.Database;
import io.clientele.db.Migrations;
import io.clientele.files.BlobStore;
import io.clientele.files.FileStorage;
import io.clientele.files.FileTrimming;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.RulesColumn;
import io.clientele.metadata.SearchColumn;
import io.clientele.metadata.Territory;
import io.clientele.metadata.globalpicklists.DeletionJob;
import io.clientele.metadata.globalpicklists.ReplacementJob;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.oauth.OAuth;
import io.clientele.oauth.OAuthLimits;
import io.clientele.org.Orgs;
import io.clientele.records.CriteriaSql;
import io.clientele.records.Records;
import io.clientele.records.RuleLabelsJob;
import io.clientele.records.SearchWordsJob;
import io.clientele.records.convert.MassConvert;
import io.clientele.records.locking.LockingJob;
import io.clientele.records.mass.MassAction;
import io.clientele.records.mass.MassJob;
import io.clientele.records.merge.MergeJob;
import io.clientele.records.recyclebin.BinJob;
import io.clientele.records.recyclebin.BinUpkeep;
import io.clientele.records.territories.RemoveJob;
import io.clientele.records.territories.ReviewJob;
import io.clientele.users.Confirmation;
import io.clientele.users.OrgSetup;
import io.clientele.users.TransferJob;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** All that works on one database: what the server serves, and what commands change beside it. */
public final class Installation implements AutoCloseable {
  private static final int KEY_BYTES = 32;

  private final Database database;
  private final Clock clock;
  private final Orgs orgs;
  private final MetadataCache metadata;
  private final MetadataChanges changes;
  private final ModuleTables tables;
  private final Access access;
  private final OAuth oauth;
  private final OrgSetup orgSetup;
  private final JobQueue jobs;
  private final Records records;
  private final BlobStore blobs;
  private final FileStorage files;
  private final FileTrimming fileTrimming;

  /**
   * Brings the database's schemas to the newest state and wires everything on it.
   *
   * @param blobs where the contents of files lie
   * @param alone whether no other process serves orgs of this database
   */
  public Installation(
      Database database, BlobStore blobs, Clock clock, OAuthLimits limits, boolean alone) {
    this.database = database;
    this.blobs = blobs;
    this.clock = clock;
    var migrations = new Migrations(database);
    migrations.migrateShared();
    orgs = new Orgs(database, migrations);
    orgs.migrateAll();
    metadata = new MetadataCache(database, alone);
    jobs = new JobQueue(database, clock);
    changes = new MetadataChanges(database, metadata, jobs);
    tables = new ModuleTables(database, jobs);
    access = new Access(tables, CriteriaSql.forRules(tables, clock)::of);
    oauth = new OAuth(database, clock, limits, new Confirmation(metadata, clock));
    orgSetup = new OrgSetup(database, orgs, clock);
    files = new FileStorage(database, blobs, clock);
    fileTrimming = new FileTrimming(database, blobs, clock);
    records = new Records(database, metadata, tables, access, files, clock);
    jobs.handle(SearchColumn.JOB, new SearchWordsJob(database, metadata, tables));
    jobs.handle(RulesColumn.JOB, new RuleLabelsJob(database, metadata, changes, tables, clock));
    jobs.handle(ReplacementJob.KIND, new ReplacementJob(database, metadata));
    jobs.handle(DeletionJob.KIND, new DeletionJob(changes));
    for (MassAction action : MassAction.values()) {
      jobs.handle(action.word(), new MassJob(records, metadata, action));
    }
    jobs.handle(BinJob.RESTORE, new BinJob(records, metadata));
    jobs.handle(BinJob.PURGE, new BinJob(records, metadata));
    jobs.handle(RecordLocking.JOB, new LockingJob(records, metadata));
    jobs.handle(AuditExportJob.KIND, new AuditExportJob(database, metadata, tables, files));
    jobs.handle(
        BulkReadJob.KIND,
        new BulkReadJob(database, metadata, tables, access, files, jobs, clock, BulkReadJob.ROWS));
    jobs.handle(
        CallbackJob.KIND,
        new CallbackJob(
            database,
            Map.of(
                BulkReadJob.KIND, new BulkReadCallback(metadata, key("page_token"), clock),
                BulkWriteJob.KIND, new BulkWriteCallback(metadata))));
    jobs.handle(BulkWriteJob.KIND, new BulkWriteJob(database, metadata, records, files, jobs));
    jobs.handle(
        BackupJob.KIND, new BackupJob(database, metadata, backupWriter(), files, jobs, clock));
    jobs.handle(Territory.REVIEW_JOB, new ReviewJob(records, metadata));
    jobs.handle(Territory.REMOVE_JOB, new RemoveJob(records, metadata));
    jobs.handle(MergeJob.KIND, new MergeJob(metadata, records));
    jobs.handle(TransferJob.KIND, new TransferJob(database, records, metadata, changes, clock));
    jobs.handle(MassConvert.KIND, new MassConvert(database, metadata, tables, access, records));
  }

  public Database database() {
    return database;
  }

  public Clock clock() {
    return clock;
  }

  public Orgs orgs() {
    return orgs;
  }

  public OrgSetup orgSetup() {
    return orgSetup;
  }

  public MetadataCache metadata() {
    return metadata;
  }

  public MetadataChanges changes() {
    return changes;
  }

  public ModuleTables tables() {
    return tables;
  }

  public Access access() {
    return access;
  }

  /** Files of all kinds. */
  public FileStorage files() {
    return files;
  }

  /** Removes files nobody needs; who serves calls it now and then. */
  public FileTrimming fileTrimming() {
    return fileTrimming;
  }

  /** The one way to change records. */
  public Records records() {
    return records;
  }

  /** Takes away what has been in the recycle bins for long enough. */
  public BinUpkeep binUpkeep() {
    return new BinUpkeep(database, clock);
  }

  /** Forgets what the audit log has kept for long enough. */
  public AuditUpkeep auditUpkeep() {
    return new AuditUpkeep(database, clock);
  }

  /** Takes away uploads and results of bulk writes that can no longer be used. */
  public BulkWriteUpkeep bulkWriteUpkeep() {
    return new BulkWriteUpkeep(database, clock);
  }

  /** Takes away results of bulk reads that can no longer be downloaded. */
  public BulkReadUpkeep bulkReadUpkeep() {
    return new BulkReadUpkeep(database, clock);
  }

  /** Writes all of an org into files. */
  public BackupWriter backupWriter() {
    return new BackupWriter(
        database, tables, files, new Configuration(changes, jobs), clock, BackupSizes.STANDARD);
  }

  /** Takes away the files of backups that can no longer be downloaded. */
  public BackupUpkeep backupUpkeep() {
    return new BackupUpkeep(database, jobs, clock);
  }

  public OAuth oauth() {
    return oauth;
  }

  /** Takes jobs; who serves also starts it. */
  public JobQueue jobs() {
    return jobs;
  }

  /** The word for a module in scopes. */
  Optional<String> scopeWord(long orgId, String module) {
    return metadata.of(orgId).find(module).map(Module::scopeWord);
  }

  /** A random key of this installation, made when it is first asked for and the same ever after. */
  byte[] key(String name) {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    return database.write(
        tx -> {
          tx.update(
              sql(
                  "insert into clientele.secret (name, value) values (?, ?) on conflict do nothing",
                  name,
                  fresh));
          return tx.list(
                  sql("select value from clientele.secret where name = ?", name),
                  row -> row.getBytes(1))
              .getFirst();
        });
  }

  @Override
  public void close() {
    jobs.close();
    blobs.close();
    database.close();
  }
}
