package io.clientele.apis;

import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The list of available APIs, generated from the route table (apis). */
public final class ApiRoutes {
  private static final String SCOPE = "apis";

  private final MetadataCache cache;
  private final RouteTable routes;

  public ApiRoutes(MetadataCache cache, RouteTable routes) {
    this.cache = cache;
    this.routes = routes;
  }

  public void addTo(RouteTable table) {
    table.get("/__apis", SCOPE, this::list);
  }

  /** All operations that answer in the version asked, or those a filter accepts; 204 for none. */
  private Reply list(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Optional<ApiFilter> filter = ApiFilter.of(call);
    Map<String, List<AvailableApi>> byPath =
        routes.routes().stream()
            .flatMap(route -> AvailableApi.of(route, call.version(), metadata).stream())
            .filter(api -> filter.isEmpty() || api.accepts(filter.get()))
            .collect(Collectors.groupingBy(AvailableApi::path, TreeMap::new, Collectors.toList()));
    return byPath.isEmpty()
        ? Reply.noContent()
        : Reply.list("__apis", byPath.entrySet(), ApiRoutes::write);
  }

  private static void write(Keys keys, Map.Entry<String, List<AvailableApi>> path) {
    keys.text("path", path.getKey())
        .array("operation_types", path.getValue(), ApiRoutes::operation);
  }

  private static void operation(Keys keys, AvailableApi api) {
    Credits credits = Credits.of(api);
    keys.text("method", api.method())
        .text("oauth_scope", api.scope())
        .number("max_credits", credits.most())
        .number("min_credits", credits.least());
  }
}
