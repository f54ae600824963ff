package io.clientele.testing;

import io.clientele.db.Sql;
import io.clientele.http.ScopeSet;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Settings;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import io.clientele.oauth.OAuthClient;
import io.clientele.org.Org;
import io.clientele.users.OrgSetup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A fresh org with its administrator, and clients of the API that act for its users. */
public final class TestOrg {
  /** What most tests may do. */
  public static final String ALL_SCOPES =
      "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.apis.READ,"
          + "ZohoCRM.features.READ,ZohoCRM.Files.ALL,"
          + "ZohoCRM.mass_update.ALL,ZohoCRM.mass_delete.ALL,ZohoCRM.change_owner.ALL,"
          + "ZohoCRM.mass_convert.ALL,ZohoCRM.share.ALL,ZohoCRM.coql.READ,"
          + "ZohoCRM.composite_requests.CUSTOM,ZohoCRM.bulk.ALL";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TestServer server;
  private final OrgSetup.Created created;
  private final OAuthClient client;

  private TestOrg(TestServer server) {
    this.server = server;
    int number = NUMBER.incrementAndGet();
    String email = "admin" + number + "-" + ProcessHandle.current().pid() + "@example.com";
    var installation = server.installation();
    created =
        installation.orgSetup().create("Org " + number, email, "Patricia", "Boyle", "Asia/Kolkata");
    installation
        .database()
        .change(tx -> Accounts.link(tx, Accounts.create(tx, email), orgId(), created.userId()));
    client = client(server);
  }

  private TestOrg(TestServer server, OrgSetup.Created created) {
    this.server = server;
    this.created = created;
    client = client(server);
  }

  private static OAuthClient client(TestServer server) {
    return server
        .installation()
        .oauth()
        .clients()
        .register(
            new NewClient(
                ClientType.SELF,
                "Tests " + NUMBER.incrementAndGet(),
                "",
                List.of(),
                Optional.empty()))
        .client();
  }

  /** An org that is there, and one of its administrators. */
  public static TestOrg existing(TestServer server, Org org, long adminId) {
    return new TestOrg(server, new OrgSetup.Created(org, adminId));
  }

  public static TestOrg create() {
    return new TestOrg(TestServer.shared());
  }

  public static TestOrg createOn(TestServer server) {
    return new TestOrg(server);
  }

  public Org org() {
    return created.org();
  }

  public long orgId() {
    return created.org().id();
  }

  /** The id of the administrator. */
  public long adminId() {
    return created.userId();
  }

  /** The org's metadata as the server sees it now. */
  public Metadata metadata() {
    return server.installation().metadata().of(orgId());
  }

  /** Runs a statement for which no operation is there, and has the metadata read anew. */
  public void change(Sql statement) {
    var installation = server.installation();
    installation
        .database()
        .change(
            tx -> {
              tx.update(statement);
              Settings.changed(tx, org());
            });
    installation.metadata().changed(orgId());
  }

  /** Schedules a job of the administrator's, which {@code runDue} does. */
  public void schedule(String kind, JsonNode body) {
    var installation = server.installation();
    installation
        .database()
        .change(tx -> installation.jobs().schedule(tx, org(), kind, body, adminId()));
  }

  public TestServer server() {
    return server;
  }

  /** A client acting for the administrator with all scopes. */
  public Api api() {
    return api(adminId(), ALL_SCOPES);
  }

  /** A client acting for a user with the scopes named. */
  public Api api(long userId, String scopes) {
    return new Api(server.url(), token(userId, scopes));
  }

  public String token(long userId, String scopes) {
    return server
        .installation()
        .oauth()
        .tokens()
        .issue(client, orgId(), userId, ScopeSet.parse(scopes), false)
        .accessToken();
  }
}
