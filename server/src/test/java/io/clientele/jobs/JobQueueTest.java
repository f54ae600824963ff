package io.clientele.jobs;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.app.Installation;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.jobs.Job.Status;
import io.clientele.org.Org;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JobQueueTest {
  private static final long SECONDS = 60;
  private static final TestServer SERVER = TestServer.separate();

  private final TestOrg org = TestOrg.createOn(SERVER);
  private final Installation installation = SERVER.installation();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void aJobIsThereWhenItsTransactionIsCommittedAndRunsOnce() {
    var queue = queue(Clock.systemUTC());
    var runs = new ArrayList<Long>();
    queue.handle(
        "count",
        (of, job) -> {
          runs.add(job.id());
          return Json.MAPPER.createObjectNode().put("twice", 2 * job.body().path("n").asInt());
        });
    assertThatThrownBy(
            () ->
                installation
                    .database()
                    .change(
                        tx -> {
                          queue.schedule(tx, org.org(), "count", body(1), org.adminId());
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    queue.runDue(org.orgId());
    assertThat(runs).isEmpty();

    long id = schedule(queue, "count", 21);
    assertThat(job(id).status()).isEqualTo(Status.SCHEDULED);
    assertThat(job(id).createdBy()).isEqualTo(org.adminId());
    queue.runDue(org.orgId());
    queue.runDue(org.orgId());
    assertThat(runs).containsExactly(id);
    assertThat(job(id).status()).isEqualTo(Status.COMPLETED);
    assertThat(job(id).result().path("twice").asInt()).isEqualTo(42);
    assertThat(job(id).finishedTime()).isNotNull();
    assertThatThrownBy(() -> schedule(queue, "unknown", 1)).hasMessageContaining("unknown");
  }

  @Test
  void jobsThatEndedLongAgoAreForgotten() {
    var queue = queue(Clock.systemUTC());
    queue.handle("old", (of, job) -> body(0));
    long first = schedule(queue, "old", 1);
    long second = schedule(queue, "old", 2);
    long third = schedule(queue, "old", 3);
    queue.runDue(org.orgId());
    queue(Clock.offset(Clock.systemUTC(), Duration.ofDays(29))).trim(org.org(), 2);
    assertThat(job(first).hasEnded()).isTrue();
    var later = queue(Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
    long open = schedule(queue, "old", 4);
    assertThat(later.trim(org.org(), 2)).isEqualTo(2);
    assertThat(later.trim(org.org(), 2)).isEqualTo(1);
    assertThat(job(open).hasEnded()).isFalse();
    for (long id : List.of(first, second, third)) {
      assertThatThrownBy(() -> job(id)).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aCancelledJobStopsAtItsNextPieceAndKeepsThoseBefore() {
    var queue = queue(Clock.systemUTC());
    var pieces = new ArrayList<Integer>();
    queue.handle(
        "long",
        new JobHandler() {
          @Override
          public JsonNode run(Org of, Job job) {
            for (int i = 1; i <= 3; i++) {
              int piece = i;
              installation
                  .database()
                  .change(tx -> Jobs.report(tx, of, job.id(), Status.RUNNING, body(piece)));
              pieces.add(piece);
              assertThat(queue.cancel(of, job.id())).isEqualTo(piece == 1);
            }
            return body(0);
          }

          @Override
          public boolean isCancellable() {
            return true;
          }
        });
    long id = schedule(queue, "long", 1);
    queue.runDue(org.orgId());
    assertThat(pieces).containsExactly(1);
    assertThat(job(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(job(id).result()).isEqualTo(body(1));
    assertThat(job(id).finishedTime()).isNotNull();
    queue.handle("whole", (of, job) -> body(0));
    assertThat(queue.cancel(org.org(), schedule(queue, "whole", 1))).isFalse();
  }

  @Test
  void aJobThatIsRefusedSaysWhyAndOneThatFailsKeepsItToTheLog() {
    var queue = queue(new TestClock());
    queue.handle(
        "refuse",
        (of, job) -> {
          throw ErrorCode.NO_PERMISSION.error();
        });
    queue.handle(
        "fail",
        (of, job) -> {
          throw new IllegalStateException("select secret from table");
        });
    long refused = schedule(queue, "refuse", 1);
    long failed = schedule(queue, "fail", 1);
    queue.runDue(org.orgId());
    assertThat(job(refused).status()).isEqualTo(Status.FAILED);
    assertThat(job(refused).result().path("error").asString()).isEqualTo("permission denied");
    assertThat(job(failed).status()).isEqualTo(Status.FAILED);
    assertThat(job(failed).result().path("error").asString()).doesNotContain("secret");
  }

  @Test
  void whatAnotherServerEndedStaysAsItIs() {
    var queue = queue(Clock.systemUTC());
    var given = new ArrayList<Long>();
    queue.handle(
        "slow",
        new JobHandler() {
          @Override
          public JsonNode run(Org of, Job job) {
            installation
                .database()
                .change(tx -> Jobs.report(tx, of, job.id(), Status.COMPLETED, body(7)));
            if (job.body().path("n").asInt() == 1) {
              throw new IllegalStateException("too late");
            }
            return body(8);
          }

          @Override
          public void givenUp(Transaction tx, Org of, Job job) {
            given.add(job.id());
          }
        });
    long late = schedule(queue, "slow", 1);
    long good = schedule(queue, "slow", 2);
    queue.runDue(org.orgId());
    for (long id : List.of(late, good)) {
      assertThat(job(id).status()).isEqualTo(Status.COMPLETED);
      assertThat(job(id).result()).isEqualTo(body(7));
    }
    assertThat(given).isEmpty();
  }

  /** As many jobs of a kind as may run do so for ever; one of another kind has its turn. */
  @Test
  void manyJobsOfOneKindLeaveOthersTheirTurn() throws InterruptedException {
    var release = new CountDownLatch(1);
    var ran = new CountDownLatch(1);
    try (var queue = queue(Clock.systemUTC())) {
      queue.handle(
          "long",
          (of, job) -> {
            await(release);
            return body(0);
          });
      queue.handle(
          "short",
          (of, job) -> {
            ran.countDown();
            return body(0);
          });
      for (int n = 0; n < 20; n++) {
        schedule(queue, "long", n);
      }
      queue.start();
      schedule(queue, "short", 1);
      assertThat(ran.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      release.countDown();
    }
    installation.database().change(tx -> JobQueue.withdrawAll(tx, org.orgId()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two servers, a try that fails, and a job that a killed server had begun. */
  @Test
  void serversTakeEachJobOnceAndThoseOfADeadServer() throws InterruptedException {
    BlockingQueue<String> runs = new LinkedBlockingQueue<>();
    List<Integer> refused = new ArrayList<>();
    JobHandler handler =
        (of, job) -> {
          if (job.body().path("n").asInt() == 0 && refused.isEmpty()) {
            refused.add(0);
            throw new IllegalStateException("the first try fails");
          }
          runs.add(job.body().path("n").asInt() + " after " + job.result().path("done").asInt());
          return body(1);
        };
    var waiting = queue(Clock.systemUTC());
    waiting.handle("work", handler);
    long begun = schedule(waiting, "work", 7);
    installation
        .database()
        .change(
            tx -> {
              Jobs.report(
                  tx,
                  org.org(),
                  begun,
                  Status.RUNNING,
                  Json.MAPPER.createObjectNode().put("done", 3));
              tx.update(
                  sql(
                      "update clientele.scheduled_job set picked = true, picked_by = 'killed',"
                          + " last_heartbeat = now() - interval '1 hour' where task_instance = ?",
                      org.orgId() + "-" + begun));
            });
    waiting.runDue(org.orgId());
    assertThat(runs).isEmpty();
    try (var one = queue(Clock.systemUTC());
        var other = queue(Clock.systemUTC())) {
      one.handle("work", handler);
      other.handle("work", handler);
      one.start();
      other.start();
      for (int n = 0; n < 5; n++) {
        schedule(one, "work", n);
      }
      var seen = new ArrayList<String>();
      for (int n = 0; n < 6; n++) {
        seen.add(runs.poll(SECONDS, TimeUnit.SECONDS));
      }
      assertThat(seen)
          .containsExactlyInAnyOrder(
              "0 after 0", "1 after 0", "2 after 0", "3 after 0", "4 after 0", "7 after 3");
    }
    assertThat(runs).isEmpty();
    assertThat(job(begun).hasEnded()).isTrue();
  }

  private JobQueue queue(Clock clock) {
    return new JobQueue(installation.database(), clock);
  }

  private long schedule(JobQueue queue, String kind, int n) {
    return installation
        .database()
        .write(tx -> queue.schedule(tx, org.org(), kind, body(n), org.adminId()));
  }

  private Job job(long id) {
    return installation.database().read(tx -> Jobs.find(tx, org.org(), id)).orElseThrow();
  }

  private static JsonNode body(int n) {
    return Json.MAPPER.createObjectNode().put("n", n);
  }
}
