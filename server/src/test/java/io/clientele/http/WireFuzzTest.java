package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a client sends is answered: never with a 5xx, never with silence, and errors in the
 * envelope. The seed is printed; {@code -Dfuzz.seed} gives another.
 */
class WireFuzzTest {
  private static final int WORKERS = 8;
  private static final int CASES = 20_800;
  private static final long SEED = Long.getLong("fuzz.seed", 20261123);

  @Test
  void everyRequestIsAnsweredWithADocumentedStatus() throws Exception {
    System.out.println("WireFuzzTest: seed " + SEED + ", " + CASES + " cases");
    TestOrg org = TestOrg.create();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    var cases = new AtomicInteger();
    List<Future<?>> workers = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WORKERS; i++) {
        long seed = SEED + i;
        workers.add(executor.submit(() -> work(org, seed, cases, failures)));
      }
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
    assertThat(failures.stream().limit(5)).isEmpty();
    assertThat(cases.get()).isGreaterThanOrEqualTo(20_000);
    org.api().get("/crm/v8/Leads?fields=id").hasStatus(200);
  }

  private static Object work(TestOrg org, long seed, AtomicInteger cases, Queue<String> failures)
      throws IOException {
    var requests = new RandomRequests(new Random(seed), org);
    try (var socket = new RawClient(org.server().url())) {
      for (int i = 0; i < CASES / WORKERS; i++) {
        byte[] request = requests.next();
        try {
          RawClient.Response response = socket.send(request);
          problem(response)
              .ifPresent(
                  problem ->
                      failures.add("seed " + seed + ": " + problem + " for " + show(request)));
        } catch (IOException e) {
          failures.add("seed " + seed + ": " + e + " for " + show(request));
        }
        cases.incrementAndGet();
      }
    }
    return failures;
  }

  /** What is wrong with a reply; empty when it is as documented. */
  private static java.util.Optional<String> problem(RawClient.Response response) {
    if (response.status() >= 500 || response.status() < 200) {
      return java.util.Optional.of("status " + response.status() + " " + response.body());
    }
    boolean page = response.headers().getOrDefault("content-type", "").startsWith("text/");
    if (response.status() < 400 || page || response.toHead()) {
      return java.util.Optional.empty();
    }
    try {
      JsonNode body = Json.MAPPER.readTree(response.body());
      boolean envelope = body.has("code") && body.has("message") && body.has("details");
      return envelope || body.has("data") || body.has("error") || body.has("users")
          ? java.util.Optional.empty()
          : java.util.Optional.of("no envelope: " + response.body());
    } catch (JacksonException e) {
      return java.util.Optional.of("no JSON: " + response.status() + " " + response.body());
    }
  }

  private static String show(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.length() > 1500 ? text.substring(0, 1500) + " …" : text;
  }
}
