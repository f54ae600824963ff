package io.clientele.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Repository;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The errors that the pages name for every operation of customization alike. */
class CustomizationAccessTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final List<String> NOUNS =
      List.of(
          "modules",
          "fields",
          "layouts",
          "related_lists",
          "custom_views",
          "inventory_templates",
          "email_templates",
          "duplicate_check_preference",
          "tags",
          "wizards",
          "record_locking_configurations",
          "global_picklists",
          "unsubscribe_links",
          "unsubscribe_link",
          "call_preferences",
          "pipeline");

  /** Nouns that users without the right to customize may change: tags, and views of their own. */
  private static final Set<String> FOR_ALL = Set.of("tags", "custom_views");

  /** Nouns that users without the right to customize may not even read. */
  private static final Set<String> HIDDEN =
      Set.of(
          "wizards",
          "call_preferences",
          "duplicate_check_preference",
          "record_locking_configurations",
          "unsubscribe_links",
          "unsubscribe_link",
          "global_picklists");

  private static final Set<String> OF_A_MODULE =
      Set.of(
          "fields",
          "layouts",
          "related_lists",
          "custom_views",
          "duplicate_check_preference",
          "record_locking_configurations");

  private record Route(String method, String path, String noun) {
    static Optional<Route> of(String line) {
      String[] words = line.split(" ");
      String path = words.length < 2 ? "" : words[1].replace("{version}", "v8");
      return NOUNS.stream()
          .filter(noun -> (path + "/").contains("/settings/" + noun + "/"))
          .map(noun -> new Route(words[0], path.replaceAll("\\{\\w+}", "1"), noun))
          .findFirst();
    }

    Answer by(Api api, String query) {
      boolean body = method.equals("POST") || method.startsWith("P");
      return api.send(method, path + query, body ? "{}" : "");
    }

    String module() {
      return "?module="
          + (noun.equals("duplicate_check_preference") ? "Leads" : "Deals")
          + (noun.equals("pipeline") ? "&layout_id=" + layout() : "")
          + "&ids=1";
    }

    private static long layout() {
      return ORG.metadata().get("Deals").layouts().getFirst().id();
    }

    boolean isRead() {
      return method.equals("GET");
    }
  }

  private static List<Route> routes() throws IOException {
    try (Stream<String> lines = Files.lines(Repository.root().resolve("routes.txt"))) {
      return lines.flatMap(line -> Route.of(line).stream()).toList();
    }
  }

  @Test
  void aTokenIsNeeded() throws IOException {
    var stranger = new Api(ORG.server().url(), "");
    assertThat(routes()).hasSizeGreaterThan(80);
    for (Route route : routes()) {
      Answer answer = route.by(stranger, route.module()).hasStatus(401);
      assertThat(answer.at("/code").asString()).isIn("AUTHENTICATION_FAILURE", "INVALID_TOKEN");
    }
  }

  @Test
  void theScopeIsNeeded() throws IOException {
    Api api = ORG.api(ORG.adminId(), "ZohoCRM.org.ALL");
    for (Route route : routes()) {
      route
          .by(api, route.module())
          .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
    }
  }

  @Test
  void thePermissionIsNeeded() throws IOException {
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Manage_Unsubscribe_Form");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Manage_Email_Templates");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Manage_Inventory_Templates");
    Api standard = ORG.api(TestUsers.standard(ORG, "nobody@example.com"), TestOrg.ALL_SCOPES);
    for (Route route : routes()) {
      boolean guarded =
          route.isRead() ? HIDDEN.contains(route.noun) : !FOR_ALL.contains(route.noun);
      if (guarded) {
        route.by(standard, route.module()).hasStatus(403).hasCode("", "NO_PERMISSION");
      }
    }
  }

  @Test
  void theModuleIsNeeded() throws IOException {
    Api api = ORG.api();
    for (Route route : routes()) {
      if (OF_A_MODULE.contains(route.noun)) {
        route
            .by(api, "?ids=1")
            .isError(
                400,
                "REQUIRED_PARAM_MISSING",
                "One of the expected parameter is missing",
                "{\"param_name\":\"module\"}");
        route.by(api, "?module=Nothing&ids=1").hasStatus(400).hasCode("", "INVALID_MODULE");
      }
    }
  }

  @Test
  void otherMethodsAreNone() throws IOException {
    Api api = ORG.api();
    List<Route> routes = routes();
    for (String path : routes.stream().map(Route::path).distinct().toList()) {
      List<String> methods =
          routes.stream().filter(one -> one.path.equals(path)).map(Route::method).toList();
      Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
          .filter(method -> !methods.contains(method))
          .forEach(
              method ->
                  assertThat(api.send(method, path + "?module=Leads", "").at("/code").asString())
                      .as(method + " " + path)
                      .isIn("INVALID_REQUEST_METHOD", "INVALID_URL_PATTERN"));
    }
  }
}
