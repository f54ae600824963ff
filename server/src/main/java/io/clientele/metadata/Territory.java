package io.clientele.metadata;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of the market, with the records in it and the users who look after them.
 *
 * @param reportsTo the territory above; null at the top
 * @param readOnly whether its users may only read its records
 * @param body the criteria that assign records, such as {@code account_rule_criteria}
 * @param users those it was given to, the manager among them
 */
public record Territory(
    long id,
    String name,
    @Nullable Long reportsTo,
    @Nullable Long managerId,
    boolean readOnly,
    @Nullable String description,
    JsonNode body,
    Set<Long> users) {

  /** The criteria there can be, by the modules whose records they assign. */
  public static final Map<String, String> RULES =
      Map.of(
          "Accounts", "account_rule_criteria",
          "Deals", "deal_rule_criteria",
          "Leads", "lead_rule_criteria");

  /** The kind of the jobs that assign the records of modules anew after criteria changed. */
  public static final String REVIEW_JOB = "review_territories";

  /** The kind of the jobs that take a territory that is gone from its records. */
  public static final String REMOVE_JOB = "remove_territory";

  /** The criteria for records of a module; not an object when there are none. */
  public JsonNode rule(Module module) {
    return body.path(RULES.getOrDefault(module.apiName(), ""));
  }
}
