package io.clientele.sharing;

import static io.clientele.db.Sql.sql;

import io.clientele.metadata.RoleName;
import io.clientele.metadata.Settings;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;

/** An org with roles and a group, and rules on its leads. */
final class RuleOrg {
  static final String RULES = "/crm/v8/settings/data_sharing/rules";
  static final String LEADS = RULES + "?module=Leads";

  final TestOrg org = TestOrg.create();
  final Api api = org.api();
  final String ceo = role("CEO");
  final String manager = role("Manager");

  String role(String name) {
    return org.metadata().people().roles().values().stream()
        .filter(one -> one.name().equals(name))
        .map(RoleName::id)
        .map(Object::toString)
        .findFirst()
        .orElseThrow();
  }

  /** A new group without anyone in it. */
  String group(String name) {
    var installation = org.server().installation();
    long id =
        installation
            .database()
            .write(
                tx -> {
                  long next = Settings.nextIds(tx, org.org(), 1).getFirst();
                  tx.update(
                      sql(
                          "insert into "
                              + org.org().table("user_group")
                              + " (id, name) values (?, ?)",
                          next,
                          name));
                  Settings.changed(tx, org.org());
                  return next;
                });
    installation.metadata().changed(org.orgId());
    return Long.toString(id);
  }

  /** What users of the role own is shared with another source. */
  String byOwner(String name, String permission, String to) {
    return ("{\"name\":\"%s\",\"type\":\"Record_Owner_Based\",\"superiors_allowed\":false,"
            + "\"permission_type\":\"%s\",\"shared_from\":%s,\"shared_to\":%s}")
        .formatted(name, permission, source("roles", manager, true), to);
  }

  static String byCriteria(String name, String criteria, String to) {
    return ("{\"name\":\"%s\",\"type\":\"Criteria_Based\",\"superiors_allowed\":true,"
            + "\"permission_type\":\"read\",\"criteria\":%s,\"shared_to\":%s}")
        .formatted(name, criteria, to);
  }

  static String source(String type, String id, boolean below) {
    return "{\"type\":\"%s\",\"resource\":{\"id\":\"%s\"},\"subordinates\":%s}"
        .formatted(type, id, below);
  }

  Answer create(String module, String rule) {
    return api.post(RULES + "?module=" + module, body(rule));
  }

  String created(String module, String rule) {
    return create(module, rule).hasStatus(201).at("/sharing_rules/0/details/id").asString();
  }

  static String body(String... rules) {
    return "{\"sharing_rules\":[" + String.join(",", rules) + "]}";
  }

  static String one(String id) {
    return RULES + "/" + id + "?module=Leads";
  }
}
