package io.clientele.apis;

import io.clientele.http.ApiVersion;
import io.clientele.http.RouteTable.Route;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleParameter;
import java.util.Arrays;
import java.util.List;

/**
 * One operation that answers: a route of the table, spelt out for one module where the route is
 * about any.
 *
 * @param path as clients write it, with parameters in double braces
 * @param module the module's API name; empty where the path is about none
 */
record AvailableApi(String path, String method, String scope, String module) {
  private static final String VERSION = "{version}";
  private static final String MODULE = "{module}";

  /** The operations of the API that {@code route} stands for in one version. */
  static List<AvailableApi> of(Route route, ApiVersion version, Metadata metadata) {
    if (route.scope().isEmpty() || !route.path().contains(VERSION)) {
      return List.of();
    }
    String path = route.path().replace(VERSION, version.path());
    String scope = route.scope().get().toString();
    boolean ofModule = path.contains(MODULE) && route.scope().get().isOfModule();
    if (!ofModule) {
      return List.of(new AvailableApi(doubled(path), route.method(), scope, ""));
    }
    return metadata.modules().stream()
        .filter(module -> module.apiSupported() && module.generatedType().equals("default"))
        .filter(module -> ModuleParameter.answers(module, version))
        .map(
            module ->
                new AvailableApi(
                    doubled(path.replace(MODULE, module.apiName())),
                    route.method(),
                    scopeOf(route, module),
                    module.apiName()))
        .toList();
  }

  private static String scopeOf(Route route, Module module) {
    return route.scope().orElseThrow().forModule(module.scopeWord()).toString();
  }

  private static String doubled(String path) {
    return path.replace("{", "{{").replace("}", "}}");
  }

  /** The service of the scope, such as {@code modules} or {@code settings}. */
  String area() {
    List<String> parts = Arrays.asList(scope.split("\\."));
    return parts.size() > 1 ? parts.get(1) : scope;
  }

  boolean accepts(ApiFilter filter) {
    return switch (filter.attribute()) {
      case MODULE -> filter.accepts(module);
      case METHOD -> filter.accepts(method);
      case OAUTH_SCOPE -> filter.accepts(area()) || filter.accepts(scope);
    };
  }
}
