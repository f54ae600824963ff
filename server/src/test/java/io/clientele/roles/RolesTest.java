package io.clientele.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GET /settings/roles. Reference: Roles APIs. */
@Proves({"GET /crm/{version}/settings/roles", "GET /crm/{version}/settings/roles/{role}"})
class RolesTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void rolesHaveTheDocumentedKeys() {
    Answer answer = api.get("/crm/v8/settings/roles").hasStatus(200);
    Shape role =
        Shape.of(
            """
            id: id, name: text, display_label: text, api_name: text, description: text?,
            share_with_peers: flag, admin_user: flag, forecast_manager: object?,
            reporting_to: object?, created_by__s: object?, modified_by__s: object?,
            created_time__s: time?, modified_time__s: time?""");
    answer.at("/roles").forEach(role::check);
    assertThat(answer.at("/roles/0/name").asString()).isEqualTo("CEO");
    assertThat(answer.at("/roles/1/reporting_to/id")).isEqualTo(answer.at("/roles/0/id"));
  }

  @Test
  void oneRoleIsFoundByItsId() {
    String id = api.get("/crm/v8/settings/roles").at("/roles/1/id").asString();
    Answer one = api.get("/crm/v8/settings/roles/" + id).hasStatus(200);
    assertThat(one.at("/roles")).hasSize(1);
    assertThat(one.at("/roles/0/name").asString()).isEqualTo("Manager");
    for (String unknown : List.of("1", "x", "99999999999999999999")) {
      api.get("/crm/v8/settings/roles/" + unknown).hasStatus(204).hasNoBody();
    }
  }

  @Test
  void theScopeIsNeeded() {
    ORG.api(ORG.adminId(), "ZohoCRM.settings.profiles.READ")
        .get("/crm/v8/settings/roles")
        .hasStatus(401);
  }
}
