package io.clientele.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Runs the same work on several workers for a while, after a warm-up, and times each piece. */
final class Load {
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private Load() {}

  /** Does the n-th piece of work. */
  interface Worker extends AutoCloseable {
    void work(long number) throws Exception;

    @Override
    void close() throws Exception;
  }

  static Result run(int workers, Duration time, Callable<Worker> start) throws Exception {
    var numbers = new AtomicLong();
    long begin = System.nanoTime() + WARM_UP.toNanos();
    long end = begin + time.toNanos();
    List<Callable<long[]>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      tasks.add(() -> timed(start, numbers, begin, end));
    }
    try (var executor = Executors.newFixedThreadPool(workers)) {
      var all = LongStream.builder();
      for (var future : executor.invokeAll(tasks)) {
        LongStream.of(future.get()).forEach(all);
      }
      return Result.of(all.build().toArray(), time.toNanos() / 1e9);
    }
  }

  private static long[] timed(Callable<Worker> start, AtomicLong numbers, long begin, long end)
      throws Exception {
    var times = LongStream.builder();
    try (Worker worker = start.call()) {
      for (long now = System.nanoTime(); now < end; ) {
        worker.work(numbers.getAndIncrement());
        long after = System.nanoTime();
        if (now >= begin && after <= end) {
          times.add(after - now);
        }
        now = after;
      }
    }
    return times.build().toArray();
  }
}
