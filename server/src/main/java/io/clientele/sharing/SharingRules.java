package io.clientele.sharing;

import io.clientele.access.SharingLabel;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.RulesColumn;
import io.clientele.metadata.Setting;
import io.clientele.org.Org;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules that share records beyond the defaults: those that some users own, or those that meet
 * criteria, with other users. Each is a document of its module in the form of the API.
 */
public final class SharingRules {
  public static final String NOUN = "sharing_rule";

  static final String STATUS = "status";
  private static final String ACTIVE = "active";

  /** How many a module can have. */
  private static final int LIMIT = 100;

  private SharingRules() {}

  /** All rules of the org, oldest first. */
  static List<Setting> all(Metadata metadata) {
    return metadata.settings(NOUN).stream().sorted(Comparator.comparing(Setting::id)).toList();
  }

  /** The rules of a module, oldest first. */
  public static List<Setting> of(Metadata metadata, long moduleId) {
    return all(metadata).stream().filter(rule -> moduleId == moduleOf(rule)).toList();
  }

  static long moduleOf(Setting rule) {
    Long module = rule.parentId();
    return module == null ? 0 : module;
  }

  public static boolean isActive(Setting rule) {
    return rule.body().path(STATUS).asString("").equals(ACTIVE);
  }

  /**
   * The rules that share from or with a role, a group or a territory; without it they would mean
   * nothing.
   *
   * @param type roles, groups or territories
   */
  public static List<Setting> using(Metadata metadata, String type, long id) {
    return all(metadata).stream()
        .filter(
            rule ->
                Stream.of("shared_from", "shared_to")
                    .map(rule.body()::path)
                    .anyMatch(source -> names(source, type, id)))
        .toList();
  }

  private static boolean names(JsonNode source, String type, long id) {
    return source.path("type").asString("").equals(type)
        && source.path("resource").path("id").asString("").equals(Long.toString(id));
  }

  /** Create Data Sharing Rule: it is active at once. */
  public static Done create(MetadataChange change, Module module, Item item) {
    ObjectNode body = new RuleBody(change, module, item).read(true);
    if (of(change.metadata(), module.id()).size() >= LIMIT) {
      throw ErrorCode.INVALID_DATA.with("limit", LIMIT).message("Module limit exceeded");
    }
    String name = body.path("name").asString();
    requireFree(change, module, 0, item, name);
    long id = change.nextId();
    change.insert(id, NOUN, module.id(), name, body.put(STATUS, ACTIVE));
    label(change, module.id(), body);
    return Done.of("sharing rule is created successfully", id);
  }

  /** Update Data Sharing Rule: all of it but the name, which may stay as it is. */
  public static Done update(MetadataChange change, Module module, Setting rule, Item item) {
    ObjectNode body = new RuleBody(change, module, item).read(false);
    body.set(STATUS, rule.body().path(STATUS));
    String name = body.path("name").asString(rule.apiName());
    requireFree(change, module, rule.id(), item, name);
    change.update(rule, name, rule.position(), body.put("name", name));
    label(change, module.id(), body);
    return Done.of("sharing rule is updated successfully", rule.id());
  }

  public static Done delete(MetadataChange change, Setting rule) {
    change.delete(rule);
    return Done.of("Sharing Rule deleted", rule.id());
  }

  /**
   * @throws ApiError ID_ALREADY_ACTIVE
   */
  public static Done activate(MetadataChange change, Setting rule) {
    if (isActive(rule)) {
      throw ErrorCode.ID_ALREADY_ACTIVE.error().message("data sharing rule is already activated.");
    }
    change.update(rule, withStatus(rule, ACTIVE));
    label(change, rule.parent(), rule.body());
    return Done.of("sharing rule is activated successfully", rule.id());
  }

  /**
   * @throws ApiError ID_ALREADY_DEACTIVATED
   */
  public static Done deactivate(MetadataChange change, Setting rule) {
    if (!isActive(rule)) {
      throw ErrorCode.ID_ALREADY_DEACTIVATED
          .error()
          .message("data sharing rule is already deactivated.");
    }
    change.update(rule, withStatus(rule, "inactive"));
    return Done.of("sharing rule is deactivated successfully", rule.id());
  }

  /** Records written while a rule is inactive do not follow it, so its label is void. */
  private static ObjectNode withStatus(Setting rule, String status) {
    return SharingLabel.without(rule).put(STATUS, status);
  }

  /** Lets the records that meet its criteria be labelled, however many there are. */
  private static void label(MetadataChange change, long moduleId, JsonNode rule) {
    if (rule.path("criteria").isObject()) {
      change.schedule(RulesColumn.JOB, RulesColumn.job(moduleId, false));
    }
  }

  /** Lets all rules of a module be run again. */
  static void rerun(MetadataChange change, Module module) {
    change.schedule(RulesColumn.JOB, RulesColumn.job(module.id(), true));
  }

  /** The ids of the modules whose rules wait to be run again. */
  static Set<Long> running(Transaction tx, Org org) {
    return Jobs.open(tx, org, RulesColumn.JOB).stream()
        .filter(job -> job.body().path("rerun").asBoolean(false))
        .map(job -> job.body().path("module").asLong())
        .collect(Collectors.toSet());
  }

  private static void requireFree(
      MetadataChange change, Module module, long self, Item item, String name) {
    boolean taken =
        of(change.metadata(), module.id()).stream()
            .anyMatch(rule -> rule.id() != self && rule.apiName().equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
    }
  }
}
