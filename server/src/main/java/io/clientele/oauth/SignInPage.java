package io.clientele.oauth;

import io.clientele.http.Reply;
import java.util.List;

/** The form to sign in with. */
final class SignInPage {
  private SignInPage() {}

  /**
   * @param next the path to go on to
   * @param formTargets where {@code next} may send the browser at once
   */
  static Reply show(Visit visit, String next, String message, List<String> formTargets) {
    Html body =
        Html.of(
            """
            {}
            <form method="post" action="/accounts/signin">
            {}
            <input type="hidden" name="next" value="{}">
            <label>Mail address
            <input type="email" name="email" autocomplete="username" required autofocus></label>
            <label>Password
            <input type="password" name="password" autocomplete="current-password" required></label>
            <button>Sign in</button>
            </form>""",
            message.isEmpty() ? Html.NONE : Html.of("<p class=\"message\">{}</p>", message),
            visit.csrfField(),
            next);
    return Pages.show(visit, message.isEmpty() ? 200 : 403, "Sign in", body, formTargets);
  }
}
