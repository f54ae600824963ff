package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The API console: everybody looks after the clients they registered. */
final class ConsoleRoutes {
  private final Pages pages;
  private final Accounts accounts;
  private final OAuthClients clients;
  private final Codes codes;

  ConsoleRoutes(Pages pages, Accounts accounts, OAuthClients clients, Codes codes) {
    this.pages = pages;
    this.accounts = accounts;
    this.clients = clients;
    this.codes = codes;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/accounts/console", pages.signedIn(this::list))
        .open("POST", "/accounts/console", pages.form(this::register))
        .open("GET", "/accounts/console/{client}", pages.signedIn(this::one))
        .open("POST", "/accounts/console/{client}/redirect-uris", pages.form(this::redirectUris))
        .open("POST", "/accounts/console/{client}/secret", pages.form(this::newSecret))
        .open("POST", "/accounts/console/{client}/delete", pages.form(this::remove))
        .open("POST", "/accounts/console/{client}/code", pages.form(this::code));
  }

  private Reply list(Visit visit) {
    return ConsolePages.list(visit, clients.listOf(visit.account()));
  }

  /** https://www.zoho.com/crm/developer/docs/api/v8/register-client.html */
  private Reply register(Visit visit, Query fields) {
    ClientType type =
        fields
            .first("type")
            .flatMap(ClientType::of)
            .orElseThrow(() -> new PageError(400, "Choose a type."));
    var wanted =
        new NewClient(
            type,
            fields.first("name").orElse(""),
            fields.first("homepage").orElse("").strip(),
            type == ClientType.SELF ? List.of() : lines(fields),
            Optional.of(visit.account().id()));
    return ConsolePages.secret(visit, clients.register(wanted));
  }

  private Reply one(Visit visit) {
    return ConsolePages.one(visit, client(visit), accounts.memberships(visit.account()));
  }

  private Reply redirectUris(Visit visit, Query fields) {
    clients.changeRedirectUris(client(visit), lines(fields));
    return Pages.redirect("/accounts/console/" + client(visit).id());
  }

  private Reply newSecret(Visit visit, Query fields) {
    return ConsolePages.secret(visit, clients.resetSecret(client(visit)));
  }

  private Reply remove(Visit visit, Query fields) {
    clients.remove(client(visit).id());
    return Pages.redirect("/accounts/console");
  }

  /**
   * A code for a self client, good for 3 to 10 minutes.
   * https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html
   */
  private Reply code(Visit visit, Query fields) {
    OAuthClient client = client(visit);
    if (client.type() != ClientType.SELF) {
      throw new PageError(400, "Only self clients have codes made here.");
    }
    String minutes = fields.first("minutes").filter(text -> text.matches("[3-9]|10")).orElse("3");
    String org = fields.first("org").orElse("");
    Membership membership =
        accounts.memberships(visit.account()).stream()
            .filter(one -> Long.toString(one.orgId()).equals(org))
            .findFirst()
            .orElseThrow(() -> new PageError(400, "Choose an organization."));
    var code =
        new Code(
            new Grantee(client.id(), membership.orgId(), membership.userId()),
            Scopes.parse(fields.first("scope").orElse("")),
            true,
            Optional.empty(),
            Optional.empty());
    long life = Long.parseLong(minutes);
    return ConsolePages.code(visit, client, codes.create(code, Duration.ofMinutes(life)), life);
  }

  private OAuthClient client(Visit visit) {
    return clients
        .find(visit.call().path("client"))
        .filter(found -> found.accountId().equals(Optional.of(visit.account().id())))
        .orElseThrow(() -> new PageError(404, "You have no such client."));
  }

  private static List<String> lines(Query fields) {
    return fields
        .first("redirect_uris")
        .orElse("")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
