package io.clientele.metadata;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What metadata knows of a role.
 *
 * @param reportsTo the role above; null at the top
 * @param sharesWithPeers whether users of the role see each other's records
 * @param body the keys of the wire that have no column
 */
public record RoleName(
    long id, String name, @Nullable Long reportsTo, boolean sharesWithPeers, JsonNode body) {}
