package io.clientele.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The link that a new user gets: a password, and a confirmed user who signs in. */
@Proves({"POST /crm/{version}/users", "PUT /crm/{version}/users/{user}"})
class InvitationTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = TestServer.withClock(CLOCK);
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final TestOrg org = TestOrg.createOn(SERVER);
  private final Api api = org.api();
  private final String email = "ann." + org.orgId() + "@example.com";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private record Invited(String id, String link) {
    static Invited of(Answer answer) {
      JsonNode details = answer.at("/users/0/details");
      return new Invited(
          details.path("id").asString(), details.path("invitation_url").asString(""));
    }
  }

  private static Invited invite(TestOrg org, String email) {
    Api api = org.api();
    String role = api.get("/crm/v8/settings/roles").at("/roles/0/id").asString();
    String profile = api.get("/crm/v8/settings/profiles").at("/profiles/0/id").asString();
    return Invited.of(
        api.post(
                "/crm/v8/users",
                "{\"users\":[{\"first_name\":\"Ann\",\"email\":\"%s\",\"role\":\"%s\",\"profile\":\"%s\"}]}"
                    .formatted(email, role, profile))
            .hasStatus(201));
  }

  private Answer change(Invited user, String keys) {
    return api.put("/crm/v8/users/" + user.id, "{\"users\":[{" + keys + "}]}");
  }

  private JsonNode get(Invited user) {
    return api.get("/crm/v8/users/" + user.id).at("/users/0");
  }

  /** A browser that opens the link and sends its form. */
  private static final class Browser {
    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    HttpResponse<String> open(String link) {
      return send(HttpRequest.newBuilder(URI.create(link)).GET());
    }

    HttpResponse<String> join(String link, String password) {
      var fields = new LinkedHashMap<String, String>();
      Matcher hidden = HIDDEN.matcher(open(link).body());
      while (hidden.find()) {
        fields.put(hidden.group(1), hidden.group(2));
      }
      fields.put("password", password);
      return post("/accounts/invitation", fields);
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
      String form =
          fields.entrySet().stream()
              .map(
                  one ->
                      one.getKey()
                          + "="
                          + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      return send(
          HttpRequest.newBuilder(URI.create(SERVER.url() + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return http.send(request.build(), BodyHandlers.ofString());
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void theLinkSetsAPasswordOnceAndConfirms() {
    Invited ann = invite(org, email);
    assertThat(SERVER.installation().oauth().accounts().verify(email, "")).isEmpty();
    assertThat(new Browser().open(ann.link).body()).contains(email, "Choose a password");
    assertThat(new Browser().join(ann.link, "short").statusCode()).isEqualTo(400);

    HttpResponse<String> joined = new Browser().join(ann.link, "a long password");
    assertThat(joined.statusCode()).isEqualTo(303);
    assertThat(joined.headers().firstValue("Set-Cookie")).isPresent();
    assertThat(get(ann).path("confirm").asBoolean()).isTrue();
    assertThat(get(ann).path("Confirmed_Time__s").asString()).isNotEmpty();
    assertThat(get(ann).path("zuid").asString()).isEqualTo(ann.id);
    var accounts = SERVER.installation().oauth().accounts();
    var account = accounts.verify(email, "a long password").orElseThrow();
    assertThat(accounts.memberships(account)).hasSize(1);
    Api asAnn = org.api(Long.parseLong(ann.id), TestOrg.ALL_SCOPES);
    assertThat(asAnn.get("/crm/v8/users?type=CurrentUser").at("/users/0/id").asString())
        .isEqualTo(ann.id);

    assertThat(new Browser().open(ann.link).statusCode()).isEqualTo(404);
    change(ann, "\"reinvite\":true")
        .hasStatus(400)
        .itemIsError(
            "users",
            0,
            "INVALID_REQUEST",
            "Reinvite is not allowed for a confirmed user",
            "{\"api_name\":\"reinvite\"}");
  }

  @Test
  void aNewLinkMakesTheOldOneVoidAndEachIsGoodForAWeek() {
    Invited first = invite(org, email);
    Invited second = Invited.of(change(first, "\"reinvite\":true").hasStatus(200));
    assertThat(second.link).isNotEqualTo(first.link);
    assertThat(new Browser().open(first.link).statusCode()).isEqualTo(404);
    CLOCK.advance(Duration.ofDays(7).minusMinutes(1));
    assertThat(new Browser().open(second.link).statusCode()).isEqualTo(200);
    CLOCK.advance(Duration.ofMinutes(2));
    assertThat(new Browser().open(second.link).statusCode()).isEqualTo(404);
    assertThat(new Browser().join(second.link, "a long password").statusCode()).isNotEqualTo(303);
  }

  @Test
  void whoHasAnAccountShowsThatItIsTheirs() {
    new Browser().join(invite(org, email).link, "a long password");
    TestOrg other = TestOrg.createOn(SERVER);
    Invited there = invite(other, email);
    var accounts = SERVER.installation().oauth().accounts();
    assertThat(accounts.memberships(accounts.find(email).orElseThrow())).hasSize(1);
    assertThat(new Browser().open(there.link).body()).contains("Your password");
    assertThat(new Browser().join(there.link, "another password").statusCode()).isEqualTo(403);
    assertThat(new Browser().join(there.link, "a long password").statusCode()).isEqualTo(303);
    assertThat(accounts.memberships(accounts.find(email).orElseThrow())).hasSize(2);
    assertThat(accounts.verify(email, "another password")).isEmpty();
  }

  /** As users of restored orgs are, whom an invitation of any other org must not give away. */
  @Test
  void whoIsInAnotherOrgWithoutAPasswordGetsNoneByALink() {
    TestUsers.standard(org, "bob@example.com");
    String bob = org.orgId() + "-bob@example.com";
    Invited elsewhere = invite(TestOrg.createOn(SERVER), bob);
    HttpResponse<String> refused = new Browser().join(elsewhere.link, "a stolen password");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("another org");
    var accounts = SERVER.installation().oauth().accounts();
    var account = accounts.find(bob).orElseThrow();
    assertThat(accounts.verify(bob, "a stolen password")).isEmpty();
    assertThat(accounts.memberships(account)).hasSize(1);

    accounts.setPassword(account, "a long password");
    assertThat(new Browser().join(elsewhere.link, "a long password").statusCode()).isEqualTo(303);
    assertThat(accounts.memberships(account)).hasSize(2);
  }

  @Test
  void whoWasDeactivatedOrMovedCannotJoinByTheOldLink() {
    Invited ann = invite(org, email);
    Invited moved = Invited.of(change(ann, "\"email\":\"new." + email + "\"").hasStatus(200));
    assertThat(new Browser().open(ann.link).statusCode()).isEqualTo(404);
    assertThat(new Browser().open(moved.link).body()).contains("new." + email);
    change(ann, "\"status\":\"inactive\"").hasStatus(200);
    assertThat(new Browser().open(moved.link).statusCode()).isEqualTo(404);
    Invited again = Invited.of(change(ann, "\"status\":\"active\"").hasStatus(200));
    assertThat(new Browser().open(again.link).statusCode()).isEqualTo(200);
    api.delete("/crm/v8/users/" + ann.id).hasStatus(200);
    assertThat(new Browser().open(again.link).statusCode()).isEqualTo(404);
  }

  @Test
  void formsOfOtherSitesAreRefused() {
    Invited ann = invite(org, email);
    String code = ann.link.substring(ann.link.indexOf('=') + 1);
    assertThat(
            new Browser()
                .post("/accounts/invitation", Map.of("code", code, "password", "a long password"))
                .statusCode())
        .isEqualTo(403);
    assertThat(get(ann).path("confirm").asBoolean()).isFalse();
  }
}
