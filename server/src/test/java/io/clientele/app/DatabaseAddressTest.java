package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The forms of database URLs. */
class DatabaseAddressTest {
  @Test
  void userAndPasswordComeFromTheUrlThenFromTheOptions() {
    assertThat(DatabaseAddress.parse("postgresql://me:p%40ss@my_db:5433/crm?ssl=true", "o", "o"))
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://my_db:5433/crm?ssl=true", "me", "p@ss"));
    assertThat(DatabaseAddress.parse("jdbc:postgresql://h/crm?user=me&password=p", null, null))
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://h/crm", "me", "p"));
    assertThat(DatabaseAddress.parse("postgres://[::1]:1/crm", "me", "p"))
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://[::1]:1/crm", "me", "p"));
    assertThat(DatabaseAddress.parse("postgresql://h/crm", null, null).user())
        .isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void otherAddressesAreRefusedAndPasswordsAreNotShown() {
    assertThatThrownBy(() -> DatabaseAddress.parse("mysql://h/crm", null, null))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> DatabaseAddress.parse("postgresql://h", null, null))
        .isInstanceOf(Failure.class);
    assertThat(DatabaseAddress.parse("postgresql://me:secret@h/crm", null, null).toString())
        .isEqualTo("postgresql://h/crm (user me)");
  }
}
