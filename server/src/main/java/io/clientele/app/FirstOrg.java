package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.http.ScopeSet;
import io.clientele.metadata.UserName;
import io.clientele.oauth.Account;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.IssuedTokens;
import io.clientele.oauth.NewClient;
import io.clientele.oauth.OAuthClient;
import io.clientele.oauth.RegisteredClient;
import io.clientele.org.Org;
import io.clientele.users.OrgSetup.Created;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees to it that there is an org, and that {@code credentials.json} lets scripts into it. */
final class FirstOrg {
  /** All that the server has, and who the caller is. */
  static final String ALL_SCOPES =
      "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.bulk.ALL,"
          + "ZohoCRM.notifications.ALL,ZohoCRM.coql.READ,ZohoCRM.files.ALL,ZohoCRM.templates.ALL,"
          + "ZohoCRM.features.READ,ZohoCRM.apis.READ,ZohoCRM.share.ALL,ZohoCRM.change_owner.ALL,"
          + "ZohoCRM.mass_update.ALL,ZohoCRM.mass_delete.ALL,ZohoCRM.mass_convert.ALL,"
          + "ZohoCRM.composite_requests.CUSTOM,ZohoCRM.send_mail.ALL,ZohoFiles.files.ALL,"
          + "ZohoSearch.securesearch.READ,AaaServer.profile.READ";

  private static final String REDIRECT_URI = "http://localhost/callback";

  private final Installation installation;
  private final Path dataDirectory;

  FirstOrg(Installation installation, Path dataDirectory) {
    this.installation = installation;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Makes the first org when there is none; answers the oldest one. What a start that was killed
   * left half made is finished or removed. Of several servers that start on one database, one does
   * this at a time.
   */
  Org ensure(String name, String adminEmail, Consumer<String> progress) {
    return installation
        .database()
        .write(
            tx -> {
              tx.list(sql("select pg_advisory_xact_lock(hashtext('clientele.first'))"), row -> 0);
              return oldest()
                  .orElseGet(
                      () -> {
                        progress.accept("Creating the org " + name + " …");
                        return create(name, adminEmail, "Admin");
                      });
            });
  }

  private record FirstUser(long id, String email) {}

  private Optional<Org> oldest() {
    for (Org org : installation.orgs().list()) {
      Sql users = sql("select id, email from " + org.table("crm_user") + " order by id limit 1");
      Optional<FirstUser> admin =
          installation
              .database()
              .read(tx -> tx.find(users, row -> new FirstUser(row.getLong(1), row.getString(2))));
      if (admin.isPresent()) {
        link(org, admin.get().id(), admin.get().email());
        return Optional.of(org);
      }
      installation.orgs().drop(org.id());
    }
    return Optional.empty();
  }

  /** A new org with its administrator, who can sign in once a password is set. */
  Org create(String name, String adminEmail, String lastName) {
    Created created =
        installation
            .orgSetup()
            .create(name, adminEmail, "Org", lastName, java.time.ZoneId.systemDefault().getId());
    link(created.org(), created.userId(), adminEmail);
    return created.org();
  }

  private void link(Org org, long userId, String email) {
    if (installation.oauth().accounts().find(org.id(), userId).isEmpty()) {
      installation
          .database()
          .change(tx -> Accounts.link(tx, Accounts.create(tx, email), org.id(), userId));
    }
  }

  /**
   * Writes the credentials with a fresh access token. What an earlier start wrote stays as long as
   * it is good; secrets are stored hashed, so what the file has lost is replaced by new ones.
   */
  Credentials writeCredentials(Org org, String baseUrl) {
    UserName admin = installation.metadata().of(org.id()).userNames().iterator().next();
    Optional<Credentials> earlier =
        Credentials.read(dataDirectory).filter(old -> old.orgId().equals(Long.toString(org.id())));
    Optional<RegisteredClient> known = earlier.flatMap(this::client);
    RegisteredClient client = known.orElseGet(this::register);
    IssuedTokens tokens =
        earlier
            .filter(old -> known.isPresent())
            .flatMap(old -> installation.oauth().tokens().renew(old.refreshToken()))
            .orElseGet(() -> issue(client.client(), org, admin));
    var credentials =
        new Credentials(
            Long.toString(org.id()),
            baseUrl,
            baseUrl + "/oauth/v2/token", // the complete address, as SDKs want it
            client.client().id(),
            client.secret(),
            REDIRECT_URI,
            tokens.refreshToken().or(() -> earlier.map(Credentials::refreshToken)).orElseThrow(),
            tokens.accessToken(),
            admin.email(),
            earlier
                .filter(old -> old.adminEmail().equals(admin.email()))
                .filter(old -> known.isPresent() || isRight(old))
                .map(Credentials::adminPassword)
                .orElseGet(() -> newPassword(admin)));
    credentials.write(dataDirectory);
    return credentials;
  }

  private Optional<RegisteredClient> client(Credentials earlier) {
    return installation
        .oauth()
        .clients()
        .find(earlier.clientId())
        .map(client -> new RegisteredClient(client, earlier.clientSecret()));
  }

  private RegisteredClient register() {
    return installation
        .oauth()
        .clients()
        .register(
            new NewClient(
                ClientType.SERVER_BASED,
                "First client",
                "",
                List.of(REDIRECT_URI),
                Optional.empty()));
  }

  private boolean isRight(Credentials earlier) {
    return installation
        .oauth()
        .accounts()
        .verify(earlier.adminEmail(), earlier.adminPassword())
        .isPresent();
  }

  private String newPassword(UserName admin) {
    String password = randomPassword();
    Account account = installation.oauth().accounts().find(admin.email()).orElseThrow();
    installation.oauth().accounts().setPassword(account, password);
    return password;
  }

  private IssuedTokens issue(OAuthClient client, Org org, UserName admin) {
    return installation
        .oauth()
        .tokens()
        .issue(client, org.id(), admin.id(), ScopeSet.parse(ALL_SCOPES), true);
  }

  static String randomPassword() {
    byte[] bytes = new byte[15];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
