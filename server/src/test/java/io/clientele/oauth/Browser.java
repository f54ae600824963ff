package io.clientele.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Query;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser: keeps the cookie and sends the hidden fields of the page it last saw. */
final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final TestServer server;
  private String cookie = "";
  private String page = "";

  Browser(TestServer server) {
    this.server = server;
  }

  static Browser signedIn(TestServer server) {
    var browser = new Browser(server);
    server.oauth.accounts().setPassword(server.account, TestServer.PASSWORD);
    browser.open("/accounts");
    assertThat(browser.signIn(server.account.email(), TestServer.PASSWORD).statusCode())
        .isEqualTo(303);
    return browser;
  }

  HttpResponse<String> open(String path) {
    return remember(server.get(path, "Cookie", cookie));
  }

  HttpResponse<String> signIn(String email, String password) {
    return submit("/accounts/signin", Map.of("email", email, "password", password));
  }

  /** Sends {@code fields} and the hidden fields of the page. */
  HttpResponse<String> submit(String action, Map<String, String> fields) {
    var all = new LinkedHashMap<String, String>();
    Matcher hidden = HIDDEN.matcher(page);
    while (hidden.find()) {
      all.put(hidden.group(1), unescape(hidden.group(2)));
    }
    all.putAll(fields);
    return remember(server.form(action, all, "Cookie", cookie));
  }

  String page() {
    return page;
  }

  String cookie() {
    return cookie;
  }

  /** The text of the element with this id. */
  String text(String id) {
    Matcher matcher = Pattern.compile("id=\"" + id + "\">([^<]*)<").matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }

  static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElse("none: " + response.body());
  }

  /** The parameters a redirect carries behind its {@code ?} or {@code #}. */
  static Query parameters(HttpResponse<String> response) {
    URI uri = URI.create(location(response));
    return Query.parse(uri.getRawFragment() != null ? uri.getRawFragment() : uri.getRawQuery());
  }

  private HttpResponse<String> remember(HttpResponse<String> response) {
    response
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(header -> cookie = header.substring(0, header.indexOf(';')));
    page = response.body();
    return response;
  }

  private static String unescape(String text) {
    return text.replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }
}
