package io.clientele.app;

import io.clientele.org.Org;
import io.clientele.records.RecordUpkeep;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server does beside its calls: every few minutes it removes what is over, in batches. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private static final long MINUTES = 5;
  private static final int ROWS = 1_000;
  private static final int FILES = 100;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("clientele-upkeep").daemon().factory());
  private final Installation installation;
  private final RecordUpkeep records;

  /**
   * @param ledgerAge how long changes of records are kept for their timelines
   */
  Upkeep(Installation installation, Duration ledgerAge) {
    this.installation = installation;
    records = new RecordUpkeep(installation.database(), installation.clock(), ledgerAge);
    executor.execute(this::sweep);
    executor.scheduleWithFixedDelay(this::all, MINUTES, MINUTES, TimeUnit.MINUTES);
  }

  private void all() {
    batches("Expired tokens", () -> installation.oauth().trim(ROWS));
    sweep();
    each("Unused files", org -> installation.fileTrimming().trim(org, FILES));
    each("Ended jobs", org -> installation.jobs().trim(org, ROWS));
    each("Old changes of records", org -> records.trim(org, ROWS));
    each("Old entries of the audit log", org -> installation.auditUpkeep().trim(org, ROWS));
    each("Old results of bulk reads", org -> installation.bulkReadUpkeep().trim(org, ROWS));
    each("Old files of bulk writes", org -> installation.bulkWriteUpkeep().trim(org, ROWS));
    each("Old backups", org -> installation.backupUpkeep().trim(org, ROWS));
    each("Old deleted records", org -> installation.binUpkeep().trim(org, ROWS));
  }

  private void sweep() {
    batches("Uploads that did not end", () -> installation.fileTrimming().sweep());
  }

  private void each(String what, ToIntFunction<Org> batch) {
    batches(
        what,
        () -> {
          int removed = 0;
          for (Org org : installation.orgs().listReady()) {
            removed += batch.applyAsInt(org);
          }
          return removed;
        });
  }

  private static void batches(String what, IntSupplier batch) {
    try {
      while (batch.getAsInt() > 0) {
        Thread.yield();
      }
    } catch (RuntimeException e) {
      LOG.warn("{} were not removed; the next try is in some minutes", what, e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
