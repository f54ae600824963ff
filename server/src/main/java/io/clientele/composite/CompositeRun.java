package io.clientele.composite;

import io.clientele.composite.CompositeRequest.Bad;
import io.clientele.composite.CompositeRequest.Good;
import io.clientele.composite.CompositeRequest.Item;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The sub-requests of one composite request, on their way. */
final class CompositeRun {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final CompositeRequest request;
  private final PartHandler handler;
  private final @Nullable Result[] results;
  private final Map<String, Integer> byId = new LinkedHashMap<>();

  CompositeRun(CompositeRequest request, PartHandler handler) {
    this.request = request;
    this.handler = handler;
    this.results = new Result[request.items().size()];
    for (int i = 0; i < results.length; i++) {
      if (request.items().get(i) instanceof Good(Part part) && part.id().isPresent()) {
        byId.put(part.id().get(), i);
      }
    }
  }

  /** Undoes what was done before the sub-request that failed. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undone() {
      super("rolled back", null, false, false);
    }
  }

  /** One after the other; when one fails, nothing of them is kept. Answers whether all is kept. */
  boolean runTogether(Database database) {
    int[] failed = {-1};
    try {
      return database.together(
          () -> {
            failed[0] = -1;
            for (int i = 0; i < results.length; i++) {
              results[i] = run(i);
              if (results[i].failed()) {
                failed[0] = i;
                throw new Undone();
              }
            }
            return true;
          });
    } catch (Undone e) {
      for (int i = 0; i < results.length; i++) {
        if (i != failed[0]) {
          ErrorCode code =
              i < failed[0] ? ErrorCode.ROLLBACK_PERFORMED : ErrorCode.PROCESSING_STOPPED;
          results[i] = new Result.Refused(code.with("rollbacked_by_sub_request_index", failed[0]));
        }
      }
      return false;
    }
  }

  /** One after the other, each for itself. */
  void runInOrder() {
    for (int i = 0; i < results.length; i++) {
      results[i] = run(i);
    }
  }

  /** Those whose references are answered at the same time, and then the next ones. */
  void runAtOnce() throws InterruptedException {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      left.add(i);
    }
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!left.isEmpty()) {
      List<Integer> ready = left.stream().filter(this::isReady).toList();
      if (ready.isEmpty()) {
        ApiError loop = loop(left);
        left.forEach(i -> results[i] = new Result.Refused(loop));
        return;
      }
      runAll(ready, end);
      left.removeAll(ready);
    }
  }

  private boolean isReady(int index) {
    return references(index).stream()
        .map(byId::get)
        .allMatch(other -> other == null || other == index || results[other] != null);
  }

  private void runAll(List<Integer> ready, long end) throws InterruptedException {
    Map<String, String> context = MDC.getCopyOfContextMap();
    List<Callable<Result>> tasks = new ArrayList<>();
    for (int index : ready) {
      tasks.add(
          () -> {
            if (context != null) {
              MDC.setContextMap(context);
            }
            return run(index);
          });
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Result>> futures =
          executor.invokeAll(tasks, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      for (int i = 0; i < futures.size(); i++) {
        results[ready.get(i)] = result(futures.get(i));
      }
    }
  }

  private static Result result(Future<Result> future) throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      return new Result.Refused(ErrorCode.REQUEST_TIMEOUT.error());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Result run(int index) {
    return switch (request.items().get(index)) {
      case Bad(ApiError error) -> new Result.Refused(error);
      case Good(Part part) -> handler.handle(part, id -> reply(index, id));
    };
  }

  /** Nothing is known of a sub-request that is there, but is not done yet. */
  private Result reply(int index, String id) {
    Integer other = byId.get(id);
    Result result = other == null || other == index ? null : results[other];
    return result == null ? new Result.Refused(ErrorCode.INVALID_REFERENCE.error()) : result;
  }

  private Set<String> references(int index) {
    Item item = request.items().get(index);
    return item instanceof Good(Part part) ? References.of(part) : Set.of();
  }

  private ApiError loop(List<Integer> left) {
    List<Map<String, Object>> dependent = new ArrayList<>();
    for (int index : left) {
      if (request.items().get(index) instanceof Good(Part part)) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("sub_request_id", part.id().orElse(""));
        one.put("referred_sub_request_ids", List.copyOf(references(index)));
        dependent.add(one);
      }
    }
    return ErrorCode.LOOPING_FOUND.with("dependent_data", dependent);
  }

  /** The results, in order. */
  List<Result> results() {
    List<Result> all = new ArrayList<>();
    for (Result result : results) {
      all.add(java.util.Objects.requireNonNull(result));
    }
    return all;
  }
}
