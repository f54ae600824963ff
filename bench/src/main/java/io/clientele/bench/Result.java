package io.clientele.bench;

import java.util.Arrays;

/** How often and how fast. */
record Result(double perSecond, double p99Millis) {
  static Result of(long[] nanos, double seconds) {
    Arrays.sort(nanos);
    int index = Math.min(nanos.length - 1, (int) (nanos.length * 0.99));
    return new Result(nanos.length / seconds, nanos.length == 0 ? 0 : nanos[index] / 1e6);
  }
}
