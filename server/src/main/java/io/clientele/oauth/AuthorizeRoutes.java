package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.AuthorizationRequest.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Authorization requests: a client sends its user here to be asked, and gets them back. */
final class AuthorizeRoutes {
  private final Pages pages;
  private final Sessions sessions;
  private final Accounts accounts;
  private final OAuthClients clients;
  private final Authorizations authorizations;

  AuthorizeRoutes(
      Pages pages,
      Sessions sessions,
      Accounts accounts,
      OAuthClients clients,
      Authorizations authorizations) {
    this.pages = pages;
    this.sessions = sessions;
    this.accounts = accounts;
    this.clients = clients;
    this.authorizations = authorizations;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/oauth/v2/auth", pages.open(visit -> authorize(visit, true)))
        .open("GET", "/oauth/v2/auth/refresh", pages.open(visit -> authorize(visit, false)))
        .open("GET", "/oauth/v2/token/addextrascope", pages.open(visit -> authorize(visit, true)))
        .open("POST", "/oauth/v2/auth/consent", pages.form(this::consent));
  }

  /**
   * Asks the user to sign in and to agree, then redirects with a code (or an access token, for
   * client-based applications). A wrong client or redirect URI is shown on a page; other errors are
   * redirected as {@code error=…}. https://www.zoho.com/crm/developer/docs/api/v8/auth-request.html
   *
   * @param mayAsk false for /oauth/v2/auth/refresh, which only renews what was allowed before
   */
  private Reply authorize(Visit visit, boolean mayAsk) {
    Query query = visit.call().query();
    RedirectTarget target = RedirectTarget.of(clients, query);
    try {
      AuthorizationRequest request = AuthorizationRequest.of(target, query);
      if (visit.visitor().isPresent()) {
        return ask(visit, request, mayAsk);
      }
      if (!mayAsk) {
        throw OAuthError.accessDenied();
      }
      return SignInPage.show(visit, visit.target(), "", List.of(target.formTarget()));
    } catch (OAuthError e) {
      return target.error(e);
    }
  }

  private Reply ask(Visit visit, AuthorizationRequest request, boolean mayAsk) {
    List<Membership> orgs = accounts.memberships(visit.account());
    if (orgs.isEmpty()) {
      throw new PageError(403, "Your account is not an active user of any organization.");
    }
    if (orgs.size() == 1 && authorizations.isAllowedBefore(request, visit.account())) {
      return answer(visit, request, orgs.getFirst());
    }
    if (!mayAsk) {
      throw OAuthError.accessDenied();
    }
    if (request.kind() != Kind.MORE_SCOPES) {
      return ConsentPage.show(visit, request, request.scopes(), orgs);
    }
    Grant grant = authorizations.grantToWiden(request, visit.account());
    Set<String> more = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    more.addAll(request.scopes().scopes());
    more.removeAll(grant.scopes().scopes());
    List<Membership> org = orgs.stream().filter(one -> one.orgId() == grant.orgId()).toList();
    return ConsentPage.show(visit, request, ScopeSet.of(more), org);
  }

  /** The user's answer; everything in the request is looked at again. */
  private Reply consent(Visit visit, Query fields) {
    Query query = Query.parse(fields.first("request").orElse(""));
    RedirectTarget target = RedirectTarget.of(clients, query);
    try {
      AuthorizationRequest request = AuthorizationRequest.of(target, query);
      if (request.signOut()) {
        sessions.close(visit.cookie());
      }
      if (!fields.first("decision").orElse("").equals("allow")) {
        throw OAuthError.accessDenied();
      }
      return answer(visit, request, chosen(visit, fields));
    } catch (OAuthError e) {
      return target.error(e);
    }
  }

  private Membership chosen(Visit visit, Query fields) {
    String org = fields.first("org").orElse("");
    return accounts.memberships(visit.account()).stream()
        .filter(membership -> Long.toString(membership.orgId()).equals(org))
        .findFirst()
        .orElseThrow(() -> new PageError(400, "Choose an organization."));
  }

  private Reply answer(Visit visit, AuthorizationRequest request, Membership org) {
    String baseUrl = visit.call().baseUrl();
    Map<String, String> parameters = new LinkedHashMap<>();
    switch (request.kind()) {
      case CODE -> {
        parameters.put("code", authorizations.code(request, org));
        parameters.put("location", InfoRoutes.LOCATION);
        parameters.put("accounts-server", baseUrl);
      }
      case TOKEN -> {
        IssuedTokens issued = authorizations.token(request, org);
        parameters.put("access_token", issued.accessToken());
        parameters.put("token_type", "Bearer");
        parameters.put("expires_in", Long.toString(issued.expiresIn()));
        parameters.put("location", InfoRoutes.LOCATION);
        parameters.put("api_domain", baseUrl);
      }
      case MORE_SCOPES -> {
        authorizations.widen(request, visit.account());
        parameters.put("status", "success");
        parameters.put("scope_enhanced", "true");
      }
    }
    return request.target().redirect(parameters);
  }
}
