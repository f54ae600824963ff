package io.clientele.territories;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Territory;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.territories.TerritorySql.Row;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The wire shape of a territory.
 *
 * @param included the criteria to tell, such as {@code lead_rule_criteria}
 * @param inner what of a manager to tell beside name and id: {@code zuid}, {@code status}
 */
record TerritoryJson(Reader reader, Set<String> included, Set<String> inner) {
  private static final Map<String, String> RULES = new TreeMap<>(Territory.RULES);

  void write(Keys keys, Row row) {
    Metadata metadata = reader.metadata();
    References.time(keys, "created_time", row.createdTime(), reader.zone());
    References.time(keys, "modified_time", row.modifiedTime(), reader.zone());
    manager(keys, row.managerId());
    RULES.forEach(
        (module, key) -> {
          if (included.contains(key)) {
            rule(keys, key, metadata.get(module), row.body().path(key));
          }
        });
    territory(keys, "reporting_to", row.reportingTo());
    keys.text("permission_type", row.permissionType());
    References.user(keys, metadata, "modified_by", row.modifiedBy());
    keys.text("description", row.description()).id("id", row.id());
    References.user(keys, metadata, "created_by", row.createdBy());
    keys.text("name", row.name()).text("api_name", row.name());
  }

  private void manager(Keys keys, @Nullable Long id) {
    var user = id == null ? null : reader.metadata().userName(id);
    if (user == null) {
      keys.none("manager");
      return;
    }
    keys.object(
        "manager",
        manager -> {
          manager.text("name", user.name()).id("id", user.id());
          if (inner.contains("zuid")) {
            manager.id("zuid", user.id());
          }
          if (inner.contains("status")) {
            manager.text("status", user.active() ? "active" : "inactive");
          }
        });
  }

  private void territory(Keys keys, String name, @Nullable Long id) {
    Territory territory = id == null ? null : reader.metadata().people().territories().get(id);
    if (territory == null) {
      keys.none(name);
    } else {
      keys.object(name, it -> it.text("name", territory.name()).id("id", territory.id()));
    }
  }

  private void rule(Keys keys, String key, Module module, JsonNode criteria) {
    if (criteria.isObject()) {
      keys.object(key, inside -> criteria(inside, module, criteria));
    } else {
      keys.none(key);
    }
  }

  private void criteria(Keys keys, Module module, JsonNode criteria) {
    if (criteria.path("group").isArray()) {
      keys.node("group_operator", criteria.path("group_operator"))
          .array("group", criteria.path("group"), (it, part) -> criteria(it, module, part));
      return;
    }
    keys.node("comparator", criteria.path("comparator"))
        .object(
            "field",
            field ->
                References.field(
                    field, reader.metadata(), module, Criteria.name(criteria.path("field"))))
        .text("type", criteria.path("type").asString("value"))
        .node("value", criteria.path("value"));
  }
}
