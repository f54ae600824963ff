package io.clientele.oauth;

import io.clientele.http.Reply;
import io.clientele.http.ScopeSet;
import java.util.List;
import java.util.stream.IntStream;

/** Asks the user whether a client may have what it asks for. */
final class ConsentPage {
  private ConsentPage() {}

  /**
   * @param scopes what is new to the user
   * @param orgs the orgs to choose from
   */
  static Reply show(
      Visit visit, AuthorizationRequest request, ScopeSet scopes, List<Membership> orgs) {
    OAuthClient client = request.target().client();
    Html body =
        Html.of(
            """
            <p><strong>{}</strong> would like to do this in your name ({}):</p>
            <ul>{}</ul>
            <form method="post" action="/oauth/v2/auth/consent">
            {}
            <input type="hidden" name="request" value="{}">
            {}
            <p class="hint">You will be sent to {}. {}</p>
            <div class="actions">
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny" class="quiet">Do not allow</button>
            </div>
            </form>""",
            client.name(),
            visit.account().email(),
            Html.all(scopes.scopes().stream().map(ConsentPage::scope).toList()),
            visit.csrfField(),
            visit.call().rawQuery(),
            choice(orgs),
            request.target().formTarget(),
            request.offline() ? "It may do so until you end it under Connected apps." : "");
    return Pages.show(visit, 200, "Allow access?", body, List.of(request.target().formTarget()));
  }

  private static Html scope(String scope) {
    return Html.of(
        "<li>{} <span class=\"hint\"><code>{}</code></span></li>", Scopes.inWords(scope), scope);
  }

  /** Which org; asked for only when there are several. */
  static Html choice(List<Membership> orgs) {
    if (orgs.size() == 1) {
      return Html.of("<input type=\"hidden\" name=\"org\" value=\"{}\">", orgs.getFirst().orgId());
    }
    return Html.of(
        "<fieldset><legend>In which organization?</legend>{}</fieldset>",
        Html.all(IntStream.range(0, orgs.size()).mapToObj(i -> choice(orgs.get(i), i)).toList()));
  }

  private static Html choice(Membership org, int index) {
    return Html.of(
        "<label><input type=\"radio\" name=\"org\" value=\"{}\" required {}> {} ({})</label>",
        org.orgId(),
        index == 0 ? Html.of("checked") : Html.NONE,
        org.orgName(),
        org.orgId());
  }
}
