package io.clientele.users;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestServer;
import org.junit.jupiter.api.Test;

/** An org is there whole or not at all. */
class OrgSetupTest {
  private final TestServer server = TestServer.shared();

  private long count(String table) {
    return server
        .installation()
        .database()
        .read(tx -> tx.list(sql("select count(*) from " + table), row -> row.getLong(1)))
        .getFirst();
  }

  @Test
  void anOrgHasAllThatItsMetadataNames() {
    var created =
        server.installation().orgSetup().create("Whole", "whole@example.com", "A", "B", "UTC");
    var metadata = server.installation().metadata().of(created.org().id());
    assertThat(metadata.find("Leads")).isPresent();
    assertThat(metadata.settings("profile")).hasSize(2);
    var administrator = metadata.userName(created.userId());
    assertThat(administrator).isNotNull();
    assertThat(count(created.org().table("role"))).isEqualTo(2);
  }

  @Test
  void nothingStaysOfAnOrgThatFailed() {
    var setup = server.installation().orgSetup();
    String name = "Fails";
    assertThatThrownBy(() -> setup.create(name, "bad\u0000address", "A", "B", "UTC"))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> setup.create(name, "zone@example.com", "A", "B", "Nowhere/Else"))
        .isInstanceOf(RuntimeException.class);
    assertThat(count("clientele.org where name = '" + name + "'")).isZero();
    assertThat(
            count(
                "information_schema.schemata s where s.schema_name like 'org!_%' escape '!'"
                    + " and not exists (select 1 from clientele.org o"
                    + " where o.schema_name = s.schema_name)"))
        .isZero();
  }
}
