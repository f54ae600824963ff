package io.clientele.http;

import io.clientele.http.Scope.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every path that answers, with its method, the scope it needs and what handles it. Paths of the
 * API are given without their {@code /crm/{version}}; a part in braces takes any one segment, and a
 * literal part wins over it.
 */
public final class RouteTable {
  /** Where the API's own paths hang. */
  private static final String API = "/crm/{version}";

  /** Where those hang that are about all records of a module at once. */
  private static final String BULK = "/crm/bulk/{version}";

  /** Where paths of the API differ first: in a word of their own or the name of a module. */
  private static final int FIRST_WORD = 2;

  private final Node root = new Node();
  private final List<Route> routes = new ArrayList<>();
  private final UnaryOperator<Handler> around;

  public RouteTable() {
    this(UnaryOperator.identity());
  }

  /**
   * @param around what stands around the handler of each route that needs a token
   */
  public RouteTable(UnaryOperator<Handler> around) {
    this.around = around;
  }

  /**
   * One row of the table.
   *
   * @param scope what the caller's token must hold; none where anybody may call
   */
  public record Route(String method, String path, Optional<Scope> scope, Handler handler) {
    @Override
    public String toString() {
      return method + " " + path + scope.map(needed -> " " + needed).orElse("");
    }
  }

  /** A route found for a path, with the values of its parts in braces. */
  public record Match(Route route, Map<String, String> parameters) {}

  public RouteTable get(String path, String area, Handler handler) {
    return api("GET", path, Scope.of(area, Operation.READ), handler);
  }

  public RouteTable post(String path, String area, Handler handler) {
    return api("POST", path, Scope.of(area, Operation.CREATE), handler);
  }

  public RouteTable put(String path, String area, Handler handler) {
    return api("PUT", path, Scope.of(area, Operation.UPDATE), handler);
  }

  public RouteTable patch(String path, String area, Handler handler) {
    return api("PATCH", path, Scope.of(area, Operation.UPDATE), handler);
  }

  public RouteTable delete(String path, String area, Handler handler) {
    return api("DELETE", path, Scope.of(area, Operation.DELETE), handler);
  }

  /** A route of the API whose scope does not follow from its method. */
  public RouteTable api(String method, String path, Scope scope, Handler handler) {
    return add(new Route(method, API + path, Optional.of(scope), around.apply(handler)));
  }

  /** A route of the API below {@code /crm/bulk/{version}}. */
  public RouteTable bulk(String method, String path, Scope scope, Handler handler) {
    return add(new Route(method, BULK + path, Optional.of(scope), around.apply(handler)));
  }

  /** A route of our own, with its whole path, for what the API has no operation for. */
  public RouteTable own(String method, String path, Scope scope, Handler handler) {
    return add(new Route(method, path, Optional.of(scope), around.apply(handler)));
  }

  /** A route outside the API, that needs no token: pages, OAuth, health. */
  public RouteTable open(String method, String path, Handler handler) {
    return add(new Route(method, path, Optional.empty(), handler));
  }

  /** All routes, sorted by path and method. */
  public List<Route> routes() {
    return routes.stream()
        .sorted(java.util.Comparator.comparing(Route::path).thenComparing(Route::method))
        .toList();
  }

  /**
   * The route for {@code segments}; empty when the path is unknown or known under other methods
   * only.
   */
  Optional<Match> find(String method, List<String> segments) {
    return find(root, segments, 0, node -> node.byMethod.get(method));
  }

  boolean knows(List<String> segments) {
    return find(root, segments, 0, ANY).isPresent();
  }

  private RouteTable add(Route route) {
    Node node = root;
    for (String part : route.path.substring(1).split("/")) {
      node =
          part.startsWith("{")
              ? node.parameters.computeIfAbsent(
                  part.substring(1, part.length() - 1), name -> new Node())
              : node.literals.computeIfAbsent(part, name -> new Node());
    }
    if (node.byMethod.put(route.method, route) != null) {
      throw new IllegalStateException("two routes for " + route);
    }
    routes.add(route);
    return this;
  }

  /** A route of the path, whatever its method. */
  private static final Pick ANY = node -> node.byMethod.values().stream().findFirst().orElse(null);

  private interface Pick {
    @Nullable Route from(Node node);
  }

  private static Optional<Match> find(Node node, List<String> segments, int index, Pick pick) {
    if (index == segments.size()) {
      Route route = pick.from(node);
      return route == null
          ? Optional.empty()
          : Optional.of(new Match(route, parameters(route, segments)));
    }
    Node literal = node.literals.get(segments.get(index));
    if (literal != null) {
      Optional<Match> found = find(literal, segments, index + 1, pick);
      boolean known =
          index <= FIRST_WORD
              && found.isEmpty()
              && find(literal, segments, index + 1, ANY).isPresent();
      if (found.isPresent() || known) {
        return found; // a path that begins with its own word names no module
      }
    }
    for (Node parameter : node.parameters.values()) {
      Optional<Match> found = find(parameter, segments, index + 1, pick);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> parameters(Route route, List<String> segments) {
    var values = new HashMap<String, String>();
    String[] parts = route.path.substring(1).split("/");
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("{")) {
        values.put(parts[i].substring(1, parts[i].length() - 1), segments.get(i));
      }
    }
    return values;
  }

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<String, Node> parameters = new LinkedHashMap<>();
    final Map<String, Route> byMethod = new HashMap<>();
  }
}
