package io.clientele.testing;

import static io.clientele.db.Sql.sql;

import io.clientele.http.Json;
import io.clientele.oauth.Accounts;
import io.clientele.users.NewUser;
import io.clientele.users.Users;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** More users for an org, put where no operation of the API creates them yet. */
public final class TestUsers {
  private TestUsers() {}

  /** An active user with the profile Standard in the role Manager. */
  public static long standard(TestOrg org, String email) {
    return create(org, email, "Standard", "active", true);
  }

  public static long create(
      TestOrg org, String email, String profile, String status, boolean confirmed) {
    long profileId =
        org.metadata().settings("profile").stream()
            .filter(setting -> setting.apiName().equals(profile))
            .findFirst()
            .orElseThrow()
            .id();
    return create(org, email, profileId, status, confirmed);
  }

  /** An active user with the profile of that id in the role Manager. */
  public static long withProfile(TestOrg org, String email, String profileId) {
    return create(org, email, Long.parseLong(profileId), "active", true);
  }

  private static long create(
      TestOrg org, String email, long profileId, String status, boolean confirmed) {
    var installation = org.server().installation();
    String unique = org.orgId() + "-" + email;
    long id =
        installation
            .database()
            .write(
                tx -> {
                  long roleId =
                      tx.list(
                              sql(
                                  "select id from "
                                      + org.org().table("role")
                                      + " where name = 'Manager'"),
                              row -> row.getLong(1))
                          .getFirst();
                  var user =
                      new NewUser(
                          unique,
                          null,
                          "Doe",
                          roleId,
                          profileId,
                          status,
                          confirmed,
                          "UTC",
                          org.adminId(),
                          Json.MAPPER.createObjectNode());
                  long userId = Users.create(tx, org.org(), user);
                  Accounts.link(tx, Accounts.create(tx, unique), org.orgId(), userId);
                  return userId;
                });
    installation.metadata().changed(org.orgId());
    return id;
  }

  /** How many users the org may have. */
  public static void licences(TestOrg org, int count) {
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = jsonb_set(body, '{license_details}',"
                + " jsonb_build_object('users_license_purchased', ?::int))"
                + " where noun = 'org'",
            count));
  }

  /**
   * Many users who have nothing, so that others are users who see the records of few: for these the
   * records are found in another way.
   */
  public static void crowd(TestOrg org, int users) {
    org.change(
        sql(
            "insert into "
                + org.org().table("crm_user")
                + " (id, email, last_name, full_name, role_id, profile_id, status,"
                + " time_zone) select nextval(?::regclass), 'idle' || n || '@example.com',"
                + " 'Idle', 'Idle', u.role_id, u.profile_id, 'inactive', 'UTC' from "
                + org.org().table("crm_user")
                + " u, generate_series(1, ?) n where u.id = ?",
            org.org().schema() + ".id_sequence",
            users,
            org.adminId()));
  }

  /** Opens the records of these modules to all users, whoever owns them. */
  public static void open(TestOrg org, String... modules) {
    String body =
        Stream.of(modules)
            .map(
                name ->
                    """
                    {"share_type":"public","module":{"api_name":"%s","id":"%d"}}"""
                        .formatted(name, org.metadata().get(name).id()))
            .collect(Collectors.joining(",", "{\"data_sharing\":[", "]}"));
    org.api().put("/crm/v8/settings/data_sharing", body).hasStatus(200);
  }

  /** Takes a permission from a profile. */
  public static void refuse(TestOrg org, String profile, String permission) {
    permit(org, profile, permission, false);
  }

  /** Gives a permission to a profile. */
  public static void allow(TestOrg org, String profile, String permission) {
    permit(org, profile, permission, true);
  }

  private static void permit(TestOrg org, String profile, String permission, boolean allowed) {
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = replace(body::text, ?, ?)::jsonb"
                + " where noun = 'profile' and api_name = ?",
            "\"name\": \"" + permission + "\", \"enabled\": " + !allowed,
            "\"name\": \"" + permission + "\", \"enabled\": " + allowed,
            profile));
  }
}
