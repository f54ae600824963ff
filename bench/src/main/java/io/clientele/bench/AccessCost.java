package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.bench.Case.Request;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What it costs that a user does not see all records: the same requests of the administrator and of
 * users with much, some and few of the leads, side by side.
 */
final class AccessCost {
  private static final String ADMINISTRATOR = "administrator";
  private static final int CONNECTIONS = 4;
  private static final int ROUNDS = 7;

  private final Installation installation;
  private final int port;
  private final SampleOrg org;

  AccessCost(Installation installation, int port, SampleOrg org) {
    this.installation = installation;
    this.port = port;
    this.org = org;
  }

  void run(Duration warmUp, Duration time) throws Exception {
    Staff.share(installation, org.org(), org.userId(), org.table());
    List<Long> staff = Staff.of(installation, org.org());
    Map<String, Long> users = new LinkedHashMap<>();
    users.put(ADMINISTRATOR, org.userId());
    users.put("head of a third", staff.get(0));
    users.put("team lead", staff.get(12));
    users.put("member", staff.get(Staff.USERS - 1));
    users.put("member with rules", withRules(staff));
    String fields = "fields=Last_Name,First_Name,Company,Email,Phone,Lead_Source,City,Owner";
    for (String request :
        List.of(
            "GET /crm/v8/Leads?" + fields,
            "GET /crm/v8/Leads/search?word=lead77&" + fields,
            "GET /crm/v8/Leads/actions/count")) {
      compare(request, users, warmUp, time);
    }
  }

  /** In turn, so that what else the machine does falls on all of them; the middle one counts. */
  private void compare(String request, Map<String, Long> users, Duration warmUp, Duration time)
      throws Exception {
    var one = new Case("access", number -> new Request(request, ""), (connection, number) -> {});
    Map<String, String> tokens = new LinkedHashMap<>();
    users.forEach((name, id) -> tokens.put(name, token(id)));
    for (String token : tokens.values()) {
      HttpLoad.run(port, token, one, CONNECTIONS, warmUp);
    }
    Map<String, List<Result>> results = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (var user : tokens.entrySet()) {
        results
            .computeIfAbsent(user.getKey(), name -> new ArrayList<>())
            .add(HttpLoad.run(port, user.getValue(), one, CONNECTIONS, time.dividedBy(ROUNDS)));
      }
    }
    List<Result> administrator = Objects.requireNonNull(results.get(ADMINISTRATOR));
    results.forEach(
        (name, rounds) ->
            System.out.printf(
                "%-40.40s %-18s | %9.0f/s %8.2f ms p99 | cost %5.2f of the administrator's%n",
                request,
                name,
                median(round -> rounds.get(round).perSecond()),
                median(round -> rounds.get(round).p99Millis()),
                median(
                    round ->
                        administrator.get(round).perSecond() / rounds.get(round).perSecond())));
  }

  private static double median(IntToDoubleFunction ofRound) {
    return IntStream.range(0, ROUNDS).mapToDouble(ofRound).sorted().toArray()[ROUNDS / 2];
  }

  /** Someone to whom rules share. */
  private long withRules(List<Long> staff) {
    var metadata = installation.metadata().of(org.org().id());
    long role =
        metadata.settings("sharing_rule").getFirst().body().at("/shared_to/resource/id").asLong();
    return staff.stream()
        .filter(id -> Objects.requireNonNull(metadata.userName(id)).roleId() == role)
        .findFirst()
        .orElseThrow();
  }

  private String token(long user) {
    var oauth = installation.oauth();
    var client =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Access", "", List.of(), Optional.empty()))
            .client();
    return oauth
        .tokens()
        .issue(client, org.org().id(), user, ScopeSet.parse("ZohoCRM.modules.ALL"), false)
        .accessToken();
  }
}
