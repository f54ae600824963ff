package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The sample company is the same wherever it is filled, and is filled once. */
class DemoTest {
  @Test
  void twoOrgsGetTheSameCompany() {
    Api one = filled();
    Api other = filled();
    for (String field : List.of("Accounts.Account_Name", "Leads.Last_Name", "Deals.Deal_Name")) {
      assertThat(values(one, field)).hasSize(200).isEqualTo(values(other, field));
    }
  }

  private static Api filled() {
    var org = TestOrg.create();
    var demo = new Demo(org.server().installation(), org.org());
    demo.fillOnce(line -> {});
    demo.fillOnce(line -> {});
    Api api = org.api();
    assertThat(count(api, "Accounts")).isEqualTo(300);
    assertThat(count(api, "Contacts")).isEqualTo(600);
    assertThat(count(api, "Leads")).isEqualTo(1000);
    assertThat(count(api, "Deals")).isEqualTo(500);
    assertThat(values(api, "Deals.Owner").stream().distinct().count()).isGreaterThan(4);
    return api;
  }

  private static int count(Api api, String module) {
    int count = 0;
    for (int page = 1; ; page++) {
      Answer list = api.get("/crm/v8/" + module + "?fields=id&page=" + page).hasStatus(200);
      count += list.ids().size();
      if (!list.at("/info/more_records").asBoolean()) {
        return count;
      }
    }
  }

  private static List<String> values(Api api, String moduleAndField) {
    String[] names = moduleAndField.split("\\.");
    return api.get("/crm/v8/" + names[0] + "?sort_by=id&sort_order=asc&fields=" + names[1])
        .hasStatus(200)
        .at("/data")
        .valueStream()
        .map(row -> row.path(names[1]))
        .map(value -> value.isObject() ? value.path("name") : value)
        .map(JsonNode::asString)
        .toList();
  }
}
