package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stages that a deal went through, as its related list Stage_History. */
class StageHistoryTest {
  private static final String FIELDS =
      "?fields=Stage,Moved_To__s,Stage_Duration_Calendar_Days,Amount,Modified_By,Potential_Name";

  @Test
  void eachStageOfADealIsKept() {
    var clock = new TestClock();
    try (var server = TestServer.withClock(clock)) {
      TestOrg org = TestOrg.createOn(server);
      String deal =
          org.api()
              .post(
                  "/crm/v8/Deals",
                  "{\"data\":[{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\",\"Amount\":100}]}")
              .savedId(0);
      clock.advance(Duration.ofDays(3));
      Api api = org.api();
      put(api, deal, "\"Stage\":\"Needs Analysis\",\"Amount\":250.5");
      put(api, deal, "\"Stage\":\"Needs Analysis\"");
      put(api, deal, "\"Amount\":300");
      List<JsonNode> rows =
          api.get("/crm/v8/Deals/" + deal + "/Stage_History" + FIELDS)
              .hasStatus(200)
              .at("/data")
              .valueStream()
              .toList();
      assertThat(rows).hasSize(2);
      is(rows.get(1), "Qualification", "Needs Analysis", "3", "100");
      is(rows.get(0), "Needs Analysis", null, null, "250.5");
      assertThat(rows.get(0).at("/Modified_By/id").asString())
          .isEqualTo(Long.toString(org.adminId()));
      assertThat(rows.get(0).at("/Potential_Name/id").asString()).isEqualTo(deal);
    }
  }

  private static void put(Api api, String deal, String values) {
    api.put("/crm/v8/Deals/" + deal, "{\"data\":[{" + values + "}]}").hasStatus(200);
  }

  private static void is(
      JsonNode row, String stage, @Nullable String movedTo, @Nullable String days, String amount) {
    assertThat(row.path("Stage").asString()).isEqualTo(stage);
    assertThat(row.path("Moved_To__s").asString(null)).isEqualTo(movedTo);
    assertThat(row.path("Stage_Duration_Calendar_Days").asString(null)).isEqualTo(days);
    assertThat(row.path("Amount").decimalValue()).isEqualByComparingTo(amount);
  }
}
