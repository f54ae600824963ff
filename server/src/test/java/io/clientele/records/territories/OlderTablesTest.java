package io.clientele.records.territories;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tables that were made when territories of records were documents. */
class OlderTablesTest {
  private static final String MIGRATION = "/db/org/V16__territories.sql";

  private final TestOrg org = TestOrg.create();

  @Test
  void theirColumnsBecomeIds() throws IOException {
    String lead = lead();
    String table = org.org().table("leads");
    String columns = columns();
    org.server()
        .installation()
        .database()
        .change(
            tx -> {
              tx.update(sql("alter table " + table + " drop column territories"));
              tx.update(sql("alter table " + table + " drop column territories_how"));
              tx.update(sql("alter table " + table + " add column territories jsonb"));
              tx.update(sql("set local search_path to " + org.org().schema()));
              tx.update(sql(columns));
            });
    var api = org.api();
    String territory = api.get("/crm/v8/settings/territories").at("/territories/0/id").asString();
    api.post(
            "/crm/v8/Leads/actions/assign_territories",
            "{\"data\":[{\"id\":\"%s\",\"Territories\":[{\"id\":\"%s\"}]}]}"
                .formatted(lead, territory))
        .hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Territories/0/id").asString())
        .isEqualTo(territory);
    assertThat(lead()).isNotEqualTo(lead);
  }

  private String lead() {
    return org.api()
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\",\"Company\":\"C\"}]}")
        .hasStatus(201)
        .savedId(0);
  }

  /** The part of the migration that changes them. */
  private static String columns() throws IOException {
    try (InputStream file = OlderTablesTest.class.getResourceAsStream(MIGRATION)) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("do $$"));
    }
  }
}
