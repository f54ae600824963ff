package io.clientele.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;

/** GET /org. Reference: Organization API. */
@Proves("GET /crm/{version}/org")
class OrganizationTest {
  private static final TestOrg ORG = TestOrg.create();

  @Test
  void theOrgHasTheDocumentedKeys() {
    Answer answer = ORG.api().get("/crm/v8/org").hasStatus(200);
    assertThat(answer.at("/org")).hasSize(1);
    Shape.of(
            """
            id: id, zgid: id, company_name: text, alias: text?, description: text?, type: text,
            country: text?, country_code: text?, street: text?, city: text?, state: text?,
            zip: text?, phone: text?, mobile: text?, fax: text?, website: text?,
            primary_email: text, employee_count: text?, photo_id: text?, currency: text,
            currency_symbol: text, currency_locale: text, iso_code: text, mc_status: flag,
            time_zone: text, translation_enabled: flag, domain_name: text?, primary_zuid: text,
            ezgid: text, zia_portal_id: text?, zia_zgid: integer?, license_details: object,
            hierarchy_preferences: object, checkin_preferences: object, privacy_settings: flag,
            hipaa_compliance_enabled: flag, lite_users_enabled: flag, gapps_enabled: flag,
            oauth_presence: flag, call_icon: text, max_per_page: integer,
            deletable_org_account: flag, created_time: time""")
        .check(answer.at("/org/0"));
    Shape.of(
            """
            paid: flag, paid_type: text, paid_expiry: time?, trial_type: text?,
            trial_expiry: time?, trial_action: text?, users_license_purchased: integer,
            portal_users_license_purchased: integer""")
        .check(answer.at("/org/0/license_details"));
  }

  @Test
  void itsNumberIsTheBeginningOfItsIds() {
    Answer answer = ORG.api().get("/crm/v8/org");
    String number = answer.at("/org/0/zgid").asString();
    assertThat(number).isEqualTo(Long.toString(ORG.orgId()));
    assertThat(answer.at("/org/0/id").asString()).startsWith(number);
    assertThat(answer.at("/org/0/time_zone").asString()).isEqualTo("Asia/Kolkata");
    assertThat(answer.at("/org/0/company_name").asString()).isEqualTo(ORG.org().name());
  }

  @Test
  void theScopeIsNeeded() {
    ORG.api(ORG.adminId(), "ZohoCRM.users.READ").get("/crm/v8/org").hasStatus(401);
    ORG.api(ORG.adminId(), "ZohoCRM.org.READ").get("/crm/v8/org").hasStatus(200);
  }
}
