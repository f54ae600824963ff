package io.clientele.oauth;

/** What stands around every page. */
final class Layout {
  private Layout() {}

  static Html page(Visit visit, String title, Html body) {
    return Html.of(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{} – Clientele</title>
        <link rel="stylesheet" href="/accounts/style.css">
        </head>
        <body>
        <header><strong>Clientele</strong>{}</header>
        <main>
        <h1>{}</h1>
        {}
        </main>
        </body>
        </html>
        """,
        title,
        visit.visitor().isPresent() ? menu(visit) : Html.NONE,
        title,
        body);
  }

  private static Html menu(Visit visit) {
    return Html.of(
        """
        <a href="/accounts/console">API console</a>
        <a href="/accounts/connected">Connected apps</a>
        <a href="/accounts/password">Password</a>
        <span class="hint">{}</span>
        <form method="post" action="/accounts/signout">{}<button class="quiet">Sign out</button></form>""",
        visit.account().email(),
        visit.csrfField());
  }
}
