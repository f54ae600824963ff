package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Settings;
import io.clientele.metadata.StandardMetadata;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import io.clientele.territories.OrgTerritory;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an org whole: its schema, the standard metadata, roles, profiles, and one administrator.
 * When any of that fails, nothing of it stays.
 */
public final class OrgSetup {
  /** The profile that may do everything. */
  static final String ADMINISTRATOR = "Administrator";

  private final Database database;
  private final Orgs orgs;
  private final Clock clock;

  public OrgSetup(Database database, Orgs orgs, Clock clock) {
    this.database = database;
    this.orgs = orgs;
    this.clock = clock;
  }

  /** The id of the profile that may do everything. */
  static long administratorProfile(Metadata metadata) {
    return metadata.settings("profile").stream()
        .filter(profile -> profile.apiName().equals(ADMINISTRATOR))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** A new org and its administrator. */
  public record Created(Org org, long userId) {}

  /** Creates an org whose administrator is active and confirmed and has the highest role. */
  public Created create(
      String orgName, String adminEmail, String firstName, String lastName, String timeZone) {
    Org org = orgs.create(orgName);
    try {
      long userId =
          database.write(
              tx -> {
                StandardMetadata.install(tx, org);
                var user =
                    new NewUser(
                        adminEmail,
                        firstName,
                        lastName,
                        installRoles(tx, org),
                        installProfiles(tx, org),
                        "active",
                        true,
                        timeZone,
                        null,
                        Json.MAPPER.createObjectNode());
                installOrg(tx, org, orgName, adminEmail, timeZone);
                OrgTerritory.install(tx, org, orgName);
                return Users.create(tx, org, user);
              });
      return new Created(orgs.get(org.id()), userId);
    } catch (RuntimeException | Error e) {
      orgs.drop(org.id());
      throw e;
    }
  }

  /** Adds the roles; answers the id of the highest, to which all others report. */
  private static long installRoles(Transaction tx, Org org) {
    List<JsonNode> roles = list(StandardMetadata.read("roles.json").path("roles"));
    List<Long> ids = Settings.nextIds(tx, org, roles.size());
    Map<String, Long> byName = new HashMap<>();
    for (int i = 0; i < roles.size(); i++) {
      JsonNode role = roles.get(i);
      String name = role.path("name").asString();
      byName.put(name, ids.get(i));
      tx.update(
          sql(
              "insert into "
                  + org.table("role")
                  + " (id, name, reports_to, share_with_peers, body) values (?, ?, ?, ?, ?::jsonb)",
              ids.get(i),
              name,
              byName.get(role.path("reporting_to").path("name").asString("")),
              role.path("share_with_peers").asBoolean(false),
              Json.MAPPER.writeValueAsString(
                  ((ObjectNode) role).retain("display_label", "description"))));
    }
    return ids.getFirst();
  }

  /** Adds the profiles; answers the id of Administrator. */
  private static long installProfiles(Transaction tx, Org org) {
    JsonNode file = StandardMetadata.read("profiles.json");
    JsonNode permissions = file.path("permissions_details");
    List<JsonNode> profiles = list(file.path("profiles"));
    Iterator<Long> ids = Settings.nextIds(tx, org, profiles.size()).iterator();
    List<Long> permissionIds = Settings.nextIds(tx, org, permissions.size());
    var settings =
        profiles.stream()
            .map(
                profile ->
                    Settings.of(
                        ids.next(),
                        "profile",
                        null,
                        profile.path("api_name").asString(),
                        profiles.indexOf(profile),
                        profileBody((ObjectNode) profile, permissions, permissionIds)))
            .toList();
    Settings.insert(tx, org, settings);
    return settings.stream()
        .filter(setting -> setting.apiName().equals(ADMINISTRATOR))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /**
   * A profile keeps of each permission its id, which is the same in all profiles, its name and
   * whether it is given.
   */
  private static ObjectNode profileBody(
      ObjectNode profile, JsonNode permissions, List<Long> permissionIds) {
    var disabled =
        profile.path("disabled_permissions").valueStream().map(JsonNode::asString).toList();
    ObjectNode body = profile.deepCopy();
    body.remove("disabled_permissions");
    var details = body.putArray("permissions_details");
    for (int i = 0; i < permissions.size(); i++) {
      String name = permissions.get(i).path("name").asString();
      details
          .addObject()
          .put("id", Long.toString(permissionIds.get(i)))
          .put("name", name)
          .put("enabled", !disabled.contains(name));
    }
    return body;
  }

  /** What the org is called and where it is; everything else has its default until it is set. */
  private void installOrg(
      Transaction tx, Org org, String orgName, String adminEmail, String timeZone) {
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put("company_name", orgName)
            .put("primary_email", adminEmail)
            .put("time_zone", timeZone)
            .put("created_time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    long id = Settings.nextIds(tx, org, 1).getFirst();
    Settings.insert(tx, org, List.of(Settings.of(id, "org", null, "org", 0, body)));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
