package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Connected apps: what the user allowed clients, each to be ended. */
final class ConnectedRoutes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Pages pages;
  private final OAuthClients clients;
  private final Tokens tokens;

  ConnectedRoutes(Pages pages, OAuthClients clients, Tokens tokens) {
    this.pages = pages;
    this.clients = clients;
    this.tokens = tokens;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/accounts/connected", pages.signedIn(this::list))
        .open("POST", "/accounts/connected/{grant}/revoke", pages.form(this::revoke));
  }

  private Reply list(Visit visit) {
    var rows = tokens.listOf(visit.account()).stream().map(grant -> row(visit, grant)).toList();
    Html body =
        rows.isEmpty()
            ? Html.of("<p>No application may do anything in your name.</p>")
            : Html.of(
                """
                <table>
                <tr><th>Application</th><th>May</th><th>Since</th><th></th></tr>
                {}
                </table>""",
                Html.all(rows));
    return Pages.show(visit, "Connected apps", body);
  }

  private Html row(Visit visit, Grant grant) {
    return Html.of(
        """
        <tr><td>{}<br><span class="hint">organization {}</span></td><td>{}</td>
        <td>{}<br><span class="hint">{}</span></td>
        <td><form method="post" action="/accounts/connected/{}/revoke">{}
        <button class="danger">End</button></form></td></tr>""",
        clients.find(grant.clientId()).map(OAuthClient::name).orElse(grant.clientId()),
        grant.orgId(),
        String.join("; ", Scopes.inWords(grant.scopes())),
        TIME.format(grant.createdTime()),
        grant.offline() ? "until you end it" : "for an hour",
        grant.id(),
        visit.csrfField());
  }

  private Reply revoke(Visit visit, Query fields) {
    String id = visit.call().path("grant");
    if (!id.matches("\\d{1,18}") || !tokens.revoke(visit.account(), Long.parseLong(id))) {
      throw new PageError(404, "There is no such application.");
    }
    return Pages.redirect("/accounts/connected");
  }
}
