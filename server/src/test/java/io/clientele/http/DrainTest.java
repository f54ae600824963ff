package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stop lets the calls under way end. */
class DrainTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void aCallUnderWayIsAnsweredBeforeTheStopEnds() throws Exception {
    var routes = new RouteTable().open("GET", "/slow", call -> slow());
    var server =
        new HttpServer(
                "127.0.0.1",
                0,
                Optional.empty(),
                routes,
                (call, scope) -> {
                  throw new IllegalStateException();
                },
                (method, path, route, status, nanos) -> {})
            .start();
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/slow")).build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, BodyHandlers.ofString());
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close);
      assertThat(stop).isNotDone();
      mayEnd.countDown();
      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      stop.get(20, TimeUnit.SECONDS);
    }
  }

  private Reply slow() {
    begun.countDown();
    try {
      assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Reply.value(200, Map.of());
  }
}
