package io.clientele.app;

import io.clientele.http.RouteTable.Route;
import io.clientele.testing.Golden;
import io.clientele.testing.TestServer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every route of the server, with its scope, stands in {@code routes.txt}. */
class RoutesTest {
  @Test
  void routesAreWrittenDown() {
    Golden.check(
        "routes.txt",
        Server.routes(TestServer.shared().installation()).routes().stream()
            .map(Route::toString)
            .collect(Collectors.joining("\n", "", "\n")));
  }
}
