package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.bench.Case.Request;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What it costs that a user does not see all records: the same requests of the administrator and of
 * users with much, some and few of the leads, side by side.
 */
final class AccessCost {
  private static final int CONNECTIONS = 4;

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
    users.put("administrator", org.userId());
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
      double administrator = 0;
      for (var user : users.entrySet()) {
        String token = token(user.getValue());
        var one =
            new Case("access", number -> new Request(request, ""), (connection, number) -> {});
        HttpLoad.run(port, token, one, CONNECTIONS, warmUp);
        Result result = HttpLoad.run(port, token, one, CONNECTIONS, time);
        administrator = administrator == 0 ? result.perSecond() : administrator;
        System.out.printf(
            "%-40.40s %-18s | %9.0f/s %8.2f ms p99 | cost %5.2f of the administrator's%n",
            request,
            user.getKey(),
            result.perSecond(),
            result.p99Millis(),
            administrator / result.perSecond());
      }
    }
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
