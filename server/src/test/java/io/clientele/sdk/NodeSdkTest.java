package io.clientele.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official Node clients, as they are published, do their work against the server. */
class NodeSdkTest {
  private static NodeProject project;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    project = NodeProject.install("sdk");
  }

  @Test
  void theCurrentClientReadsAndWrites() throws IOException, InterruptedException {
    runs("sdk8.js");
  }

  @Test
  void everyKindOfValueGoesThereAndBack() throws IOException, InterruptedException {
    runs("kinds.js");
  }

  @Test
  void theCurrentClientShapesAnOrg() throws IOException, InterruptedException {
    runs("shape.js");
  }

  @Test
  void theCurrentClientWorksWithRecords() throws IOException, InterruptedException {
    runs("records.js");
  }

  @Test
  void theCurrentClientActsOnRecords() throws IOException, InterruptedException {
    runs("actions.js");
  }

  @Test
  void theCurrentClientAsksQueries() throws IOException, InterruptedException {
    runs("queries.js");
  }

  @Test
  void theCurrentClientReadsInBulk() throws IOException, InterruptedException {
    runs("bulk.js");
  }

  @Test
  void theOldClientReads() throws IOException, InterruptedException {
    runs("v2.js");
  }

  private static void runs(String script) throws IOException, InterruptedException {
    var org = TestOrg.create();
    var queue = org.server().installation().jobs();
    try (var jobs = Executors.newSingleThreadScheduledExecutor()) {
      var running =
          jobs.scheduleWithFixedDelay(
              () -> queue.runDue(org.orgId()), 0, 50, TimeUnit.MILLISECONDS);
      assertThat(project.run(script, environment(org))).endsWith("done\n");
      running.cancel(false);
    }
  }

  /** What a client needs to act for the administrator of the org, and the id of another user. */
  private static Map<String, String> environment(TestOrg org) {
    var oauth = org.server().installation().oauth();
    var registered =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Node SDK", "", List.of(), Optional.empty()));
    var scopes = ScopeSet.parse(TestOrg.ALL_SCOPES);
    var tokens =
        oauth.tokens().issue(registered.client(), org.orgId(), org.adminId(), scopes, true);
    return Map.of(
        "BASE_URL", org.server().url(),
        "CLIENT_ID", registered.client().id(),
        "CLIENT_SECRET", registered.secret(),
        "REFRESH_TOKEN", tokens.refreshToken().orElseThrow(),
        "OTHER_USER",
            Long.toString(TestUsers.standard(org, "sdk-" + org.orgId() + "@example.com")));
  }
}
