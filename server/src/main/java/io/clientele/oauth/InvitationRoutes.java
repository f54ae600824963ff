package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.oauth.Invitations.Invited;

/** The page behind the link of an invitation. */
final class InvitationRoutes {
  private final Pages pages;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SignInThrottle throttle;
  private final Invitations invitations;

  InvitationRoutes(
      Pages pages,
      Accounts accounts,
      Sessions sessions,
      SignInThrottle throttle,
      Invitations invitations) {
    this.pages = pages;
    this.accounts = accounts;
    this.sessions = sessions;
    this.throttle = throttle;
    this.invitations = invitations;
  }

  void addTo(RouteTable routes) {
    routes
        .open("GET", Invitations.PATH, pages.open(this::show))
        .open("POST", Invitations.PATH, pages.openForm(this::accept));
  }

  private Reply show(Visit visit) {
    String code = visit.call().query("code").orElse("");
    return page(visit, code, find(code), "");
  }

  private Invited find(String code) {
    return invitations.find(code).orElseThrow(InvitationRoutes::gone);
  }

  private static PageError gone() {
    return new PageError(
        404, "This invitation was used, is too old or was replaced. Ask for a new one.");
  }

  /** Somebody new chooses a password; who has an account shows that it is theirs. */
  private Reply accept(Visit visit, Query fields) {
    String code = fields.first("code").orElse("");
    String password = fields.first("password").orElse("");
    Invited invited = find(code);
    if (invited.hasPassword()) {
      String email = invited.account().email();
      String address = visit.call().remoteAddress();
      if (!throttle.admits(email, address)) {
        return page(visit, code, invited, "Too many tries. Wait a while and try again.");
      }
      if (accounts.verify(email, password).isEmpty()) {
        return page(visit, code, invited, "The password is not right.");
      }
      throttle.forgive(email, address);
    }
    if (!invitations.accept(code, invited, invited.hasPassword() ? null : password)) {
      throw gone();
    }
    sessions.close(visit.cookie());
    return Pages.withCookie(Pages.redirect("/accounts"), visit, sessions.open(invited.account()));
  }

  private static Reply page(Visit visit, String code, Invited invited, String message) {
    Html label =
        invited.hasPassword()
            ? Html.of(
                """
                <label>Your password
                <input type="password" name="password" autocomplete="current-password" required></label>""")
            : Html.of(
                """
                <label>Choose a password
                <input type="password" name="password" autocomplete="new-password" minlength="8" required></label>""");
    Html body =
        Html.of(
            """
            {}
            <p>You are invited as {}.</p>
            <form method="post" action="/accounts/invitation">
            {}
            <input type="hidden" name="code" value="{}">
            {}
            <button>Join</button>
            </form>""",
            message.isEmpty() ? Html.NONE : Html.of("<p class=\"message\">{}</p>", message),
            invited.account().email(),
            visit.csrfField(),
            code,
            label);
    return Pages.show(visit, message.isEmpty() ? 200 : 403, "Join " + invited.orgName(), body);
  }
}
