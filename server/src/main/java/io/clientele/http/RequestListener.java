package io.clientele.http;

import io.clientele.http.RouteTable.Route;
import java.util.Optional;

/** Hears of every request when its reply is sent. */
@FunctionalInterface
public interface RequestListener {
  /**
   * @param path as sent, without the query
   * @param route empty when the path is unknown
   * @param nanos how long it took, in nanoseconds
   */
  void requestEnded(String method, String path, Optional<Route> route, int status, long nanos);
}
