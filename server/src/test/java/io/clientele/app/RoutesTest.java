package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.RouteTable.Route;
import io.clientele.http.ScopeSet;
import io.clientele.testing.Golden;
import io.clientele.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every route of the server, with its scope, stands in {@code routes.txt}. */
class RoutesTest {
  private static final List<Route> ROUTES =
      Server.routes(TestServer.shared().installation()).routes();

  @Test
  void routesAreWrittenDown() {
    Golden.check(
        "routes.txt",
        ROUTES.stream().map(Route::toString).collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void tokensForAllThatTheServerHasOpenEveryRoute() {
    var held = ScopeSet.parse(FirstOrg.ALL_SCOPES);
    assertThat(ROUTES)
        .filteredOn(route -> route.scope().filter(needed -> !held.covers(needed)).isPresent())
        .isEmpty();
  }
}
