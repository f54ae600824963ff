package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which entries a client wants, as a condition on {@link AuditRows}. Reference: Create Export Audit
 * Log.
 */
record AuditCriteria(Metadata metadata) {
  /** How long a time may be asked about at once. */
  static final Duration LONGEST = Duration.ofDays(180);

  private static final List<String> ACTIONS = List.of("added", "updated", "deleted");
  private static final int GROUP = 2;
  private static final int VALUES = 500;

  /**
   * @throws ApiError about the first thing that is wrong
   */
  Sql read(Item criteria) {
    boolean group = criteria.has("group") || criteria.has("group_operator");
    if (!group && !criteria.has("field")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields", List.of(criteria.place("group"), criteria.place("field")));
    }
    return group ? group(criteria) : comparison(criteria);
  }

  /** Whether something in it says of which time. */
  static boolean saysWhen(JsonNode criteria) {
    return criteria.path("field").path("api_name").asString("").equals("audited_time")
        || criteria.path("group").valueStream().anyMatch(AuditCriteria::saysWhen);
  }

  private Sql group(Item criteria) {
    requireBoth(criteria, "group", "group_operator");
    requireBoth(criteria, "group_operator", "group");
    if (!criteria.text("group_operator").equals("and")) {
      throw criteria.invalid("group_operator").with("supported_values", List.of("and"));
    }
    JsonNode group = criteria.json().path("group");
    if (!group.isArray() || group.isEmpty()) {
      throw criteria.invalid("group").with("expected_data_type", "jsonarray");
    }
    if (group.size() > GROUP) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", Integer.toString(GROUP))
          .at("group", criteria.at("group"));
    }
    Sql all = Sql.TRUE;
    for (int i = 0; i < group.size(); i++) {
      all = all.and(read(object(group.get(i), "group", criteria.at("group") + "[" + i + "]")));
    }
    return all;
  }

  private Sql comparison(Item criteria) {
    Item field = object(criteria.json().path("field"), "field", criteria.at("field"));
    field.require("api_name");
    requireBoth(criteria, "field", "comparator");
    requireBoth(criteria, "field", "value");
    return switch (field.text("api_name")) {
      case "action" -> {
        comparator(criteria, "equal", "in");
        yield sql("a.action = any(?)", (Object) actions(criteria).toArray(String[]::new));
      }
      case "done_by" -> {
        comparator(criteria, "equal", "in");
        yield sql("a.user_id = any(?)", (Object) users(criteria).toArray(Long[]::new));
      }
      case "module" -> {
        comparator(criteria, "equal", "in");
        yield sql("a.module_id = any(?)", (Object) modules(criteria).toArray(Long[]::new));
      }
      case "audited_time" -> {
        comparator(criteria, "between");
        yield time(criteria);
      }
      default ->
          throw ErrorCode.NOT_SUPPORTED
              .error()
              .status(400)
              .message("The value given is not supported")
              .at("api_name", field.at("api_name"));
    };
  }

  private static void comparator(Item criteria, String... known) {
    if (!List.of(known).contains(criteria.text("comparator"))) {
      throw criteria.invalid("comparator").with("supported_values", List.of(known));
    }
  }

  private static List<String> actions(Item criteria) {
    JsonNode value = criteria.json().path("value");
    boolean several = criteria.text("comparator").equals("in");
    if (several ? !value.isArray() || value.isEmpty() : !value.isString()) {
      throw mismatch(criteria, several ? "jsonarray" : "text");
    }
    List<String> actions =
        several
            ? value.valueStream().map(one -> one.asString("")).toList()
            : List.of(value.asString());
    if (!ACTIONS.containsAll(actions)) {
      throw ErrorCode.NOT_SUPPORTED
          .error()
          .status(400)
          .message("The value given is not supported")
          .at("value", criteria.at("value"));
    }
    return actions;
  }

  /** The objects of the value; one where it must be equal. */
  private static List<Item> objects(Item criteria) {
    JsonNode value = criteria.json().path("value");
    if (value instanceof ObjectNode one) {
      return List.of(new Item(one, criteria.at("value")));
    }
    if (!value.isArray() || value.isEmpty()) {
      throw mismatch(criteria, "jsonarray");
    }
    int most = criteria.text("comparator").equals("equal") ? 1 : VALUES;
    if (value.size() > most) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", Integer.toString(most))
          .at("value", criteria.at("value"));
    }
    var items = new ArrayList<Item>();
    for (int i = 0; i < value.size(); i++) {
      items.add(object(value.get(i), "value", criteria.at("value") + "[" + i + "]"));
    }
    return items;
  }

  private List<Long> users(Item criteria) {
    return objects(criteria).stream()
        .map(
            user ->
                PathId.parse(user.require("id").json().path("id").asString(""))
                    .filter(id -> metadata.userName(id) != null)
                    .orElseThrow(() -> user.invalid("id")))
        .toList();
  }

  private List<Long> modules(Item criteria) {
    return objects(criteria).stream().map(this::module).toList();
  }

  private long module(Item item) {
    Optional<Long> byId = Optional.empty();
    if (item.has("id")) {
      byId =
          Optional.of(
              PathId.parse(item.json().path("id").asString(""))
                  .flatMap(metadata::find)
                  .map(Module::id)
                  .orElseThrow(() -> item.invalid("id")));
    }
    if (!item.has("api_name")) {
      item.require("id");
      return byId.orElseThrow();
    }
    long byName =
        metadata
            .find(item.text("api_name"))
            .map(Module::id)
            .orElseThrow(() -> item.invalid("api_name"));
    if (byId.isPresent() && byId.get() != byName) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to", List.of(item.place("id"), item.place("api_name")));
    }
    return byName;
  }

  private static Sql time(Item criteria) {
    JsonNode value = criteria.json().path("value");
    if (!value.isArray() || value.size() != 2) {
      throw mismatch(criteria, "jsonarray");
    }
    Instant from = moment(criteria, value.get(0));
    Instant to = moment(criteria, value.get(1));
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Logs only within 6 month intervals are allowed to be fetched")
          .at("value", criteria.at("value"));
    }
    return sql("a.time between ?::timestamptz and ?::timestamptz", from.toString(), to.toString());
  }

  private static Instant moment(Item criteria, JsonNode value) {
    return IfModifiedSince.parse(value.asString(""))
        .orElseThrow(() -> mismatch(criteria, "datetime"));
  }

  private static ApiError mismatch(Item criteria, String expected) {
    return ErrorCode.DEPENDENT_MISMATCH
        .with("expected_data_type", expected)
        .with("dependee", criteria.place("comparator"))
        .at("value", criteria.at("value"));
  }

  private static void requireBoth(Item criteria, String there, String needed) {
    if (!criteria.has(needed)) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", criteria.place(there))
          .at(needed, criteria.at(needed));
    }
  }

  private static Item object(JsonNode node, String name, String path) {
    if (node instanceof ObjectNode object) {
      return new Item(object, path);
    }
    throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, path);
  }
}
