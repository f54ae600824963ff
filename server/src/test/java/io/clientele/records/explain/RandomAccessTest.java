package io.clientele.records.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.TestOrg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In orgs made at random, what is explained is what the operations on records do. */
class RandomAccessTest {
  private static final List<String> CITIES = List.of("Ulm", "Bonn", "Kiel");
  private static final List<String> LEVELS = List.of("read", "read_write", "read_write_delete");
  private static final List<String> SHARES = List.of("read_only", "read_write", "full_access");

  private final TestOrg org = TestOrg.create();
  private final Api admin = org.api();
  private final OrgPeople people = new OrgPeople(org);
  private final List<Long> roles = new ArrayList<>();
  private final List<Long> users = new ArrayList<>();
  private final List<Long> groups = new ArrayList<>();
  private final List<String> records = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void explanationsAgreeWithWhatIsDone(long seed) {
    var random = new Random(seed);
    addPeople(random);
    addRecords(random);
    addSharing(random);
    int open = 0;
    for (long user : users) {
      Api as = org.api(user, TestOrg.ALL_SCOPES);
      for (String record : records) {
        boolean read = as.get("/crm/v8/Leads/" + record).status() == 200;
        check(user, record, "read", read);
        boolean updated =
            as.put("/crm/v8/Leads/" + record, "{\"data\":[{\"Company\":\"X\"}]}").status() == 200;
        check(user, record, "update", updated);
        open += read ? 1 : 0;
      }
    }
    assertThat(open).isBetween(users.size(), users.size() * records.size() - 1);
    deleteAll(random);
  }

  /** Each record is deleted by whoever may first, in an order of its own. */
  private void deleteAll(Random random) {
    for (String record : records) {
      Collections.shuffle(users, random);
      for (long user : users) {
        Answer said = explain(user, record, "delete");
        boolean done =
            org.api(user, TestOrg.ALL_SCOPES).delete("/crm/v8/Leads/" + record).status() == 200;
        assertThat(said.at("/access/allowed").asBoolean()).as(said::toString).isEqualTo(done);
        if (done) {
          break;
        }
      }
    }
  }

  private void check(long user, String record, String action, boolean done) {
    Answer said = explain(user, record, action);
    assertThat(said.at("/access/allowed").asBoolean()).as(said::toString).isEqualTo(done);
    boolean grounds =
        said.at("/access/reasons")
            .valueStream()
            .filter(reason -> !reason.path("kind").asString().equals("profile"))
            .anyMatch(reason -> reason.path("grants").asBoolean());
    assertThat(grounds).as(said::toString).isEqualTo(done);
  }

  private Answer explain(long user, String record, String action) {
    return admin
        .get(
            "/clientele/v1/access/explain?module=Leads&record=%s&user=%d&action=%s"
                .formatted(record, user, action))
        .hasStatus(200);
  }

  private void addPeople(Random random) {
    roles.add(people.role("CEO"));
    for (int i = 0; i < 5; i++) {
      roles.add(people.addRole("Role " + i, one(random, roles), random.nextBoolean()));
    }
    for (int i = 0; i < 7; i++) {
      users.add(people.addUser("User" + i, one(random, roles)));
    }
    groups.add(people.addGroup("One", "users", one(random, users), false));
    groups.add(people.addGroup("Below", "roles", one(random, roles), true));
    groups.add(people.addGroup("Nested", "groups", groups.getLast(), false));
  }

  private void addRecords(Random random) {
    for (int i = 0; i < 10; i++) {
      records.add(
          org.api(one(random, users), TestOrg.ALL_SCOPES)
              .post(
                  "/crm/v8/Leads",
                  "{\"data\":[{\"Last_Name\":\"L%d\",\"City\":\"%s\"}]}"
                      .formatted(i, one(random, CITIES)))
              .savedId(0));
    }
  }

  private void addSharing(Random random) {
    if (random.nextInt(3) == 0) {
      admin
          .put(
              "/crm/v8/settings/data_sharing",
              "{\"data_sharing\":[{\"share_type\":\"%s\",\"module\":{\"id\":\"%d\"}}]}"
                  .formatted(
                      one(random, List.of("public_read_only", "public_read_write")),
                      org.metadata().get("Leads").id()))
          .hasStatus(200);
    }
    for (int i = 0; i < 3; i++) {
      admin
          .post("/crm/v8/settings/data_sharing/rules?module=Leads", rule(random, "Rule " + i))
          .hasStatus(201);
    }
    people.share(records.get(0), "Leads", "users", one(random, users), one(random, SHARES), false);
    people.share(records.get(1), "Leads", "roles", one(random, roles), one(random, SHARES), false);
    people.share(
        records.get(2), "Leads", "groups", one(random, groups), one(random, SHARES), false);
    people.share(records.get(3), "Leads", "public", 0, one(random, SHARES), false);
  }

  private String rule(Random random, String name) {
    String what =
        random.nextBoolean()
            ? "\"type\":\"Record_Owner_Based\",\"shared_from\":" + source(random)
            : "\"type\":\"Criteria_Based\",\"criteria\":{\"comparator\":\"equal\",\"field\":{\"api_name\":\"City\"},\"value\":\"%s\"}"
                .formatted(one(random, CITIES));
    return "{\"sharing_rules\":[{\"name\":\"%s\",\"superiors_allowed\":%s,\"permission_type\":\"%s\",\"shared_to\":%s,%s}]}"
        .formatted(name, random.nextBoolean(), one(random, LEVELS), source(random), what);
  }

  private String source(Random random) {
    return random.nextBoolean()
        ? "{\"type\":\"roles\",\"resource\":{\"id\":\"%d\"},\"subordinates\":%s}"
            .formatted(one(random, roles), random.nextBoolean())
        : "{\"type\":\"groups\",\"resource\":{\"id\":\"%d\"}}".formatted(one(random, groups));
  }

  private static <T> T one(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
