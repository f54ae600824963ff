package io.clientele.testing;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.RulesColumn;
import io.clientele.metadata.Settings;

/** Roles, groups, territories, sharing rules and shares of a test's org, put in its tables. */
public final class OrgPeople {
  private final TestOrg org;

  public OrgPeople(TestOrg org) {
    this.org = org;
  }

  public long role(String name) {
    return org.metadata().people().roles().values().stream()
        .filter(role -> role.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  public long addRole(String name, long above, boolean peers) {
    long id = nextId();
    change(
        sql(
            "insert into "
                + org.org().table("role")
                + " (id, name, reports_to, share_with_peers) values (?, ?, ?, ?)",
            id,
            name,
            above,
            peers));
    return id;
  }

  /** A user with the profile Standard in that role. */
  public long addUser(String name, long role) {
    long id = TestUsers.standard(org, name + "@example.com");
    change(
        sql(
            "update "
                + org.org().table("crm_user")
                + " set role_id = ?, last_name = ?, full_name = ? where id = ?",
            role,
            name,
            name,
            id));
    return id;
  }

  /** A group of one source. */
  public long addGroup(String name, String type, long source, boolean below) {
    long id = nextId();
    change(
        sql(
            "insert into " + org.org().table("user_group") + " (id, name) values (?, ?)",
            id,
            name));
    change(
        sql(
            "insert into " + org.org().table("user_group_source") + " values (?, ?, ?, ?)",
            id,
            type,
            source,
            below));
    return id;
  }

  public long addTerritory(String name, boolean readOnly, long user) {
    long id = nextId();
    change(
        sql(
            "insert into "
                + org.org().table("territory")
                + " (id, name, permission_type) values (?, ?, ?)",
            id,
            name,
            readOnly ? "read_only" : "read_write_delete"));
    change(sql("insert into " + org.org().table("territory_user") + " values (?, ?)", id, user));
    return id;
  }

  /** Shares a record with whom {@code grantee} is. */
  public void share(
      String record, String module, String type, long grantee, String permission, boolean related) {
    change(
        sql(
            "insert into "
                + org.org().table("record_share")
                + " values (?, ?, ?, ?, ?, ?, ?, now())",
            Long.parseLong(record),
            org.metadata().get(module).id(),
            type,
            grantee,
            permission,
            related,
            org.adminId()));
  }

  /** Adds a document of the settings of a module, such as a sharing rule. */
  public void addSetting(String noun, String module, String body) {
    long id = nextId();
    change(
        sql(
            "insert into "
                + org.org().table("setting")
                + " (id, noun, parent_id, api_name, body) values (?, ?, ?, ?, ?::jsonb)",
            id,
            noun,
            org.metadata().get(module).id(),
            noun + id,
            body));
  }

  /** Has the module's records carry the labels of its rules. */
  public void label(String module) {
    org.schedule(RulesColumn.JOB, RulesColumn.job(org.metadata().get(module).id(), false));
    org.server().installation().jobs().runDue(org.orgId());
  }

  /** Runs a statement and has the metadata read anew. */
  public void change(Sql statement) {
    org.change(statement);
  }

  private long nextId() {
    return org.server()
        .installation()
        .database()
        .write(tx -> Settings.nextIds(tx, org.org(), 1).getFirst());
  }
}
