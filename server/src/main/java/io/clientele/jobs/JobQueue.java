package io.clientele.jobs;

import static io.clientele.db.Sql.sql;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.jobs.Job.Status;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs the jobs of all orgs, each once at a time: one of the servers on this database takes it. A
 * job is there when the change that schedules it is committed, and only then. One that fails is
 * tried again a few times; one whose server died is taken up by another.
 */
public final class JobQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

  private static final String TASK = "job";
  private static final String TABLE = "clientele.scheduled_job";
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int THREADS = 16;
  private static final int ATTEMPTS = 5;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration STOP = Duration.ofSeconds(5);

  /** One thread polls; with these shares of the threads' work in hand it fetches more. */
  private static final double LEAST = 0.5;

  private static final double MOST = 1.0;

  private final Database database;
  private final Clock clock;
  private final Map<String, JobHandler> handlers = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private @Nullable Scheduler scheduler;

  public JobQueue(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Says what runs the jobs of a kind. */
  public void handle(String kind, JobHandler handler) {
    handlers.put(kind, handler);
  }

  /** Whether something runs jobs of a kind. */
  public boolean runs(String kind) {
    return handlers.containsKey(kind);
  }

  /** Adds a job that is run as soon as {@code tx} is committed; answers its id. */
  public long schedule(Transaction tx, Org org, String kind, JsonNode body, long createdBy) {
    return schedule(tx, org, kind, body, createdBy, clock.instant());
  }

  /** The same for a job that is not run before {@code time}. */
  public long schedule(
      Transaction tx, Org org, String kind, JsonNode body, long createdBy, Instant time) {
    if (!handlers.containsKey(kind)) {
      throw new IllegalArgumentException("nothing runs jobs of the kind " + kind);
    }
    long id =
        tx.list(
                sql("select nextval(?::regclass)", org.schema() + ".id_sequence"),
                row -> row.getLong(1))
            .getFirst();
    Jobs.add(tx, org, id, kind, body, createdBy);
    queue(tx, org, id, time);
    return id;
  }

  /** Lets a job that is there, and that nobody runs or would run, be run at {@code time}. */
  public static void queue(Transaction tx, Org org, long id, Instant time) {
    tx.update(
        sql(
            "insert into "
                + TABLE
                + " (task_name, task_instance, execution_time, picked, version)"
                + " values (?, ?, ?, false, 1)",
            TASK,
            org.id() + "-" + id,
            Timestamp.from(time)));
  }

  /** Takes back a job that has not begun; one that has goes on. */
  public static void withdraw(Transaction tx, Org org, long id) {
    int waiting =
        tx.update(
            sql(
                "delete from "
                    + TABLE
                    + " where task_name = ? and task_instance = ? and not picked",
                TASK,
                org.id() + "-" + id));
    if (waiting > 0) {
      Jobs.delete(tx, org, id);
    }
  }

  /** Takes back all jobs of an org that is gone. */
  public static void withdrawAll(Transaction tx, long orgId) {
    tx.update(
        sql(
            "delete from " + TABLE + " where task_name = ? and task_instance like ?",
            TASK,
            orgId + "-%"));
  }

  /** From now on this process runs jobs, until it is closed. */
  public synchronized void start() {
    var task =
        Tasks.custom(TASK, Void.class)
            .onFailure(this::failed)
            .execute((instance, context) -> runInTurn(Instance.parse(instance.getId())));
    scheduler =
        Scheduler.create(database.dataSource(), List.of(task))
            .tableName(TABLE)
            .threads(THREADS)
            .pollUsingLockAndFetch(LEAST, MOST)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOP)
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            .clock(clock::instant)
            .build();
    scheduler.start();
  }

  /** Runs what waits in one org, in this thread and whether or not this process runs jobs. */
  public void runDue(long orgId) {
    for (Instance instance : due(orgId)) {
      try {
        run(instance);
      } catch (RuntimeException e) {
        giveUp(instance, e);
      }
      database.change(
          tx ->
              tx.update(
                  sql(
                      "delete from " + TABLE + " where task_name = ? and task_instance = ?",
                      TASK,
                      instance.text())));
    }
  }

  /** Forgets jobs of an org that ended long ago, at most {@code rows}; answers how many. */
  public int trim(Org org, int rows) {
    return database.write(tx -> Jobs.trim(tx, org, clock.instant().minus(KEPT), rows));
  }

  private List<Instance> due(long orgId) {
    return database.read(
        tx ->
            tx.list(
                sql(
                    "select s.task_instance from "
                        + TABLE
                        + " s where s.task_name = ? and s.task_instance like ? and not s.picked"
                        + " and s.execution_time <= ? order by s.execution_time, s.task_instance",
                    TASK,
                    orgId + "-%",
                    Timestamp.from(clock.instant())),
                row -> Instance.parse(row.getString(1))));
  }

  /** Which job of which org, as the scheduler knows it. */
  private record Instance(long orgId, long jobId) {
    static Instance parse(String text) {
      String[] parts = text.split("-", 2);
      return new Instance(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    String text() {
      return orgId + "-" + jobId;
    }
  }

  private record Work(Org org, Job job) {}

  /** Runs it, unless as many of its kind run here as may at once; then it waits some more. */
  private CompletionHandler<Void> runInTurn(Instance instance) {
    Semaphore turn = turns.computeIfAbsent(kind(instance), this::turns);
    if (!turn.tryAcquire()) {
      return (complete, operations) -> operations.reschedule(complete, clock.instant().plus(POLL));
    }
    try {
      run(instance);
    } finally {
      turn.release();
    }
    return (complete, operations) -> operations.stop();
  }

  private Semaphore turns(String kind) {
    JobHandler handler = handlers.get(kind);
    return new Semaphore(handler == null ? 1 : handler.atOnce());
  }

  /** Empty when the job is gone. */
  private String kind(Instance instance) {
    return database
        .read(
            tx ->
                Orgs.find(tx, instance.orgId)
                    .flatMap(org -> Jobs.find(tx, org, instance.jobId))
                    .map(Job::kind))
        .orElse("");
  }

  private void run(Instance instance) {
    Optional<Work> found = begin(instance);
    if (found.isEmpty()) {
      return;
    }
    Org org = found.get().org;
    Job job = found.get().job;
    JobHandler handler = requireHandler(job);
    try {
      JsonNode result = handler.run(org, job);
      database.change(
          tx ->
              Jobs.lockOpen(tx, org, job.id())
                  .ifPresent(open -> Jobs.report(tx, org, job.id(), Status.COMPLETED, result)));
    } catch (EndedJob e) {
      LOG.info("{}", e.getMessage());
    }
  }

  /** Whether the job can be cancelled as it is now. */
  public boolean isCancellable(Job job) {
    JobHandler handler = handlers.get(job.kind());
    return !job.hasEnded() && handler != null && handler.isCancellable();
  }

  /**
   * Ends a job whose work may stop in between; a piece that is under way is waited for. Answers
   * whether it did.
   */
  public boolean cancel(Org org, long id) {
    return database.write(
        tx -> {
          Optional<Job> open = Jobs.lockOpen(tx, org, id).filter(this::isCancellable);
          open.ifPresent(
              job -> {
                Jobs.report(tx, org, id, Status.CANCELLED, job.result());
                requireHandler(job).givenUp(tx, org, job);
              });
          return open.isPresent();
        });
  }

  private JobHandler requireHandler(Job job) {
    JobHandler handler = handlers.get(job.kind());
    if (handler == null) {
      throw new IllegalStateException("nothing runs jobs of the kind " + job.kind());
    }
    return handler;
  }

  /** The job, marked as running; empty when it has ended, or its org is gone. */
  private Optional<Work> begin(Instance instance) {
    return database.write(
        tx -> {
          Optional<Org> org = Orgs.find(tx, instance.orgId);
          Optional<Job> job = org.flatMap(found -> Jobs.lockOpen(tx, found, instance.jobId));
          if (job.isEmpty()) {
            return Optional.empty();
          }
          Jobs.report(tx, org.orElseThrow(), instance.jobId, Status.RUNNING, job.get().result());
          return Optional.of(new Work(org.orElseThrow(), job.get()));
        });
  }

  /**
   * Tries again, each time after a longer pause, and then no more; nor where the API's own rules
   * refuse what is to be done.
   */
  private void failed(ExecutionComplete run, ExecutionOperations<Void> operations) {
    int attempts = run.getExecution().consecutiveFailures + 1;
    boolean refused = run.getCause().filter(ApiError.class::isInstance).isPresent();
    if (attempts < ATTEMPTS && !refused) {
      operations.reschedule(run, clock.instant().plus(POLL.multipliedBy(1L << (2 * attempts))));
      return;
    }
    giveUp(
        Instance.parse(run.getExecution().getId()),
        run.getCause().orElseGet(() -> new IllegalStateException("failed")));
    operations.stop();
  }

  private void giveUp(Instance instance, Throwable cause) {
    if (cause instanceof ApiError) {
      LOG.info("The job {} may not be done: {}", instance.text(), cause.getMessage());
    } else {
      LOG.error("The job {} failed", instance.text(), cause);
    }
    database.change(
        tx ->
            Orgs.find(tx, instance.orgId).ifPresent(org -> giveUp(tx, org, instance.jobId, cause)));
  }

  private void giveUp(Transaction tx, Org org, long jobId, Throwable cause) {
    Jobs.lockOpen(tx, org, jobId)
        .ifPresent(
            job -> {
              Jobs.fail(tx, org, job, cause);
              JobHandler handler = handlers.get(job.kind());
              if (handler != null) {
                handler.givenUp(tx, org, job);
              }
            });
  }

  /** No more jobs are taken; those that run have some seconds to end. */
  @Override
  public synchronized void close() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }
}
