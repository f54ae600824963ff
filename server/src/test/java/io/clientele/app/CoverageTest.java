package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.clientele.http.RouteTable.Route;
import io.clientele.testing.Golden;
import io.clientele.testing.Repository;
import io.clientele.testing.TestServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every route of the API is proven, and {@code docs/coverage.md} says by which tests. */
class CoverageTest {
  /** Routes of the API that no test proves, each with its reason here. */
  private static final Set<String> UNPROVEN = Set.of();

  private static final List<Route> ROUTES =
      Server.routes(TestServer.shared().installation()).routes();
  private static final Proofs PROOFS = Proofs.scan();

  @Test
  void everyRouteOfTheApiIsProven() {
    Set<String> missing =
        ROUTES.stream()
            .filter(route -> route.scope().isPresent())
            .map(Proofs::name)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(PROOFS.routes());
    assertThat(missing).as("routes without a test that @Proves them").isEqualTo(UNPROVEN);
  }

  @Test
  void provenRoutesAreThere() {
    assertThat(ROUTES.stream().map(Proofs::name).toList()).containsAll(PROOFS.routes());
  }

  @Test
  void coverageIsWrittenDown() {
    var file = Repository.findShared("reference/operations.tsv");
    List<Operation> operations =
        file.map(Operation::read).orElseGet(() -> abort("no list of operations"));
    assertThat(operations.stream().map(Operation::area).toList()).containsAll(PROOFS.areas());
    Golden.check("docs/coverage.md", document(operations));
  }

  private static String document(List<Operation> operations) {
    long routed = operations.stream().filter(CoverageTest::isRouted).count();
    long proven = operations.stream().filter(CoverageTest::isProven).count();
    return """
    # Coverage

    Written by `CoverageTest`; `-Dupdate.golden=true` rewrites it. An endpoint counts when a route
    answers it; where one route serves several operations, their tests name the operation's area.

    Of %d operations, %d have a route for every endpoint and %d of these are proven by tests.

    | area | operation | endpoint | route | tests |
    |---|---|---|---|---|
    """
            .formatted(operations.size(), routed, proven)
        + operations.stream().map(CoverageTest::row).collect(Collectors.joining());
  }

  private static String row(Operation operation) {
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(
            operation.area(),
            operation.name(),
            cell(operation.endpoints().stream()),
            cell(
                operation.endpoints().stream()
                    .map(one -> Operation.route(one, ROUTES).map(Proofs::name).orElse("—"))),
            cell(operation.endpoints().stream().flatMap(one -> tests(operation, one).stream())));
  }

  private static String cell(Stream<String> values) {
    String text = values.distinct().collect(Collectors.joining("<br>"));
    return text.isEmpty() ? "—" : text.replace("|", "\\|");
  }

  private static boolean isRouted(Operation operation) {
    return operation.endpoints().stream().allMatch(one -> Operation.route(one, ROUTES).isPresent());
  }

  private static boolean isProven(Operation operation) {
    return operation.endpoints().stream().noneMatch(one -> tests(operation, one).isEmpty());
  }

  private static Set<String> tests(Operation operation, String endpoint) {
    Optional<Route> route = Operation.route(endpoint, ROUTES);
    return route
        .map(
            found ->
                PROOFS.tests(found, operation.sharesRoute(endpoint, found) ? operation.area() : ""))
        .orElse(Set.of());
  }
}
