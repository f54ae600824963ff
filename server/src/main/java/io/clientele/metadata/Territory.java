package io.clientele.metadata;

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
    JsonNode body,
    Set<Long> users) {}
