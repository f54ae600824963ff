package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the answer to an authorization request goes: a redirect URI that the client registered.
 *
 * @param fragment whether the answer stands behind a {@code #}, as tokens for browsers do
 */
record RedirectTarget(OAuthClient client, String uri, Optional<String> state, boolean fragment) {
  /**
   * @throws OAuthError invalid_client, invalid_redirect_uri; these must be shown, not redirected
   */
  static RedirectTarget of(OAuthClients clients, Query query) {
    OAuthClient client =
        query.first("client_id").flatMap(clients::find).orElseThrow(OAuthError::invalidClient);
    String uri =
        query
            .first("redirect_uri")
            .filter(client.redirectUris()::contains)
            .orElseThrow(OAuthError::invalidRedirectUri);
    boolean fragment = query.first("response_type").orElse("").equals("token");
    return new RedirectTarget(client, uri, query.first("state"), fragment);
  }

  /**
   * Where going on to {@code next}, a path with the query of an authorization request, may lead.
   */
  static List<String> formTargets(OAuthClients clients, String next) {
    int question = next.indexOf('?');
    try {
      String query = question < 0 ? "" : next.substring(question + 1);
      return List.of(of(clients, Query.parse(query)).formTarget());
    } catch (OAuthError e) {
      return List.of();
    }
  }

  /** The redirect URI's origin (its scheme, for apps) as a source of a Content-Security-Policy. */
  String formTarget() {
    var parsed = URI.create(uri);
    String host = parsed.getHost();
    String scheme = parsed.getScheme();
    if (host == null || !host.matches("[A-Za-z0-9.-]+") || !scheme.matches("(?i)https?")) {
      return scheme + ":";
    }
    return scheme + "://" + host + (parsed.getPort() < 0 ? "" : ":" + parsed.getPort());
  }

  Reply error(OAuthError error) {
    return redirect(Map.of("error", error.word()));
  }

  /** Sends the browser there with {@code parameters} and the state. */
  Reply redirect(Map<String, String> parameters) {
    var all = new LinkedHashMap<>(parameters);
    state.ifPresent(text -> all.put("state", text));
    String query =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String separator = fragment ? "#" : uri.indexOf('?') < 0 ? "?" : "&";
    return Reply.noContent(302)
        .header("Location", uri + separator + query)
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
