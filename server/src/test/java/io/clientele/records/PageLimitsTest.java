package io.clientele.records;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far a list can be paged through, and for how long. Reference: Get Records. */
@Proves("GET /crm/{version}/{module}")
class PageLimitsTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = TestServer.withClock(CLOCK);
  private static final TestOrg ORG = TestOrg.createOn(SERVER);
  private static final int LEADS = 100_250;

  @BeforeAll
  static void fill() {
    ORG.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"First\"}]}").hasStatus(201);
    SERVER
        .installation()
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "insert into "
                            + ORG.org().table("leads")
                            + " (id, last_name, created_time, modified_time, owner)"
                            + " select nextval(?::regclass), 'Lead ' || n, now(), now(), ?"
                            + " from generate_series(1, ?) n",
                        ORG.org().schema() + ".id_sequence",
                        ORG.adminId(),
                        LEADS - 1)));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void tokensReachAHundredThousandRecords() {
    Api api = ORG.api();
    String list = "/crm/v8/Leads?fields=id&per_page=200";
    Answer answer = api.get(list + "&page=10").hasStatus(200);
    Set<String> seen = new HashSet<>(answer.ids());
    int reached = 2_000;
    while (reached < 100_000) {
      answer = api.get(list + "&page_token=" + next(answer)).hasStatus(200);
      seen.addAll(answer.ids());
      reached += answer.ids().size();
    }
    assertThat(seen).hasSize(98_200);
    api.get(list + "&page_token=" + next(answer))
        .isError(
            400,
            "PAGINATION_LIMIT_EXCEEDED",
            "You can only get upto 100000 records using page_token param",
            "{\"param_name\":\"page_token\"}");
  }

  @Test
  void aTokenIsGoodForADay() {
    String list = "/crm/v8/Leads?fields=id&per_page=100";
    String token = next(ORG.api().get(list));
    CLOCK.advance(Duration.ofHours(23));
    ORG.api().get(list + "&page_token=" + token).hasStatus(200);
    CLOCK.advance(Duration.ofHours(1));
    ORG.api()
        .get(list + "&page_token=" + token)
        .isError(
            400,
            "EXPIRED_VALUE",
            "Page token expired",
            "{\"api_name\":\"page_token\",\"json_path\":\"$.query.page_token\"}");
  }

  private static String next(Answer answer) {
    return answer.at("/info/next_page_token").asString();
  }
}
