package io.clientele.http;

import static io.clientele.http.WireRequest.latin;

import java.util.List;

/** Requests odd in their HTTP: methods, versions, headers, lengths, and bytes that are none. */
final class ProtocolCases {
  private static final String LIST = "/crm/v8/Leads?fields=Last_Name&per_page=1";
  private static final byte[] NONE = new byte[0];
  private static final String BODY = "{\"data\":[{\"Last_Name\":\"F\"}]}";
  private static final List<String> HEADERS =
      List.of(
          "X-Request-Id: a b\tc",
          "X-Request-Id: ../../x",
          "X-Request-Id:",
          "Host: a b",
          "Host: [::1",
          "Host: x\"><script>",
          "Host: \u00e9",
          "X-Caf\u00e9: \u00ff\u00fe",
          "X-Bytes: \u0080\u0081",
          "X-Long: " + "x".repeat(7_000),
          "X-Huge: " + "x".repeat(60_000),
          "Expect: 100-continue",
          "Expect: 200-ok",
          "Expect:",
          "Accept-Encoding: gzip, br;q=x",
          "Accept: */*;q=z",
          "Accept: \u00ff",
          "Connection: keep-alive, Upgrade",
          "Content-Encoding: gzip",
          "Content-Encoding: nothing",
          "Content-Type: ///;;",
          "Cookie: \u0001",
          "If-Modified-Since: yesterday",
          "If-Modified-Since: +999999999-12-31T23:59:59Z",
          "If-Modified-Since: -999999999-01-01T00:00:00Z",
          "If-Modified-Since: 9999-12-31T23:59:59Z",
          "If-Modified-Since: 0000-01-01T00:00:00+18:00",
          "If-Modified-Since: 2024-01-01T00:00:00",
          "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT",
          "If-Modified-Since: \u00ff",
          "Range: bytes=0-1",
          "Transfer-Encoding: identity",
          "X-CRM-ORG: \u0000",
          "X-CRMORG: 1",
          "No colon here",
          ": no name",
          "Bad Name: x",
          "X: a\rb",
          "X: a\u0000b",
          " folded",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Content-Length: 0x1",
          "Content-Length: 5",
          "Content-Length: +0",
          "Content-Length: 0, 0",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: x");

  private final String authorization;

  ProtocolCases(String authorization) {
    this.authorization = authorization;
  }

  WireRequest next(Chance chance) {
    return switch (chance.below(8)) {
      case 0 -> method(chance);
      case 1 -> chunked(chance);
      case 2 -> lengths(chance);
      case 3 -> garbage(chance);
      case 4 -> authorization(chance);
      case 5 -> version(chance);
      default -> header(chance);
    };
  }

  private WireRequest header(Chance chance) {
    var lines = new StringBuilder("Host: localhost\r\n" + authorization + "\r\n");
    for (int i = chance.below(2); i >= 0; i--) {
      lines.append(chance.of(HEADERS)).append("\r\n");
    }
    if (chance.in100(3)) {
      lines.append("X-Many: 1\r\n".repeat(5_000));
    }
    boolean post = chance.in100(30);
    return raw(
        "header", post ? "POST" : "GET", post ? "/crm/v8/Leads" : LIST, lines, post ? BODY : "");
  }

  private WireRequest method(Chance chance) {
    String method =
        chance.of(
            "FOO",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "get",
            "PRI",
            "PROPFIND",
            "G\u00cbT",
            "A".repeat(300));
    String target =
        chance.of(LIST, "*", "/", "localhost:80", "http://localhost" + LIST, "/oauth/v2/token");
    return raw("method", method, target, "Host: localhost\r\n" + authorization + "\r\n", "");
  }

  private WireRequest chunked(Chance chance) {
    String size = Integer.toHexString(BODY.length());
    String body =
        chance.of(
            size + "\r\n" + BODY + "\r\n0\r\n\r\n",
            size + ";ext=1\r\n" + BODY + "\r\n0\r\nTrailer: x\r\n\r\n",
            "zz\r\n" + BODY + "\r\n0\r\n\r\n",
            "-1\r\n" + BODY,
            "ffffffffffffffff\r\n" + BODY,
            "7fffffff\r\n" + BODY,
            size + "\r\n" + BODY + "x0\r\n\r\n",
            size + "\n" + BODY + "\n0\n\n",
            "0\r\n\r\n",
            "\r\n\r\n",
            "",
            size.repeat(2_000),
            size + "\r\n" + BODY + "\r\n0\r\n" + "T: x\r\n".repeat(3_000) + "\r\n");
    String both = chance.in100(30) ? "Content-Length: " + chance.of("0", "5", "9999") + "\r\n" : "";
    String expect = chance.in100(20) ? "Expect: 100-continue\r\n" : "";
    return raw(
        "chunked",
        "POST",
        chance.of("/crm/v8/Leads", "/oauth/v2/token", "/nothing"),
        "Host: localhost\r\n"
            + authorization
            + "\r\nTransfer-Encoding: chunked\r\n"
            + both
            + expect,
        body);
  }

  private WireRequest lengths(Chance chance) {
    String lines = "Host: localhost\r\n" + authorization + "\r\n";
    String length =
        "Content-Length: "
            + chance.of("-1", "", "x", "5", "99999", "2147483648", "1e3", "9223372036854775808");
    String other = chance.in100(40) ? "\r\nContent-Length: " + chance.of("0", "5", "27") : "";
    return raw(
        "lengths",
        chance.of("POST", "PUT", "GET", "DELETE"),
        chance.of("/crm/v8/Leads", LIST, "/oauth/v2/token"),
        lines + length + other + "\r\n",
        chance.in100(70) ? BODY : "");
  }

  private WireRequest authorization(Chance chance) {
    String value =
        chance.of(
            "",
            "Zoho-oauthtoken",
            "Zoho-oauthtoken ",
            "Zoho-oauthtoken \u00ff",
            "Bearer x",
            "Zoho-oauthtoken 1000." + "a".repeat(5_000),
            "zoho-OAUTHTOKEN\t1000.x.y",
            ",,,",
            "Zoho-oauthtoken 1000.a.b\r\nAuthorization: " + authorization);
    return WireRequest.of("authorization", "GET", LIST, NONE, "Authorization: " + value);
  }

  private WireRequest version(Chance chance) {
    String lines =
        chance.of("", "Host: localhost\r\n", "Host: a\r\nHost: b\r\n")
            + authorization
            + "\r\n"
            + chance.of(
                "",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n",
                "Connection: close\r\n",
                "Connection: keep-alive\r\n");
    String version =
        chance.of("HTTP/1.1", "HTTP/1.0", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "http/1.1", "");
    boolean http = version.startsWith("HTTP/1");
    return WireRequest.raw("version", "GET", LIST, version, lines, NONE, http, true);
  }

  private static WireRequest garbage(Chance chance) {
    byte[] bytes =
        switch (chance.below(6)) {
          case 0 -> chance.bytes(1 + chance.below(500));
          case 1 -> latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
          case 2 -> latin("GET " + "/x".repeat(50_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
          case 3 -> latin("\r\n\r\n\r\n");
          case 4 ->
              latin(
                  "GET /"
                      + chance.of("a b", "\u0000", "\u00ff", "#x", "<>", "\\")
                      + " HTTP/1.1\r\nHost: x\r\n\r\n");
          default -> chance.mutate(latin("GET " + LIST + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        };
    return new WireRequest("garbage", "GET", "/", bytes, false, true);
  }

  private static WireRequest raw(
      String kind, String method, String target, CharSequence lines, String body) {
    return WireRequest.raw(
        kind, method, target, "HTTP/1.1", lines.toString(), latin(body), true, true);
  }
}
