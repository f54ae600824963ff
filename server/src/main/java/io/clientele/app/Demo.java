package io.clientele.app;

import io.clientele.demo.DemoData;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.UserName;
import io.clientele.oauth.Accounts;
import io.clientele.org.Org;
import io.clientele.users.NewUser;
import io.clientele.users.Users;
import java.util.function.Consumer;

/** {@code serve --demo}: sample users, and the sample company they work for. */
final class Demo {
  private static final String[][] USERS = {
    {"Jane", "Alvarez"},
    {"Omar", "Haddad"},
    {"Priya", "Nair"},
    {"Sven", "Lindqvist"},
    {"Tom", "Baker"}
  };

  private final Installation installation;
  private final Org org;

  Demo(Installation installation, Org org) {
    this.installation = installation;
    this.org = org;
  }

  void fillOnce(Consumer<String> progress) {
    var data =
        new DemoData(
            installation.database(),
            installation.metadata(),
            installation.records(),
            installation.clock(),
            org.id(),
            progress);
    if (!data.isFilled()) {
      addUsers();
      data.fill();
    }
  }

  private void addUsers() {
    Metadata metadata = installation.metadata().of(org.id());
    UserName admin = metadata.userNames().iterator().next();
    long profile =
        metadata.settings("profile").stream()
            .filter(one -> one.apiName().equals("Standard"))
            .findFirst()
            .orElseThrow()
            .id();
    installation
        .database()
        .change(
            tx -> {
              for (String[] name : USERS) {
                String email = name[0].toLowerCase(java.util.Locale.ROOT) + "@demo.example";
                boolean there =
                    metadata.userNames().stream().anyMatch(user -> user.email().equals(email));
                if (!there) {
                  var user =
                      new NewUser(
                          email,
                          name[0],
                          name[1],
                          RoleNames.find(tx, org, ""),
                          profile,
                          "active",
                          true,
                          admin.zone().getId(),
                          admin.id(),
                          Json.MAPPER.createObjectNode());
                  long id = Users.create(tx, org, user);
                  Accounts.link(tx, Accounts.create(tx, email), org.id(), id);
                }
              }
            });
    installation.metadata().changed(org.id());
  }
}
