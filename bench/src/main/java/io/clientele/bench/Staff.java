package io.clientele.bench;

import static io.clientele.db.Sql.sql;

import io.clientele.app.Installation;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.RulesColumn;
import io.clientele.oauth.Accounts;
import io.clientele.org.Org;
import io.clientele.users.NewUser;
import io.clientele.users.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who works in the org that is measured: 500 users in roles five levels deep, fifty sharing rules
 * about leads, of which half are about criteria, and 100,000 leads shared one by one.
 */
final class Staff {
  static final int USERS = 500;
  private static final int LEVELS = 4;
  private static final int BELOW = 3;
  private static final int RULES = 25;
  private static final int SHARES = 100_000;

  private Staff() {}

  /** Their ids, those of higher roles first. */
  static List<Long> of(Installation installation, Org org) {
    return installation.metadata().of(org.id()).userNames().stream()
        .filter(user -> user.email().startsWith("staff"))
        .map(user -> user.id())
        .toList();
  }

  /** Hires them, unless an earlier run did. */
  static List<Long> hire(Installation installation, Org org, long adminId) {
    if (of(installation, org).isEmpty()) {
      installation.changes().change(org.id(), adminId, change -> hire(change, adminId));
    }
    return of(installation, org);
  }

  private static boolean hire(MetadataChange change, long adminId) {
    var metadata = change.metadata();
    long profile =
        metadata.settings("profile").stream()
            .filter(one -> one.apiName().equals("Standard"))
            .findFirst()
            .orElseThrow()
            .id();
    List<Long> level =
        List.of(Objects.requireNonNull(metadata.userName(adminId)).roleId()); // the head of the org
    List<Long> roles = new ArrayList<>();
    for (int depth = 0; depth < LEVELS; depth++) {
      List<Long> next = new ArrayList<>();
      for (long above : level) {
        for (int i = 0; i < BELOW; i++) {
          next.add(role(change, above));
        }
      }
      roles.addAll(next);
      level = next;
    }
    List<Long> leaves = level;
    int heads = roles.size() - leaves.size();
    for (int i = 0; i < USERS; i++) {
      long role = i < heads ? roles.get(i) : leaves.get(i % leaves.size());
      var user =
          new NewUser(
              "staff" + i + "@example.com",
              null,
              "Staff " + i,
              role,
              profile,
              "active",
              true,
              "UTC",
              adminId,
              Json.MAPPER.createObjectNode());
      long id = Users.create(change.tx(), change.org(), user);
      Accounts.link(change.tx(), Accounts.create(change.tx(), user.email()), change.org().id(), id);
    }
    change.touch();
    return true;
  }

  private static long role(MetadataChange change, long above) {
    long id = change.nextId();
    change
        .tx()
        .update(
            sql(
                "insert into "
                    + change.org().table("role")
                    + " (id, name, reports_to) values (?, ?, ?)",
                id,
                "Role " + id,
                above));
    return id;
  }

  /** The rules and the shares; the leads are there. */
  static void share(Installation installation, Org org, long adminId, String table) {
    if (!installation.metadata().of(org.id()).settings("sharing_rule").isEmpty()) {
      return;
    }
    System.out.println("Sharing leads …");
    installation
        .changes()
        .change(
            org.id(),
            adminId,
            change -> {
              rules(change);
              shares(change.tx(), change.org(), adminId, table, change.metadata().get("Leads"));
              return true;
            });
    installation.jobs().runDue(org.id());
    installation.database().read(tx -> tx.update(sql("vacuum analyze " + table)));
    installation
        .database()
        .read(tx -> tx.update(sql("vacuum analyze " + org.table("record_share"))));
  }

  private static void rules(MetadataChange change) {
    Module leads = change.metadata().get("Leads");
    List<Long> roles = List.copyOf(change.metadata().people().roles().keySet());
    List<Long> leaves = roles.subList(roles.size() - BELOW * BELOW * BELOW * BELOW, roles.size());
    for (int i = 0; i < 2 * RULES; i++) {
      ObjectNode rule = Json.MAPPER.createObjectNode().put("name", "Rule " + i);
      rule.put("permission_type", "read").put("superiors_allowed", true).put("status", "active");
      if (i < RULES) {
        source(rule.putObject("shared_from"), leaves.get((i + 1) % leaves.size()));
      } else {
        rule.putObject("criteria")
            .put("comparator", "equal")
            .put("value", "City " + i)
            .putObject("field")
            .put("api_name", "City");
      }
      source(rule.putObject("shared_to"), leaves.get(i % RULES));
      change.insert(change.nextId(), "sharing_rule", leads.id(), "Rule " + i, rule);
    }
    change.schedule(RulesColumn.JOB, RulesColumn.job(leads.id(), false));
  }

  private static void source(ObjectNode source, long role) {
    source.put("type", "roles").put("subordinates", false).putObject("resource").put("id", role);
  }

  private static void shares(Transaction tx, Org org, long adminId, String table, Module leads) {
    tx.update(
        sql(
            "insert into "
                + org.table("record_share")
                + " (record_id, module_id, type, grantee_id, permission, related, shared_by,"
                + " shared_time) select t.id, ?, 'users', u.id, 'read_only', false, ?, now()"
                + " from (select id, row_number() over () n from (select id from "
                + table
                + " order by hashint8(id) limit ?) x) t join (select id, row_number() over (order"
                + " by id) n from "
                + org.table("crm_user")
                + " where email like 'staff%') u on u.n = 1 + t.n % ?",
            leads.id(),
            adminId,
            SHARES,
            USERS));
  }
}
