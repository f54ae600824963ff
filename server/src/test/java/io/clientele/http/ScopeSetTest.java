package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Scope.Operation;
import org.junit.jupiter.api.Test;

/** Which scopes cover which. */
final class ScopeSetTest {
  private static final Scope LEADS = Scope.modules(Operation.READ).forModule("leads");
  private static final Scope FIELDS = Scope.of("settings.fields", Operation.UPDATE);

  @Test
  void aScopeCoversItselfAndItsParts() {
    for (String held :
        new String[] {
          "ZohoCRM.modules.leads.READ",
          "zohocrm.MODULES.Leads.read",
          "ZohoCRM.modules.leads.ALL",
          "ZohoCRM.modules.READ",
          "ZohoCRM.modules.ALL.READ",
          "ZohoCRM.modules.ALL",
          "ZohoCRM.org.READ,ZohoCRM.modules.ALL"
        }) {
      assertThat(ScopeSet.parse(held).covers(LEADS)).as(held).isTrue();
    }
    for (String held :
        new String[] {
          "",
          "ZohoCRM.modules.contacts.READ",
          "ZohoCRM.modules.leads.CREATE",
          "ZohoCRM.modules.leads.WRITE",
          "ZohoCRM.modules.CREATE",
          "ZohoCRM.settings.ALL",
          "ZohoBooks.modules.ALL"
        }) {
      assertThat(ScopeSet.parse(held).covers(LEADS)).as(held).isFalse();
    }
  }

  @Test
  void writeIsCreateAndUpdate() {
    assertThat(ScopeSet.parse("ZohoCRM.settings.fields.WRITE").covers(FIELDS)).isTrue();
    assertThat(ScopeSet.parse("ZohoCRM.settings.WRITE").covers(FIELDS)).isTrue();
    assertThat(
            ScopeSet.parse("ZohoCRM.settings.fields.WRITE")
                .covers(Scope.of("settings.fields", Operation.DELETE)))
        .isFalse();
  }

  @Test
  void someModuleIsEnoughWhereTheModuleIsNotKnown() {
    Scope any = Scope.modules(Operation.READ);
    assertThat(ScopeSet.parse("ZohoCRM.modules.contacts.READ").coversSome(any)).isTrue();
    assertThat(ScopeSet.parse("ZohoCRM.modules.contacts.ALL").coversSome(any)).isTrue();
    assertThat(ScopeSet.parse("ZohoCRM.modules.ALL").coversSome(any)).isTrue();
    assertThat(ScopeSet.parse("ZohoCRM.modules.contacts.DELETE").coversSome(any)).isFalse();
    assertThat(ScopeSet.parse("ZohoCRM.settings.ALL").coversSome(any)).isFalse();
  }
}
