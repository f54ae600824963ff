package io.clientele.metadata.relatedlists;

import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.types.FieldTypes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the rows of a related list hang on their record, as the list's {@code via} says. */
public sealed interface Relation {
  /**
   * The rows have a lookup to the record.
   *
   * @param open for activities: whether the list has those still to come or those that are closed
   */
  record Lookup(Module rows, Field field, Optional<Boolean> open) implements Relation {}

  /**
   * Rows of a linking module name the record and the row.
   *
   * @param own the linking module's lookup to the record
   * @param other its lookup to the rows
   * @param direct a lookup of the rows themselves that relates them too
   */
  record Links(Module rows, Module links, Field own, Field other, Optional<Field> direct)
      implements Relation {}

  /** Rows of a subform, such as a quote's items, have a lookup to the record. */
  record Items(Module rows, Module items, Field parent, Field field) implements Relation {}

  /** The rows of several lists, shown by a combined module. */
  record Several(Module rows, List<Lookup> parts) implements Relation {}

  /** The rows name the record in a field of people who take part. */
  record Participants(Module rows, Field field) implements Relation {}

  /** Nothing has a way to such a list yet, so that it is empty. */
  record Nothing() implements Relation {}

  /** The relation of a list of {@code module}. */
  static Relation of(Metadata metadata, Module module, Setting list) {
    JsonNode via = list.body().path("via");
    if (via.path("union_of").isArray()) {
      return several(metadata, module, via.path("union_of"));
    }
    Module rows =
        metadata
            .find(list.body().path("module").asString(""))
            .filter(Module::hasTable)
            .orElse(null);
    if (rows == null) {
      return new Nothing();
    }
    Relation found =
        via.has("or")
            ? links(metadata, rows, via.path("or"), rows.field(via.path("field").asString("")))
            : via.has("linking_module")
                ? links(metadata, rows, via, Optional.empty())
                : via.has("subform")
                    ? items(metadata, rows, via)
                    : via.has("participant") ? participants(rows) : lookup(rows, via);
    return found == null ? new Nothing() : found;
  }

  /**
   * When an activity is closed: tasks completed, meetings over, calls not to come.
   *
   * @param alias of the table of {@code activities}
   */
  static Optional<String> closed(Module activities, String alias) {
    return Optional.ofNullable(
            switch (activities.apiName()) {
              case "Tasks" -> "%s.\"status\" = 'Completed'";
              case "Events" -> "%s.\"end_datetime\" < now()";
              case "Calls" ->
                  "coalesce(%s.\"outgoing_call_status\", '') not in ('Scheduled', 'Overdue')";
              default -> null;
            })
        .map(test -> test.formatted(alias));
  }

  private static Relation several(Metadata metadata, Module module, JsonNode names) {
    List<Lookup> parts =
        names
            .valueStream()
            .flatMap(
                name ->
                    module.relatedLists().stream()
                        .filter(list -> list.apiName().equals(name.asString())))
            .map(list -> of(metadata, module, list))
            .filter(Lookup.class::isInstance)
            .map(Lookup.class::cast)
            .toList();
    List<String> shown = parts.stream().map(part -> part.rows().apiName()).toList();
    return metadata.modules().stream()
        .filter(combined -> !shown.isEmpty() && combined.unionOf().containsAll(shown))
        .findFirst()
        .<Relation>map(combined -> new Several(combined, parts))
        .orElseGet(Nothing::new);
  }

  private static @Nullable Relation links(
      Metadata metadata, Module rows, JsonNode via, Optional<Field> direct) {
    Module links = metadata.find(via.path("linking_module").asString("")).orElse(null);
    Field own = links == null ? null : field(links, via.path("field"));
    Field other = links == null ? null : field(links, via.path("connected_field"));
    return own == null || other == null
        ? null
        : new Links(rows, Objects.requireNonNull(links), own, other, direct);
  }

  private static @Nullable Relation items(Metadata metadata, Module rows, JsonNode via) {
    Module items = metadata.find(via.path("subform").asString("")).orElse(null);
    Field parent = items == null ? null : items.field(items.parentField()).orElse(null);
    Field field = items == null ? null : field(items, via.path("field"));
    return parent == null || field == null
        ? null
        : new Items(rows, Objects.requireNonNull(items), parent, field);
  }

  private static @Nullable Relation participants(Module rows) {
    return rows.fields().stream()
        .filter(field -> field.type() == FieldTypes.PARTICIPANTS && field.stored().isPresent())
        .findFirst()
        .map(field -> new Participants(rows, field))
        .orElse(null);
  }

  private static @Nullable Relation lookup(Module rows, JsonNode via) {
    Field field = field(rows, via.path("field"));
    JsonNode open = via.path("open");
    return field == null || field.stored().isEmpty()
        ? null
        : new Lookup(
            rows, field, open.isBoolean() ? Optional.of(open.asBoolean()) : Optional.empty());
  }

  private static @Nullable Field field(Module module, JsonNode name) {
    return module.field(name.asString("")).orElse(null);
  }
}
