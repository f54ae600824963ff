package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends is answered in time and in the API's own shape. {@code -Dfuzz.seed} gives
 * other cases, {@code -Dfuzz.case} sends one of them alone.
 */
class WireFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 8);
  private static final int CASES = Integer.getInteger("fuzz.cases", 20_000);
  private static final int WORKERS = 8;
  private static final String RECORD = "{\"data\":[{\"Last_Name\":\"There\"}]}";

  private final TestOrg org = TestOrg.create();
  private final int port = URI.create(org.server().url()).getPort();
  private final String authorization = "Authorization: Zoho-oauthtoken " + org.api().token();
  private final UrlCases urls = new UrlCases(authorization);
  private final ProtocolCases protocol = new ProtocolCases(authorization);
  private final BodyCases bodies = new BodyCases(authorization, org.metadata(), ids());
  private final AtomicInteger next = new AtomicInteger();

  /** One failure for each way to fail: what is wrong, and the request. */
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();

  @Test
  void answersWhateverIsSent() throws Exception {
    @Nullable Integer only = Integer.getInteger("fuzz.case");
    if (only == null) {
      runAll();
    } else {
      try (var worker = new Worker()) {
        worker.run(only);
      }
    }
    assertThat(String.join("\n\n", failures.values())).as("seed %s", SEED).isEmpty();
    org.api().get("/crm/v8/Leads?fields=Last_Name").hasStatus(200);
  }

  private void runAll() throws Exception {
    try (var threads = Executors.newFixedThreadPool(WORKERS)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < WORKERS; i++) {
        running.add(threads.submit(this::work));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    }
  }

  private @Nullable Void work() throws IOException {
    try (var worker = new Worker()) {
      for (int number = next.getAndIncrement(); number < CASES; number = next.getAndIncrement()) {
        worker.run(number);
      }
    }
    return null;
  }

  private WireRequest make(int number) {
    var chance = new Chance(SEED * 1_000_003 + number);
    return switch (chance.below(10)) {
      case 0, 1, 2 -> urls.next(chance);
      case 3, 4, 5 -> bodies.next(chance);
      case 6 -> OAuthCases.next(chance);
      default -> protocol.next(chance);
    };
  }

  private List<String> ids() {
    return List.of(org.api().post("/crm/v8/Leads", RECORD).savedId(0), "1", "9223372036854775807");
  }

  /** Sends cases one after another, over one connection as long as both sides keep it. */
  private final class Worker implements AutoCloseable {
    private @Nullable Wire kept;

    void run(int number) throws IOException {
      WireRequest request = make(number);
      Optional<String> complaint =
          request.alone()
              ? exchange(new Wire(port), request, true)
              : exchange(wire(), request, false);
      complaint.ifPresent(
          text ->
              failures.putIfAbsent(
                  request.kind() + ": " + text,
                  text + "; seed " + SEED + " case " + number + " " + request));
    }

    private Wire wire() throws IOException {
      if (kept == null) {
        kept = new Wire(port);
      }
      return kept;
    }

    private Optional<String> exchange(Wire wire, WireRequest request, boolean last) {
      boolean keep = false;
      try {
        send(wire, request, last);
        WireReply reply = wire.read(request.method());
        keep = !last && !reply.closes();
        return reply.complaint(request.method(), request.target());
      } catch (EOFException | SocketException e) {
        return request.http() ? Optional.of("no reply: " + e.getMessage()) : Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        return Optional.of(String.valueOf(e));
      } finally {
        if (!keep) {
          wire.close();
          kept = last ? kept : null;
        }
      }
    }

    private static void send(Wire wire, WireRequest request, boolean last) throws IOException {
      try {
        wire.send(request.bytes());
        if (last) {
          wire.finish();
        }
      } catch (SocketException e) {
        // the server has heard enough; its reply may be there
      }
    }

    @Override
    public void close() {
      if (kept != null) {
        kept.close();
      }
    }
  }
}
