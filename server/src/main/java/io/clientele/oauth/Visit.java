package io.clientele.oauth;

import io.clientele.http.Call;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A browser's request for a page.
 *
 * @param cookie the secret that ties forms to this browser; of a session when somebody is signed in
 * @param isNew whether the browser must be given the cookie
 */
record Visit(Call call, String cookie, boolean isNew, Optional<Account> visitor) {
  /** Who is signed in; only on pages that ask for it. */
  Account account() {
    return visitor.orElseThrow();
  }

  /** What every form of this browser carries. */
  String csrf() {
    return HexFormat.of().formatHex(Secrets.hash("csrf:" + cookie));
  }

  /** The hidden field with {@link #csrf}. */
  Html csrfField() {
    return Html.of("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", csrf());
  }

  /** Where this visit wants to go, for coming back after signing in. */
  String target() {
    String query = call.rawQuery();
    return call.rawPath() + (query.isEmpty() ? "" : "?" + query);
  }

  boolean isSecure() {
    return call.baseUrl().startsWith("https://");
  }

  /** The cookie's name; with https the browser refuses it from anybody but this very host. */
  String cookieName() {
    return isSecure() ? "__Host-clientele" : "clientele";
  }
}
