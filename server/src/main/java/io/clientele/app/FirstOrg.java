package io.clientele.app;

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

/** Sees to it that there is an org, and that {@code credentials.json} lets scripts into it. */
final class FirstOrg {
  /** All that the server has, and who the caller is. */
  static final String ALL_SCOPES =
      "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.bulk.ALL,"
          + "ZohoCRM.notifications.ALL,ZohoCRM.coql.READ,ZohoCRM.files.ALL,ZohoCRM.templates.ALL,"
          + "ZohoCRM.features.READ,ZohoCRM.apis.READ,ZohoCRM.share.ALL,ZohoCRM.change_owner.CREATE,"
          + "ZohoCRM.mass_update.ALL,ZohoCRM.mass_delete.ALL,ZohoCRM.mass_convert.ALL,"
          + "ZohoCRM.composite_requests.CUSTOM,ZohoCRM.send_mail.ALL,ZohoFiles.files.ALL,"
          + "ZohoSearch.securesearch.READ,AaaServer.profile.READ";

  private final Installation installation;
  private final Path dataDirectory;

  FirstOrg(Installation installation, Path dataDirectory) {
    this.installation = installation;
    this.dataDirectory = dataDirectory;
  }

  /** Makes the first org when there is none; answers the oldest one. */
  Org ensure(String name, String adminEmail) {
    Optional<Org> oldest = installation.orgs().list().stream().findFirst();
    return oldest.orElseGet(() -> create(name, adminEmail, "Admin"));
  }

  /** A new org with its administrator, who can sign in once a password is set. */
  Org create(String name, String adminEmail, String lastName) {
    Created created =
        installation
            .orgSetup()
            .create(name, adminEmail, "Org", lastName, java.time.ZoneId.systemDefault().getId());
    installation
        .database()
        .change(
            tx ->
                Accounts.link(
                    tx, Accounts.create(tx, adminEmail), created.org().id(), created.userId()));
    return created.org();
  }

  /** Writes the credentials with a fresh access token; what an earlier start wrote stays good. */
  Credentials writeCredentials(Org org, String baseUrl) {
    UserName admin = installation.metadata().of(org.id()).userNames().iterator().next();
    Optional<Credentials> earlier =
        Credentials.read(dataDirectory).filter(old -> old.orgId().equals(Long.toString(org.id())));
    Optional<IssuedTokens> renewed =
        earlier.flatMap(old -> installation.oauth().tokens().renew(old.refreshToken()));
    Credentials credentials =
        earlier.isPresent() && renewed.isPresent()
            ? renewed(earlier.get(), renewed.get(), baseUrl)
            : fresh(org, admin, baseUrl);
    credentials.write(dataDirectory);
    return credentials;
  }

  private static Credentials renewed(Credentials old, IssuedTokens tokens, String baseUrl) {
    return new Credentials(
        old.orgId(),
        baseUrl,
        tokenUrl(baseUrl),
        old.clientId(),
        old.clientSecret(),
        old.redirectUri(),
        old.refreshToken(),
        tokens.accessToken(),
        old.adminEmail(),
        old.adminPassword());
  }

  private Credentials fresh(Org org, UserName admin, String baseUrl) {
    String redirectUri = "http://localhost/callback";
    RegisteredClient client =
        installation
            .oauth()
            .clients()
            .register(
                new NewClient(
                    ClientType.SERVER_BASED,
                    "First client",
                    "",
                    List.of(redirectUri),
                    Optional.empty()));
    String password = randomPassword();
    Account account = installation.oauth().accounts().find(admin.email()).orElseThrow();
    installation.oauth().accounts().setPassword(account, password);
    IssuedTokens tokens = issue(client.client(), org, admin);
    return new Credentials(
        Long.toString(org.id()),
        baseUrl,
        tokenUrl(baseUrl),
        client.client().id(),
        client.secret(),
        redirectUri,
        tokens.refreshToken().orElseThrow(),
        tokens.accessToken(),
        admin.email(),
        password);
  }

  private IssuedTokens issue(OAuthClient client, Org org, UserName admin) {
    return installation
        .oauth()
        .tokens()
        .issue(client, org.id(), admin.id(), ScopeSet.parse(ALL_SCOPES), true);
  }

  /** The complete address SDKs want as their accounts URL. */
  private static String tokenUrl(String baseUrl) {
    return baseUrl + "/oauth/v2/token";
  }

  static String randomPassword() {
    byte[] bytes = new byte[15];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
