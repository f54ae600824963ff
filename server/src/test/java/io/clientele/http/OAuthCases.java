package io.clientele.http;

import static io.clientele.http.WireRequest.latin;

/** Calls for tokens and of the pages, with parameters wherever clients put them. */
final class OAuthCases {
  private OAuthCases() {}

  static WireRequest next(Chance chance) {
    String target =
        chance.of(
            "/oauth/v2/token",
            "/oauth/v2/token",
            "/oauth/v2/token/revoke",
            "/oauth/v2/auth",
            "/oauth/v2/token/scopeenhance",
            "/oauth/user/info",
            "/oauth/serverinfo",
            "/accounts",
            "/oauth/v2/auth/refresh",
            "/accounts/signin",
            "/oauth/v2/auth/consent",
            "/accounts/connected/" + chance.odd().replace(' ', '+') + "/revoke");
    if (chance.in100(50)) {
      target += "?" + parameters(chance);
    }
    return switch (chance.below(4)) {
      case 0 -> WireRequest.of("oauth", "GET", target, new byte[0], cookie(chance));
      case 1 -> multipart(chance, target);
      default ->
          WireRequest.of(
              "oauth",
              "POST",
              target,
              chance.in100(20) ? chance.bytes(chance.below(200)) : latin(parameters(chance)),
              "Content-Type: " + chance.of("application/x-www-form-urlencoded", "x", ";;", ""),
              basic(chance));
    };
  }

  private static String parameters(Chance chance) {
    var text = new StringBuilder();
    for (int i = chance.below(6); i >= 0; i--) {
      String name =
          chance.of(
              "grant_type",
              "client_id",
              "client_secret",
              "code",
              "redirect_uri",
              "refresh_token",
              "scope",
              "soid",
              "token",
              "response_type",
              "state",
              "code_challenge",
              chance.odd());
      String value =
          chance.of(
              "authorization_code",
              "refresh_token",
              "client_credentials",
              "ZohoCRM.modules.ALL",
              "1000.AB",
              "ZohoCRM.999999999999999999",
              "https://x.example/y",
              chance.odd(),
              chance.odd());
      text.append(name).append('=').append(value).append('&');
    }
    return text.toString().replace(" ", "%20");
  }

  private static WireRequest multipart(Chance chance, String target) {
    String boundary = chance.of("X", "---", "\\E(", "x".repeat(80), "");
    String sent = chance.in100(70) ? boundary : chance.of("Y", "");
    var body = new StringBuilder(chance.of("", "\r\n", "preamble"));
    for (int i = chance.below(5); i > 0; i--) {
      body.append("--")
          .append(sent)
          .append(chance.of("\r\n", "\n", "--\r\n", ""))
          .append("Content-Disposition: form-data; name")
          .append(chance.of("=\"grant_type\"", "=code", "=\"\"", "", "=\"a", "=\"\0\""))
          .append(chance.of("\r\n\r\n", "\r\n", "\n\n", ""))
          .append(chance.of("refresh_token", "\0", "\u00ff\u00fe", ""))
          .append("\r\n");
    }
    body.append("--").append(sent).append(chance.of("--", "", "--\r\n"));
    return WireRequest.of(
        "multipart",
        "POST",
        target,
        chance.mutate(latin(body.toString())),
        "Content-Type: multipart/form-data"
            + chance.of("; boundary=", ";boundary=\"", "")
            + boundary);
  }

  private static String basic(Chance chance) {
    return "Authorization: "
        + chance.of("Basic ", "Basic %%%", "Basic Og==", "Basic AAAA", "basic OjA6", "");
  }

  private static String cookie(Chance chance) {
    return "Cookie: "
        + chance.of(
            "", "=", ";;;", "clientele=" + "a".repeat(64), "a=b; clientele=\0".replace("\0", "x"));
  }
}
