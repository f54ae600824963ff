package io.clientele.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.clientele.http.RouteTable.Route;
import io.clientele.testing.Proves;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which test classes prove which routes, from their {@link Proves}. */
final class Proofs {
  private final List<Proof> proofs;

  /** One route that one test proves; the area is empty for all but shared routes. */
  private record Proof(String test, String route, String area) {}

  private Proofs(List<Proof> proofs) {
    this.proofs = proofs;
  }

  static Proofs scan() {
    return new Proofs(
        new ClassFileImporter()
            .importPackages("io.clientele").stream().flatMap(Proofs::of).toList());
  }

  private static Stream<Proof> of(JavaClass test) {
    Stream<Proves> annotations =
        Stream.concat(
            test.tryGetAnnotationOfType(Proves.class).stream(),
            test.tryGetAnnotationOfType(Proves.Several.class).stream()
                .flatMap(several -> Stream.of(several.value())));
    return annotations.flatMap(
        proves ->
            Stream.of(proves.value())
                .map(route -> new Proof(test.getSimpleName(), route, proves.area())));
  }

  /** Every route named. */
  Set<String> routes() {
    return proofs.stream().map(Proof::route).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every area named. */
  Set<String> areas() {
    return proofs.stream()
        .map(Proof::area)
        .filter(area -> !area.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The tests that prove a route for an area. */
  Set<String> tests(Route route, String area) {
    return proofs.stream()
        .filter(proof -> proof.route().equals(name(route)) && proof.area().equals(area))
        .map(Proof::test)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A route as proofs name it. */
  static String name(Route route) {
    return route.method() + " " + route.path();
  }
}
