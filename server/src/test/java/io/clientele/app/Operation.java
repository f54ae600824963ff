package io.clientele.app;

import io.clientele.http.RouteTable.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A row of {@code shared/reference/operations.tsv}. */
record Operation(String area, String method, String name, List<String> endpoints) {
  /** Areas whose operations share their routes with the plain operations on records. */
  private static final List<String> SHARING =
      List.of("Core APIs/External ID/", "Core APIs/Subforms", "Metadata APIs/Security control/");

  private static final Pattern PARAMETER = Pattern.compile("\\{[^/]*}");
  private static final Pattern MODULE = Pattern.compile("^(\\S+ /crm/\\{}/)[A-Z]\\w*");
  private static final Pattern LIST = Pattern.compile("^(\\S+ /crm/\\{}/\\{}/\\{}/)[A-Z]\\w*");
  private static final Pattern ANY_RECORD = Pattern.compile("\\S+ /crm/\\{}/\\{}(/\\{}){0,3}");

  /** Where the replies of these areas say that files are to be had. */
  private static final Map<String, String> DOWNLOADS =
      Map.of(
          "Metadata APIs/Security control/Export Audit Log",
          "GET /v2/crm/{org}/auditlog/{export}/{file}",
          "Bulk APIs/Bulk Write",
          "GET /crm/bulk/v8/write/{job_id}/result",
          "Bulk APIs/Data Backup",
          "GET /v2/crm/{org}/backup/{job}/{file}");

  static List<Operation> read(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1).map(Operation::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operation parse(String line) {
    String[] columns = line.split("\t", -1);
    List<String> endpoints =
        columns[3].equals("GET {download_url}")
            ? List.of(DOWNLOADS.getOrDefault(columns[0], columns[3]))
            : Arrays.asList(columns[3].split(" ; "));
    return new Operation(columns[0], columns[1], columns[2], endpoints);
  }

  /** The route an endpoint of this operation arrives at. */
  static Optional<Route> route(String endpoint, List<Route> routes) {
    String plain = plain(endpoint);
    return find(plain, routes)
        .or(() -> find(MODULE.matcher(plain).replaceFirst("$1{}"), routes))
        .or(() -> find(general(plain), routes));
  }

  /** For any module and any of its related lists. */
  private static String general(String plain) {
    return LIST.matcher(MODULE.matcher(plain).replaceFirst("$1{}")).replaceFirst("$1{}");
  }

  private static Optional<Route> find(String plain, List<Route> routes) {
    return routes.stream()
        .filter(route -> plain(route.method() + " " + route.path()).equals(plain))
        .findFirst();
  }

  /**
   * Whether the route serves the plain operations on records first, so that a proof of this
   * operation must name its area.
   */
  boolean sharesRoute(String endpoint, Route route) {
    boolean general =
        ANY_RECORD.matcher(plain(route.method() + " " + route.path())).matches()
            && !plain(endpoint).equals(plain(route.method() + " " + route.path()));
    return general
        || ANY_RECORD.matcher(plain(endpoint)).matches()
            && SHARING.stream().anyMatch(area::startsWith);
  }

  /** Without the query and the names of parameters. */
  private static String plain(String endpoint) {
    String path = endpoint.strip().replaceFirst("\\?.*", "").replaceFirst("/v8/", "/{}/");
    return PARAMETER.matcher(path).replaceAll("{}");
  }
}
