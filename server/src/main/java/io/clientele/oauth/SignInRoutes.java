package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** Pages to sign in and out, to change the password, and the first page of those signed in. */
final class SignInRoutes {
  private static final String WRONG = "The mail address or the password is not right.";
  private static final String TOO_OFTEN = "Too many tries. Wait a while and try again.";

  private final Pages pages;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SignInThrottle throttle;
  private final OAuthClients clients;
  private final String style = style();

  SignInRoutes(
      Pages pages,
      Accounts accounts,
      Sessions sessions,
      SignInThrottle throttle,
      OAuthClients clients) {
    this.pages = pages;
    this.accounts = accounts;
    this.sessions = sessions;
    this.throttle = throttle;
    this.clients = clients;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", "/accounts", pages.signedIn(this::home))
        .open("GET", "/accounts/signin", pages.signedIn(visit -> Pages.redirect("/accounts")))
        .open("POST", "/accounts/signin", pages.openForm(this::signIn))
        .open("POST", "/accounts/signout", pages.form(this::signOut))
        .open("GET", "/accounts/password", pages.signedIn(visit -> passwordPage(visit, 200, "")))
        .open("POST", "/accounts/password", pages.form(this::changePassword))
        .open(
            "GET",
            "/accounts/style.css",
            call ->
                Reply.text(200, "text/css; charset=utf-8", style)
                    .header("Cache-Control", "max-age=3600"));
  }

  private Reply home(Visit visit) {
    Html orgs =
        Html.all(
            accounts.memberships(visit.account()).stream()
                .map(org -> Html.of("<li>{} ({})</li>", org.orgName(), org.orgId()))
                .toList());
    return Pages.show(
        visit,
        "Your account",
        Html.of(
            """
            <p>You are signed in as {}.</p>
            <ul>
            <li><a href="/accounts/console">API console</a>: register applications that use the API</li>
            <li><a href="/accounts/connected">Connected apps</a>: what you allowed applications to do</li>
            <li><a href="/accounts/password">Change your password</a></li>
            </ul>
            <h2>Your organizations</h2>
            <ul>{}</ul>""",
            visit.account().email(),
            orgs));
  }

  private Reply signIn(Visit visit, Query fields) {
    String email = fields.first("email").orElse("");
    String next = fields.first("next").filter(SignInRoutes::isOurs).orElse("/accounts");
    Optional<String> problem = Optional.empty();
    Optional<Account> account = Optional.empty();
    String address = visit.call().remoteAddress();
    if (throttle.admits(email, address)) {
      account = accounts.verify(email, fields.first("password").orElse(""));
      if (account.isEmpty()) {
        problem = Optional.of(WRONG);
        accounts.refused(email, address);
      }
    } else {
      problem = Optional.of(TOO_OFTEN);
    }
    if (account.isEmpty()) {
      return SignInPage.show(
          visit, next, problem.orElse(WRONG), RedirectTarget.formTargets(clients, next));
    }
    throttle.forgive(email, address);
    accounts.signedIn(account.get(), address);
    sessions.close(visit.cookie());
    return Pages.withCookie(Pages.redirect(next), visit, sessions.open(account.get()));
  }

  /** Whether {@code next} is a path of ours, and not a way to another site. */
  private static boolean isOurs(String next) {
    return next.matches("/(accounts|oauth)[/?][!-~&&[^\\\\]]*|/accounts");
  }

  private Reply signOut(Visit visit, Query fields) {
    sessions.close(visit.cookie());
    return Pages.withCookie(Pages.redirect("/accounts"), visit, Secrets.session());
  }

  private Reply passwordPage(Visit visit, int status, String message) {
    Html body =
        Html.of(
            """
            {}
            <form method="post" action="/accounts/password">
            {}
            <label>Password now
            <input type="password" name="password" autocomplete="current-password" required></label>
            <label>New password
            <input type="password" name="new_password" autocomplete="new-password" minlength="8" required></label>
            <button>Change</button>
            <p class="hint">All your other browsers are signed out.</p>
            </form>""",
            message.isEmpty() ? Html.NONE : Html.of("<p class=\"message\">{}</p>", message),
            visit.csrfField());
    return Pages.show(visit, status, "Change your password", body);
  }

  private Reply changePassword(Visit visit, Query fields) {
    String email = visit.account().email();
    String address = visit.call().remoteAddress();
    if (!throttle.admits(email, address)) {
      return passwordPage(visit, 403, TOO_OFTEN);
    }
    if (accounts.verify(email, fields.first("password").orElse("")).isEmpty()) {
      return passwordPage(visit, 403, "The password is not right.");
    }
    throttle.forgive(email, address);
    accounts.setPassword(visit.account(), fields.first("new_password").orElse(""));
    return Pages.withCookie(Pages.redirect("/accounts"), visit, sessions.open(visit.account()));
  }

  private static String style() {
    try (InputStream css = SignInRoutes.class.getResourceAsStream("accounts.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
