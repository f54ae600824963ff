package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.http.Json;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Settings;
import io.clientele.metadata.UserName;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts another user in a user's place in all criteria of the org: of views, rules, filters,
 * territories. They stand in documents under keys that end in {@code criteria}.
 */
final class UserInCriteria {
  private final MetadataChange change;
  private final String from;
  private final UserName to;

  UserInCriteria(MetadataChange change, long from, long to) {
    this.change = change;
    this.from = Long.toString(from);
    this.to = Objects.requireNonNull(change.metadata().userName(to));
  }

  void replace() {
    Settings.list(change.tx(), change.org()).stream()
        .filter(setting -> setting.body().toString().contains(from))
        .forEach(
            setting -> {
              JsonNode body = setting.body().deepCopy();
              if (document(body)) {
                change.update(setting, body);
              }
            });
    replaceInTerritories();
  }

  private void replaceInTerritories() {
    record Found(long id, JsonNode body) {}
    String territories = change.org().table("territory");
    change
        .tx()
        .list(
            sql(
                "select t.id, t.body from " + territories + " t where t.body::text like ?",
                "%" + from + "%"),
            row -> new Found(row.getLong(1), Json.MAPPER.readTree(row.getString(2))))
        .stream()
        .filter(found -> document(found.body()))
        .forEach(
            found ->
                change
                    .tx()
                    .update(
                        sql(
                            "update " + territories + " set body = ?::jsonb where id = ?",
                            Json.MAPPER.writeValueAsString(found.body()),
                            found.id())));
  }

  /** Looks for criteria in a document; answers whether any named the user. */
  private boolean document(JsonNode node) {
    boolean changed = false;
    for (var entry : node.properties()) {
      changed |=
          entry.getKey().endsWith("criteria")
              ? criteria(entry.getValue())
              : document(entry.getValue());
    }
    if (node.isArray()) {
      for (JsonNode one : node) {
        changed |= document(one);
      }
    }
    return changed;
  }

  private boolean criteria(JsonNode node) {
    boolean changed = false;
    if (node instanceof ObjectNode object) {
      if (object.path("id").asString("").equals(from)) {
        object.put("id", Long.toString(to.id())).put("name", to.name());
        return true;
      }
      for (String name : object.propertyNames()) {
        if (isUser(object.get(name))) {
          object.put(name, Long.toString(to.id()));
          changed = true;
        } else {
          changed |= criteria(object.get(name));
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (isUser(array.get(i))) {
          array.set(i, Json.MAPPER.getNodeFactory().stringNode(Long.toString(to.id())));
          changed = true;
        } else {
          changed |= criteria(array.get(i));
        }
      }
    }
    return changed;
  }

  private boolean isUser(JsonNode value) {
    return value.isValueNode() && value.asString("").equals(from);
  }
}
