package io.clientele.metadata.recordlocking;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The record locking configuration of a module, as those who write records ask for it.
 *
 * @param excludedFields the API names of fields that locked records can still change
 * @param excludedProfiles the ids of profiles that no lock stops
 * @param restrictedActions what cannot be done with a locked record: update always; convert,
 *     delete, change_owner, tags
 */
public record RecordLocking(
    long id,
    LockType lockType,
    Set<String> excludedFields,
    Set<Long> excludedProfiles,
    Set<String> restrictedActions,
    Set<String> restrictedCommunications,
    boolean lockForPortalUsers,
    List<Rule> rules) {

  /** The kind of the jobs that bring records in line with a changed configuration. */
  public static final String JOB = "apply_record_locking";

  static final String NOUN = "record_locking_configuration";

  private static final Set<String> MODULES =
      Set.of(
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "Tasks",
          "Cases",
          "Solutions",
          "Vendors",
          "Price_Books",
          "Quotes",
          "Sales_Orders",
          "Purchase_Orders",
          "Invoices");

  /** Whether records of the module can be locked. */
  public static boolean supports(Module module) {
    return MODULES.contains(module.apiName()) || module.generatedType().equals("custom");
  }

  /** Who locks records. */
  public enum LockType {
    MANUAL,
    AUTOMATIC,
    BOTH;

    public boolean isManual() {
      return this != AUTOMATIC;
    }

    public boolean isAutomatic() {
      return this != MANUAL;
    }
  }

  /**
   * Which records are locked by themselves.
   *
   * @param criteria in the wire's own keys; fields by their API names
   * @param lockExisting whether also those that were there before the rule
   */
  public record Rule(long id, String name, JsonNode criteria, boolean lockExisting) {}

  /** The configuration of the module; empty when its records cannot be locked. */
  public static Optional<RecordLocking> of(Metadata metadata, Module module) {
    return setting(metadata, module).map(RecordLocking::of);
  }

  /** Its document. */
  public static Optional<Setting> setting(Metadata metadata, Module module) {
    return metadata.settings(NOUN, module.id()).stream().findFirst();
  }

  private static RecordLocking of(Setting setting) {
    JsonNode body = setting.body();
    String type = body.path("lock_type").asString("manual");
    boolean some = body.path("locked_for").asString("").equals(LockingBody.EXCEPT);
    return new RecordLocking(
        setting.id(),
        LockType.valueOf(type.toUpperCase(Locale.ROOT)),
        texts(body.path("excluded_fields")),
        some
            ? texts(body.path("lock_excluded_profiles")).stream()
                .map(Long::valueOf)
                .collect(Collectors.toUnmodifiableSet())
            : Set.of(),
        texts(body.path("restricted_actions")),
        texts(body.path("restricted_communications")),
        body.path("lock_for_portal_users").asBoolean(true),
        body.path("locking_rules").valueStream().map(RecordLocking::rule).toList());
  }

  private static Rule rule(JsonNode rule) {
    return new Rule(
        rule.path("id").asLong(0),
        rule.path("name").asString(""),
        rule.path("criteria"),
        rule.path("lock_existing_records").asBoolean(false));
  }

  private static Set<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).collect(Collectors.toUnmodifiableSet());
  }
}
