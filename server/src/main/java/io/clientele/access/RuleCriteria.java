package io.clientele.access;

import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import tools.jackson.databind.JsonNode;

/** The criteria of a sharing rule as a condition on the module's table with that alias. */
@FunctionalInterface
public interface RuleCriteria {
  Sql of(Metadata metadata, Module module, JsonNode criteria, long userId, String alias);
}
