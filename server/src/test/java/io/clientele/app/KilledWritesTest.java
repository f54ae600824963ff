package io.clientele.app;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.db.Database;
import io.clientele.db.RunningPostgres;
import io.clientele.db.Transaction;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a client was told is kept, whatever is killed and whenever; what it was not told is kept
 * whole or not at all.
 */
class KilledWritesTest {
  private static final int ROUNDS = 24;
  private static final int CLIENTS = 4;
  private static final int LONGEST_MILLIS = 700;
  private static final int FILE_BYTES = 100_000;
  private static final String SCHEMA = "org_1000001";

  @TempDir Path directory;

  /** A quote as it may be found: gone, new with three items, or changed with four. */
  private enum State {
    GONE,
    NEW,
    CHANGED
  }

  /** By subject, the states that are right: one, or two where no answer came. */
  private final Map<String, Set<State>> quotes = new ConcurrentHashMap<>();

  /** Calls that were not answered, as bodies by their Idempotency-Key. */
  private final Map<String, String> unanswered = new ConcurrentHashMap<>();

  /** A file that was sent: to which quote, and whether the answer came. */
  private record Sent(String quote, byte[] content, boolean answered) {}

  private final Map<String, Sent> files = new ConcurrentHashMap<>();
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void everyAnsweredWriteIsKeptAndNoneByHalf() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    long seed = System.nanoTime();
    var random = new Random(seed);
    String product = "";
    for (int round = 0; round <= ROUNDS; round++) {
      try (var server = ServerProcess.serve(data)) {
        if (round == 0) {
          product =
              server
                  .api()
                  .post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Thing\"}]}")
                  .savedId(0);
          server.api().get("/crm/v8/Quotes?fields=Subject").hasStatus(204); // makes the table
          server.api().get("/crm/v8/Quoted_Items?fields=Quantity").hasStatus(204);
        } else {
          check(data, "seed " + seed + ", round " + round);
          repeatUnanswered(server.api());
          checkFiles(server.api(), "seed " + seed + ", round " + round);
        }
        if (round == ROUNDS) {
          server.stop();
        } else {
          writeUntilKilled(server, product, round, random);
        }
      }
    }
    assertThat(answered.get()).as("answered writes").isGreaterThan(ROUNDS);
  }

  private void writeUntilKilled(ServerProcess server, String product, int round, Random random)
      throws InterruptedException {
    List<ProcessHandle> database = server.database();
    boolean databaseToo = random.nextBoolean();
    boolean databaseFirst = random.nextBoolean();
    Api api = server.api();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        var writer = new Writer(api, product, round + "-" + client);
        clients.submit(writer::run);
      }
      Thread.sleep(random.nextInt(LONGEST_MILLIS)); // the moment is what is random here
      if (databaseToo && databaseFirst) {
        database.forEach(ProcessHandle::destroyForcibly);
      }
      server.kill();
      if (databaseToo) {
        database.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** Done or not: a call that comes again under its key is done once. */
  private void repeatUnanswered(Api api) {
    unanswered.forEach(
        (key, body) -> {
          Answer answer = api.post("/crm/v8/Quotes", body, "Idempotency-Key", key);
          assertThat(answer.status()).as(answer::toString).isEqualTo(201);
          subjects(key).forEach(subject -> quotes.put(subject, Set.of(State.NEW)));
        });
    unanswered.clear();
  }

  private static List<String> subjects(String call) {
    return IntStream.range(0, 3).mapToObj(i -> call + "-" + i).toList();
  }

  /** Files are there whole, or not at all when no answer came. */
  private void checkFiles(Api api, String when) {
    files.forEach(
        (name, sent) -> {
          String path = "/crm/v8/Quotes/" + sent.quote + "/Attachments";
          JsonNode rows = api.get(path + "?fields=id,File_Name").json().path("data");
          assertThat(rows.size()).as(name + ", " + when).isBetween(sent.answered ? 1 : 0, 1);
          for (JsonNode row : rows) {
            assertThat(api.download(path + "/" + row.path("id").asString()).body())
                .as(name + ", " + when)
                .isEqualTo(sent.content);
          }
        });
    files.clear();
  }

  /**
   * Creates three quotes a call, changes one, deletes one, attaches a file to one, and so on until
   * nobody answers.
   */
  private final class Writer {
    private final Api api;
    private final String product;
    private final String name;

    Writer(Api api, String product, String name) {
      this.api = api;
      this.product = product;
      this.name = name;
    }

    void run() {
      for (int n = 0; ; n++) {
        String call = name + "-" + n;
        List<String> subjects = subjects(call);
        String body = create(subjects);
        Answer created =
            send(
                subjects,
                State.GONE,
                State.NEW,
                () -> api.post("/crm/v8/Quotes", body, "Idempotency-Key", call));
        if (created == null) {
          unanswered.put(call, body);
          return;
        }
        Answer changed =
            send(
                List.of(subjects.get(0)),
                State.NEW,
                State.CHANGED,
                () -> change(created.savedId(0)));
        Answer deleted =
            changed == null
                ? null
                : send(
                    List.of(subjects.get(1)),
                    State.NEW,
                    State.GONE,
                    () -> api.delete("/crm/v8/Quotes/" + created.savedId(1)));
        if (deleted == null || !attach(subjects.get(2), created.savedId(2))) {
          return;
        }
      }
    }

    private boolean attach(String name, String quote) {
      byte[] content = new byte[FILE_BYTES];
      new Random(name.hashCode()).nextBytes(content);
      files.put(name, new Sent(quote, content, false));
      try {
        Answer answer =
            api.upload("/crm/v8/Quotes/" + quote + "/Attachments", Form.file(name, content));
        boolean kept = answer.status() == 200;
        files.put(name, new Sent(quote, content, kept));
        return kept;
      } catch (UncheckedIOException e) {
        return false;
      }
    }

    private interface Call {
      Answer send();
    }

    /** Null when no answer came, or one that promises nothing. */
    private @Nullable Answer send(List<String> subjects, State before, State after, Call call) {
      subjects.forEach(subject -> quotes.put(subject, Set.of(before, after)));
      try {
        Answer answer = call.send();
        if (answer.status() >= 500) {
          return null;
        }
        assertThat(answer.status()).as(answer::toString).isBetween(200, 201);
        subjects.forEach(subject -> quotes.put(subject, Set.of(after)));
        answered.incrementAndGet();
        return answer;
      } catch (UncheckedIOException e) {
        return null;
      }
    }

    private String create(List<String> subjects) {
      String rows =
          subjects.stream()
              .map(
                  subject ->
                      "{\"Subject\":\"%s\",\"Quoted_Items\":[%s]}"
                          .formatted(subject, String.join(",", List.of(item(), item(), item()))))
              .collect(Collectors.joining(","));
      return "{\"data\":[" + rows + "]}";
    }

    private Answer change(String id) {
      return api.put(
          "/crm/v8/Quotes/" + id,
          "{\"data\":[{\"Description\":\"changed\",\"Quoted_Items\":[" + item() + "]}]}");
    }

    private String item() {
      return "{\"Product_Name\":{\"id\":\"" + product + "\"},\"Quantity\":2}";
    }
  }

  /** What is in the database is what may be there; from here on it is what must. */
  private void check(Path data, String when) throws IOException {
    RunningPostgres running = RunningPostgres.find(data.resolve("postgres")).orElseThrow();
    try (var database = new Database(running.jdbcUrl(), running.user(), running.password(), 1)) {
      Map<String, State> found = database.read(KilledWritesTest::states);
      quotes.forEach(
          (subject, allowed) ->
              assertThat(allowed)
                  .as(subject + ", " + when)
                  .contains(found.getOrDefault(subject, State.GONE)));
      assertThat(new HashSet<>(quotes.keySet())).as(when).containsAll(found.keySet());
      quotes.replaceAll((subject, allowed) -> Set.of(found.getOrDefault(subject, State.GONE)));
      assertThat(database.read(KilledWritesTest::contradictions)).as(when).isEmpty();
    }
  }

  private static Map<String, State> states(Transaction tx) {
    var states = new HashMap<String, State>();
    tx.list(
            sql(
                "select q.subject || '|' || coalesce(q.description, 'new') || '|' || count(i.id)"
                    + " from "
                    + SCHEMA
                    + ".quotes q left join "
                    + SCHEMA
                    + ".quoted_items i on i.parent_id = q.id group by q.id"),
            row -> row.getString(1))
        .forEach(
            line -> {
              String[] parts = line.split("\\|");
              assertThat(parts[1] + parts[2]).as(line).isIn("new3", "changed4");
              assertThat(states).as("twice: " + line).doesNotContainKey(parts[0]);
              states.put(parts[0], parts[1].equals("new") ? State.NEW : State.CHANGED);
            });
    return states;
  }

  /** Rows without their record, and records whose changes do not stand in the ledger. */
  private static List<String> contradictions(Transaction tx) {
    String everywhere =
        "select q.id, q.description from %1$s.quotes q union all"
            + " select d.id, d.body ->> 'description' from %1$s.deleted_record d"
            + " where jsonb_exists(d.body, 'subject')";
    return tx.list(
        sql(
            ("select 'item without quote ' || i.id from %1$s.quoted_items i where not exists"
                    + " (select from %1$s.quotes q where q.id = i.parent_id)"
                    + " union all select 'both there and deleted ' || q.id from %1$s.quotes q"
                    + " join %1$s.deleted_record d on d.id = q.id"
                    + " union all select 'not as the ledger says ' || q.id from ("
                    + everywhere
                    + ") q left join lateral (select count(*) filter (where c.action = 'added') as added,"
                    + " count(*) filter (where c.action = 'updated') as updated"
                    + " from %1$s.record_change c where c.record_id = q.id) c on true"
                    + " where c.added <> 1 or c.updated <> case when q.description = 'changed'"
                    + " then 1 else 0 end")
                .formatted(SCHEMA)),
        row -> row.getString(1));
  }
}
