package io.clientele.access;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a list ended is remembered; whatever changes then, its first pages are those of the whole.
 */
class FirstPagesTest {
  private static final int STEPS = 60;

  private final TestOrg org = TestOrg.create();
  private final OrgPeople people = new OrgPeople(org);
  private final Api admin = org.api();
  private final long reader = TestUsers.standard(org, "reader@example.com");
  private final long owner = TestUsers.standard(org, "owner@example.com");

  /**
   * @param crowd how many users there are beside: among many, first pages are merged of the rows of
   *     each owner, among few they are found along the ids
   * @param below how many users the reader stands above: up to the end of the page, the rows of few
   *     are found owner by owner, those of many along the ids
   */
  @ParameterizedTest
  @CsvSource({"0,0", "120,0", "0,20"})
  void holdWhateverOpensAndClosesRows(int crowd, int below) {
    TestUsers.crowd(org, crowd);
    long team = people.addRole("Team", people.role("Manager"), false);
    List<Long> own = new ArrayList<>(List.of(reader));
    for (int i = 0; i < below; i++) {
      own.add(people.addUser("member" + i, team));
    }
    long territory = people.addTerritory("North", true, reader);
    rule("City", "Pune");
    people.label("Leads");
    rule("Company", "Unlabelled");
    var random = new Random(crowd + below);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(8)) {
        case 0 -> lead(own.get(random.nextInt(own.size())), "Own");
        case 1 -> lead(owner, "Labelled','City':'Pune");
        case 2 -> people.share(lead(owner, "Shared"), "Leads", "users", reader, "read_only", false);
        case 3 -> moveTo(territory, lead(owner, "Near"));
        case 4 -> lead(owner, "Closed");
        case 5 -> lead(owner, "By criteria','Company':'Unlabelled");
        case 6 -> pick(random, all("desc", owner)).forEach(id -> give(id, reader));
        default -> pick(random, all("desc", reader)).forEach(this::delete);
      }
      comparePages();
    }
    assertThat(all("asc", reader)).hasSizeGreaterThan(9);
  }

  @Test
  void holdWhenManyRowsCameBeforeTheEnd() {
    for (int i = 0; i < 5; i++) {
      lead(reader, "Old");
    }
    comparePages();
    for (int i = 0; i < 20; i++) {
      lead(reader, "New");
    }
    comparePages();
  }

  /** The first such share with a user is a change of the metadata. */
  @Test
  void holdWhatIsSharedWithItsRelatedLists() {
    String account =
        admin.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme\"}]}").savedId(0);
    for (int i = 0; i < 5; i++) {
      admin
          .post(
              "/crm/v8/Contacts",
              "{\"data\":[{\"Last_Name\":\"Doe\",\"Account_Name\":{\"id\":\"%s\"}}]}"
                  .formatted(account))
          .hasStatus(201);
    }
    String contacts = "/crm/v8/Contacts?fields=id&per_page=3";
    as(reader).get(contacts).hasStatus(204);
    admin
        .post(
            "/crm/v8/Accounts/" + account + "/actions/share",
            """
            {"share":[{"type":"private","shared_with":{"id":"%d","type":"users"},"share_related_records":true,
            "permission":"read_only"}]}"""
                .formatted(reader))
        .hasStatus(201);
    List<String> shared = as(reader).get(contacts).ids();
    assertThat(shared).hasSize(3);
    assertThat(as(reader).get(contacts).ids()).isEqualTo(shared);
    admin.delete("/crm/v8/Accounts/" + account + "/actions/share").hasStatus(200);
    as(reader).get(contacts).hasStatus(204);
  }

  private void comparePages() {
    for (String order : List.of("asc", "desc")) {
      List<String> all = all(order, reader);
      for (int page : List.of(1, 2)) {
        String list = "/crm/v8/Leads?fields=id,Last_Name,Company&per_page=3&sort_order=";
        assertThat(as(reader).get(list + order + "&page=" + page).ids())
            .isEqualTo(all.stream().skip((page - 1) * 3L).limit(3).toList());
      }
    }
  }

  /** The ids of the leads that the user sees, on one page, of which no end is known. */
  private List<String> all(String order, long user) {
    return as(user).get("/crm/v8/Leads?fields=id&per_page=200&sort_order=" + order).ids();
  }

  private static List<String> pick(Random random, List<String> ids) {
    return ids.stream().skip(random.nextInt(4)).limit(1).toList();
  }

  private String lead(long user, String lastName) {
    return as(user)
        .post("/crm/v8/Leads", ("{'data':[{'Last_Name':'" + lastName + "'}]}").replace('\'', '"'))
        .savedId(0);
  }

  private void delete(String id) {
    admin.delete("/crm/v8/Leads?ids=" + id).hasStatus(200);
  }

  private void give(String id, long user) {
    admin
        .put("/crm/v8/Leads/" + id, "{\"data\":[{\"Owner\":{\"id\":\"%d\"}}]}".formatted(user))
        .hasStatus(200);
  }

  private void moveTo(long territory, String id) {
    org.change(
        sql(
            "update " + org.org().table("leads") + " set territories = array[?] where id = ?",
            territory,
            Long.parseLong(id)));
  }

  private void rule(String field, String value) {
    people.addSetting(
        "sharing_rule",
        "Leads",
        """
        {"name":"%1$s","criteria":{"field":{"api_name":"%1$s"},"comparator":"equal",
        "value":"%2$s"},"shared_to":{"type":"users","resource":{"id":"%3$d"}}}"""
            .formatted(field, value, reader));
  }

  private Api as(long user) {
    return org.api(user, TestOrg.ALL_SCOPES);
  }
}
