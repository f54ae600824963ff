package io.clientele.records.timeline;

import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Tag;
import io.clientele.metadata.Territory;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import io.clientele.records.timeline.TimelineEntries.Entry;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an update changed: fields with the values before and after, as a person reads them; ids of
 * records and users as their names.
 */
record FieldValues(Metadata metadata, RecordNames names, List<Change> changes) {

  /**
   * A change of one field.
   *
   * @param field empty when it was deleted since
   */
  record Change(String apiName, Optional<Field> field, JsonNode before, JsonNode after) {}

  /** The changes of an entry; the names they need are asked for. */
  static FieldValues of(Metadata metadata, Entry entry, RecordNames names) {
    names.add(entry.moduleId(), entry.recordId());
    Optional<Module> module = metadata.find(entry.moduleId());
    var changes = new ArrayList<Change>();
    for (Map.Entry<String, JsonNode> property : entry.changes().properties()) {
      if (isHidden(metadata, entry, property.getKey())) {
        continue;
      }
      var change =
          new Change(
              property.getKey(),
              module.flatMap(found -> found.field(property.getKey())),
              property.getValue().path(0),
              property.getValue().path(1));
      changes.add(change);
      change.field.ifPresent(
          field -> {
            ask(metadata, field, change.before, names);
            ask(metadata, field, change.after, names);
          });
    }
    return new FieldValues(metadata, names, changes);
  }

  private static boolean isHidden(Metadata metadata, Entry entry, String name) {
    return metadata.find(entry.moduleId()).flatMap(module -> module.field(name)).isEmpty()
        && metadata
            .whole()
            .find(entry.moduleId())
            .flatMap(module -> module.field(name))
            .isPresent();
  }

  private static void ask(Metadata metadata, Field field, JsonNode value, RecordNames names) {
    if (value.isIntegralNumber() && isLookup(field)) {
      field
          .modules()
          .forEach(
              name ->
                  metadata.find(name).ifPresent(module -> names.add(module.id(), value.asLong())));
    }
  }

  private static boolean isLookup(Field field) {
    return switch (field.dataType()) {
      case "lookup", "multi_module_lookup" -> true;
      default -> false;
    };
  }

  /** The action that the changes were: tags have words of their own. */
  String action(String action) {
    if (changes.size() != 1 || !changes.getFirst().apiName.equals("Tag")) {
      return action;
    }
    List<String> before = texts(changes.getFirst().before);
    List<String> after = texts(changes.getFirst().after);
    if (after.containsAll(before)) {
      return "tag_added";
    }
    return before.containsAll(after) ? "tag_removed" : "tags_overwritten";
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /** A value in words; null when there is none. */
  @Nullable String text(Change change, JsonNode value, ZoneId zone) {
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    Field field = change.field.orElse(null);
    if (value.isArray()) {
      return value.valueStream().map(one -> element(change, one)).collect(Collectors.joining(","));
    }
    if (field == null || value.isObject()) {
      return value.isValueNode() ? value.asString() : value.toString();
    }
    return switch (field.dataType()) {
      case "lookup", "multi_module_lookup" -> nameOr(names.of(value.asLong()), value);
      case "ownerlookup", "userlookup" -> {
        UserName user = metadata.userName(value.asLong());
        yield nameOr(user == null ? null : user.name(), value);
      }
      case "layout" ->
          metadata.findLayout(value.asLong()).map(layout -> layout.name()).orElse(value.asString());
      case "datetime" -> moment(value.asString(), zone);
      default -> value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    };
  }

  private String element(Change change, JsonNode one) {
    if (change.apiName.equals("Tag")) {
      return tag(one);
    }
    boolean territories =
        change.field.filter(field -> field.dataType().equals("territories")).isPresent();
    Territory territory = territories ? metadata.people().territories().get(one.asLong()) : null;
    return territory == null ? one.asString(one.toString()) : territory.name();
  }

  private String tag(JsonNode id) {
    return metadata.findTag(id.asLong()).map(Tag::name).orElse(id.asString());
  }

  private static String nameOr(@Nullable String name, JsonNode id) {
    return name == null ? id.asString() : name;
  }

  private static String moment(String text, ZoneId zone) {
    try {
      return Moments.format(OffsetDateTime.parse(text).toInstant(), zone);
    } catch (DateTimeException e) {
      return text;
    }
  }
}
