package io.clientele.http;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.testing.TestOrg;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests nobody should send, and some that are nearly right. */
final class RandomRequests {
  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "FOO");
  private static final List<String> MODULES =
      List.of(
          "Leads",
          "Deals",
          "Quotes",
          "Events",
          "Tasks",
          "Notes",
          "Services__s",
          "Nothing",
          "%00",
          "Emails");
  private static final List<String> SETTINGS =
      List.of(
          "settings/fields",
          "settings/modules",
          "settings/layouts",
          "settings/related_lists",
          "settings/custom_views",
          "settings/roles",
          "settings/profiles",
          "users",
          "org",
          "__features",
          "__apis",
          "settings/modules/Leads",
          "users/actions/count");
  private static final List<String> PARAMETERS =
      List.of(
          "fields",
          "page",
          "per_page",
          "page_token",
          "sort_by",
          "sort_order",
          "ids",
          "cvid",
          "converted",
          "territory_id",
          "module",
          "type",
          "include_child",
          "filters",
          "status",
          "include");
  private static final List<String> VALUES =
      List.of(
          "id",
          "Last_Name",
          "1",
          "0",
          "-1",
          "200",
          "99999999999999999999",
          "1.5",
          "x",
          "",
          "%",
          "%zz",
          "%00",
          "%F0%28",
          "true",
          "desc",
          "Created_Time",
          "1000001000000000001",
          "AAAA",
          "a,b,,c",
          "CurrentUser",
          "{}",
          "%22%7B%5B",
          "Leads",
          "%ED%A0%80",
          "null",
          "'%20or%201=1--",
          "AllUsers");
  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "1.5",
          "1e999999999",
          "1e-999999999",
          "12345678901234567890123",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"2026-01-01\"",
          "\"9999-99-99\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"0000-00-00T00:00:00+99:99\"",
          "[]",
          "{}",
          "[[[]]]",
          "{\"id\":\"1\"}",
          "{\"id\":{}}",
          "[{\"id\":1}]",
          "[null]",
          "[{\"_delete\":null}]",
          "{\"name\":\"x\"}",
          "[{\"name\":\"\\u0000\"}]",
          "\"a@b.cc\"");
  private static final List<String> HEADERS =
      List.of(
          "If-Modified-Since: yesterday",
          "If-Modified-Since: ",
          "X-Request-Id: \"<>\"",
          "Accept: x/y",
          "Content-Type: application/json; charset=nonsense",
          "Content-Type: multipart/form-data; boundary=",
          "Expect: nothing",
          "Accept-Encoding: gzip, br",
          "Cookie: a=b; ;;",
          "X-EXTERNAL: Leads.x",
          "Range: bytes=9-1",
          "Upgrade: h2c",
          "Connection: Upgrade, HTTP2-Settings",
          "X: \u00e9\u00ff",
          "Content-Encoding: gzip",
          "Authorization: Bearer",
          "Origin: null",
          "Idempotency-Key: 1");

  private final Random random;
  private final TestOrg org;
  private final String token;

  RandomRequests(Random random, TestOrg org) {
    this.random = random;
    this.org = org;
    token = org.token(org.adminId(), TestOrg.ALL_SCOPES);
  }

  byte[] next() {
    int kind = random.nextInt(100);
    if (kind < 45) {
      return request(method(), "/crm/" + version() + "/" + path() + query(), body());
    }
    if (kind < 80) {
      String record = random.nextInt(3) == 0 ? "/" + pick(VALUES) : "";
      String path = "/crm/v8/" + pick(MODULES.subList(0, 7)) + record;
      return request(random.nextBoolean() ? "POST" : "PUT", path, rows());
    }
    if (kind < 90) {
      String form =
          "grant_type="
              + pick(List.of("refresh_token", "authorization_code", "x", "%"))
              + "&client_id="
              + pick(VALUES)
              + "&code="
              + pick(VALUES);
      return request(
          "POST",
          "/oauth/v2/" + pick(List.of("token", "token/revoke", "token/scopeenhance")) + query(),
          random.nextBoolean() ? form.getBytes(StandardCharsets.UTF_8) : multipart());
    }
    if (kind < 95) {
      return request(
          method(),
          pick(
                  List.of(
                      "/oauth/v2/auth",
                      "/accounts",
                      "/accounts/signin",
                      "/health/live",
                      "/oauth/serverinfo",
                      "/oauth/user/info"))
              + query(),
          body());
    }
    return request(method(), "/" + junk(random.nextInt(300)), body());
  }

  private String method() {
    return pick(METHODS);
  }

  private String version() {
    return random.nextInt(10) == 0 ? pick(List.of("v1", "v2", "v2.1", "v9", "%2e%2e", "V8")) : "v8";
  }

  private String path() {
    return switch (random.nextInt(4)) {
      case 0 -> pick(SETTINGS) + (random.nextBoolean() ? "" : "/" + pick(VALUES));
      case 1 ->
          pick(MODULES) + "/" + pick(VALUES) + (random.nextInt(4) == 0 ? "/" + pick(VALUES) : "");
      default -> pick(MODULES);
    };
  }

  private String query() {
    int count = random.nextInt(5);
    return count == 0
        ? ""
        : IntStream.range(0, count)
            .mapToObj(i -> pick(PARAMETERS) + "=" + pick(VALUES))
            .collect(Collectors.joining("&", "?", random.nextBoolean() ? "&" : ""));
  }

  /** Rows for a module whose fields have random values. */
  private byte[] rows() {
    Module module = org.metadata().get(pick(MODULES.subList(0, 7)));
    String rows =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(i -> row(module))
            .collect(Collectors.joining(","));
    return mutate("{\"data\":[" + rows + "],\"trigger\":" + pick(JSON) + "}");
  }

  private String row(Module module) {
    List<Field> fields = module.fields();
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(
            i -> "\"" + fields.get(random.nextInt(fields.size())).apiName() + "\":" + pick(JSON))
        .collect(
            Collectors.joining(
                ",",
                "{\"Last_Name\":\"Fuzz\"" + (random.nextBoolean() ? "," : ",\"x\":1,"),
                "\"y\":0}".substring(random.nextBoolean() ? 0 : 5)));
  }

  private byte[] body() {
    return switch (random.nextInt(6)) {
      case 0 -> ("[".repeat(random.nextInt(12_000))).getBytes(StandardCharsets.UTF_8);
      case 1 -> ("{\"data\":" + pick(JSON) + "}").getBytes(StandardCharsets.UTF_8);
      case 2 -> randomBytes(random.nextInt(400));
      default -> new byte[0];
    };
  }

  private byte[] multipart() {
    return ("--b\r\nContent-Disposition: form-data; name=\""
            + pick(VALUES)
            + "\"\r\n\r\n"
            + pick(VALUES)
            + (random.nextBoolean() ? "\r\n--b--" : ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] mutate(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < 3; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private byte[] request(String method, String target, byte[] body) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    if (random.nextInt(20) > 0) {
      head.append("Authorization: Zoho-oauthtoken ")
          .append(random.nextInt(30) == 0 ? junk(40) : token)
          .append("\r\n");
    }
    for (int i = random.nextInt(3); i > 0 && random.nextInt(3) == 0; i--) {
      head.append(pick(HEADERS)).append("\r\n");
    }
    boolean chunked = body.length > 0 && random.nextInt(10) == 0;
    head.append(
        chunked
            ? "Transfer-Encoding: chunked\r\n\r\n"
            : "Content-Length: " + body.length + "\r\n\r\n");
    var out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (chunked) {
      out.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(body);
      out.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    } else {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  /** Printable characters that may stand in a request line. */
  private String junk(int length) {
    return random
        .ints(length, '!', '~')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
