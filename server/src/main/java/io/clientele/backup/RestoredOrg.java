package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.oauth.Accounts;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes an org of a schema that was filled from a backup: its users sign in, its jobs go on. */
final class RestoredOrg {
  private final Database database;
  private final JobQueue jobs;
  private final Clock clock;

  RestoredOrg(Database database, JobQueue jobs, Clock clock) {
    this.database = database;
    this.jobs = jobs;
    this.clock = clock;
  }

  record Made(Org org, List<String> withoutPassword) {}

  /**
   * The tables of modules that an org has.
   *
   * @throws RestoreException when there is no such org, or it has records
   */
  Set<String> requireEmpty(long orgId) {
    return database.read(tx -> requireEmpty(tx, orgId, ""));
  }

  /**
   * @param lock what is done with each table first, {@code %s}
   */
  private static Set<String> requireEmpty(Transaction tx, long orgId, String lock) {
    Org org =
        Orgs.find(tx, orgId)
            .orElseThrow(() -> new RestoreException("There is no org " + orgId + "."));
    Metadata metadata = MetadataCache.load(tx, org);
    Catalog catalog = Catalog.of(tx, org.schema());
    Set<String> tables =
        metadata.modules().stream()
            .filter(Module::hasTable)
            .map(Module::table)
            .filter(catalog::has)
            .collect(Collectors.toSet());
    for (String table : tables) {
      if (!lock.isEmpty()) {
        tx.update(sql(lock.formatted(catalog.name(table))));
      }
      requireNone(tx, org, catalog.name(table));
    }
    requireNone(tx, org, org.table("deleted_record"));
    return tables;
  }

  private static void requireNone(Transaction tx, Org org, String table) {
    if (!tx.list(sql("select 1 from " + table + " limit 1"), row -> 1).isEmpty()) {
      throw new RestoreException(
          "The org %d (%s) has records; a backup is restored into a new org or an empty one."
              .formatted(org.id(), org.name()));
    }
  }

  /**
   * Puts the org in its place.
   *
   * @param inPlace whether one with its number is there, and gives way
   */
  Made make(Transaction tx, Org from, boolean inPlace) {
    if (inPlace) {
      requireEmpty(tx, from.id(), "lock table %s in access exclusive mode");
      Org old = Orgs.find(tx, from.id()).orElseThrow();
      tx.update(
          sql(
              "insert into %s (sha256, size, check_time) select b.sha256, b.size, ? from %s b on conflict do nothing"
                  .formatted(from.table("blob"), old.table("blob")),
              Timestamp.from(clock.instant())));
      tx.update(sql("delete from clientele.account_user where org_id = ?", from.id()));
    }
    Org org = Orgs.adopt(tx, from.id(), from.name());
    link(tx, org);
    resume(tx, org);
    return new Made(org, withoutPassword(tx, org));
  }

  private static void link(Transaction tx, Org org) {
    record Member(long id, String email, boolean active) {}
    List<Member> members =
        tx.list(
            sql(
                "select u.id, u.email, u.status = 'active' and u.confirmed from "
                    + org.table("crm_user")
                    + " u where u.status <> 'deleted' order by u.id"),
            row -> new Member(row.getLong(1), row.getString(2), row.getBoolean(3)));
    if (members.stream().noneMatch(Member::active)) {
      throw new RestoreException("The backup has no user who could sign in.");
    }
    for (Member member : members) {
      Accounts.link(tx, Accounts.create(tx, member.email), org.id(), member.id);
      Accounts.setActive(tx, org.id(), member.id, member.active);
    }
  }

  private static List<String> withoutPassword(Transaction tx, Org org) {
    return tx.list(
        sql(
            "select a.email from clientele.account a join clientele.account_user u"
                + " on u.account_id = a.id where u.org_id = ? and a.password_hash is null"
                + " order by u.user_id",
            org.id()),
        row -> row.getString(1));
  }

  /** What had not ended is done now; backups by a rule at their next time. */
  private void resume(Transaction tx, Org org) {
    record Open(long id, String kind) {}
    Sql open =
        sql(
            "select j.id, j.kind from %s j where j.finished_time is null order by j.id"
                .formatted(org.table("job")));
    tx.list(open, row -> new Open(row.getLong(1), row.getString(2))).stream()
        .filter(job -> jobs.runs(job.kind))
        .forEach(job -> JobQueue.queue(tx, org, job.id, clock.instant()));
    new BackupRows(tx, org, jobs).resume(clock.instant());
  }
}
