package io.clientele.oauth;

import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.Query;
import io.clientele.http.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What all pages share: who visits, forms that only our own pages can send, layout, headers. */
final class Pages {
  private final Sessions sessions;

  Pages(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Answers a visit. */
  @FunctionalInterface
  interface Page {
    Reply show(Visit visit);
  }

  /** Answers a form that one of our pages sent. */
  @FunctionalInterface
  interface Form {
    Reply handle(Visit visit, Query fields);
  }

  /** A page for anybody. */
  Handler open(Page page) {
    return call -> guarded(visit(call), page);
  }

  /** A page for those who are signed in; others are asked to do so first. */
  Handler signedIn(Page page) {
    return open(
        visit ->
            visit.visitor().isEmpty()
                ? SignInPage.show(visit, visit.target(), "", List.of())
                : page.show(visit));
  }

  /** A form for anybody. */
  Handler openForm(Form form) {
    return open(visit -> form.handle(visit, fields(visit)));
  }

  /** A form for those who are signed in. */
  Handler form(Form form) {
    return openForm(
        (visit, fields) ->
            visit.visitor().isEmpty() ? redirect("/accounts") : form.handle(visit, fields));
  }

  private static Query fields(Visit visit) {
    Query fields = Parameters.ofBody(visit.call());
    if (!Secrets.same(fields.first("csrf").orElse(""), visit.csrf())) {
      throw new PageError(403, "This form is out of date. Go back, reload the page and try again.");
    }
    return fields;
  }

  private static Reply guarded(Visit visit, Page page) {
    try {
      return page.show(visit);
    } catch (PageError e) {
      return error(visit, e.status(), e.getMessage());
    } catch (OAuthError e) {
      return error(visit, 400, "The application's request cannot be met: " + e.word());
    } catch (IllegalArgumentException e) {
      return error(visit, 400, String.valueOf(e.getMessage()));
    }
  }

  private static Reply error(Visit visit, int status, String message) {
    return show(visit, status, "Not possible", Html.of("<p class=\"message\">{}</p>", message));
  }

  private Visit visit(Call call) {
    var empty = new Visit(call, "", true, Optional.empty());
    Optional<String> cookie = cookie(call, empty.cookieName());
    Optional<Account> account = cookie.flatMap(sessions::find);
    return new Visit(call, cookie.orElseGet(Secrets::session), cookie.isEmpty(), account);
  }

  private static Optional<String> cookie(Call call, String name) {
    return call.headers("Cookie").stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .filter(value -> value.matches("[0-9a-f]{64}"))
        .findFirst();
  }

  static Reply redirect(String location) {
    return Reply.noContent(303).header("Location", location).header("Cache-Control", "no-store");
  }

  static Reply withCookie(Reply reply, Visit visit, String value) {
    return reply.header(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Lax%s"
            .formatted(visit.cookieName(), value, visit.isSecure() ? "; Secure" : ""));
  }

  static Reply show(Visit visit, String title, Html body) {
    return show(visit, 200, title, body);
  }

  static Reply show(Visit visit, int status, String title, Html body) {
    return show(visit, status, title, body, List.of());
  }

  /**
   * A whole page.
   *
   * @param formTargets where the answer to a form of this page may send the browser, besides us:
   *     browsers check form-action on redirects too
   */
  static Reply show(Visit visit, int status, String title, Html body, List<String> formTargets) {
    String formAction = String.join(" ", formTargets);
    Reply reply =
        Reply.text(status, "text/html; charset=utf-8", Layout.page(visit, title, body).toString())
            .header(
                "Content-Security-Policy",
                "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self' "
                    + formAction)
            .header("X-Frame-Options", "DENY")
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "no-referrer")
            .header("Cache-Control", "no-store");
    return visit.isNew() ? withCookie(reply, visit, visit.cookie()) : reply;
  }
}
