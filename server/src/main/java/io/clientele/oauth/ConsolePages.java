package io.clientele.oauth;

import io.clientele.http.Reply;
import java.util.Arrays;
import java.util.List;

/** The pages of the API console. */
final class ConsolePages {
  private ConsolePages() {}

  static Reply list(Visit visit, List<OAuthClient> clients) {
    Html body =
        Html.of(
            """
            <table>
            <tr><th>Name</th><th>Type</th><th>Client ID</th></tr>
            {}
            </table>
            <h2>Register a client</h2>
            <form method="post" action="/accounts/console">
            {}
            <label>Type <select name="type">{}</select></label>
            <label>Name <input name="name" maxlength="100" required></label>
            <label>Homepage <input type="url" name="homepage"></label>
            <label>Redirect URIs, one a line (none for a self client)
            <textarea name="redirect_uris" rows="3"></textarea></label>
            <button>Register</button>
            </form>""",
            Html.all(clients.stream().map(ConsolePages::row).toList()),
            visit.csrfField(),
            Html.all(Arrays.stream(ClientType.values()).map(ConsolePages::option).toList()));
    return Pages.show(visit, "API console", body);
  }

  private static Html option(ClientType type) {
    return Html.of("<option value=\"{}\">{}</option>", type.word(), type.title());
  }

  private static Html row(OAuthClient client) {
    return Html.of(
        "<tr><td><a href=\"/accounts/console/{}\">{}</a></td><td>{}</td><td><code>{}</code></td></tr>",
        client.id(),
        client.name(),
        client.type().title(),
        client.id());
  }

  /** The secret, which is not shown again. */
  static Reply secret(Visit visit, RegisteredClient registered) {
    Html body =
        Html.of(
            """
            <p class="message">Write the secret down now: it is not shown again.</p>
            <p>Client ID<br><code id="client_id">{}</code></p>
            <p>Client secret<br><code id="client_secret">{}</code></p>
            <p><a href="/accounts/console/{}">Go on</a></p>""",
            registered.client().id(),
            registered.secret(),
            registered.client().id());
    return Pages.show(visit, registered.client().name(), body);
  }

  static Reply one(Visit visit, OAuthClient client, List<Membership> orgs) {
    Html body =
        Html.of(
            """
            <p>{}<br>Client ID <code>{}</code></p>
            {}
            <h2>Secret</h2>
            <form method="post" action="/accounts/console/{}/secret">{}
            <button class="quiet">Make a new secret</button></form>
            <h2>Remove</h2>
            <form method="post" action="/accounts/console/{}/delete">{}
            <p class="hint">All its tokens end.</p>
            <button class="danger">Remove this client</button></form>""",
            client.type().title(),
            client.id(),
            client.type() == ClientType.SELF
                ? codeForm(visit, client, orgs)
                : redirectUris(visit, client),
            client.id(),
            visit.csrfField(),
            client.id(),
            visit.csrfField());
    return Pages.show(visit, client.name(), body);
  }

  private static Html redirectUris(Visit visit, OAuthClient client) {
    return Html.of(
        """
        <h2>Redirect URIs</h2>
        <form method="post" action="/accounts/console/{}/redirect-uris">{}
        <label>One a line; requests must name one of them character by character
        <textarea name="redirect_uris" rows="4" required>{}</textarea></label>
        <button>Save</button></form>""",
        client.id(),
        visit.csrfField(),
        String.join("\n", client.redirectUris()));
  }

  private static Html codeForm(Visit visit, OAuthClient client, List<Membership> orgs) {
    return Html.of(
        """
        <h2>Generate a code</h2>
        <form method="post" action="/accounts/console/{}/code">{}
        <label>Scopes, parted by commas
        <input name="scope" required></label>
        <label>Good for <select name="minutes">
        <option value="3">3 minutes</option><option value="5">5 minutes</option>
        <option value="7">7 minutes</option><option value="10">10 minutes</option>
        </select></label>
        {}
        <button>Generate</button></form>""",
        client.id(),
        visit.csrfField(),
        ConsentPage.choice(orgs));
  }

  static Reply code(Visit visit, OAuthClient client, String code, long minutes) {
    Html body =
        Html.of(
            """
            <p class="message">This code is good once, for {} minutes.</p>
            <p><code id="code">{}</code></p>
            <p><a href="/accounts/console/{}">Back</a></p>""",
            minutes,
            code,
            client.id());
    return Pages.show(visit, client.name(), body);
  }
}
