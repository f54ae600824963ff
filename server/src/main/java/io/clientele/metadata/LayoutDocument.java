package io.clientele.metadata;

import io.clientele.http.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A layout's document while it is changed: where its sections and fields stand. */
public final class LayoutDocument {
  private final ObjectNode body;

  /** Changes {@code body} itself. */
  public LayoutDocument(ObjectNode body) {
    this.body = body;
  }

  /** Where a field stands. */
  public record Place(ArrayNode fields, int index) {
    public JsonNode entry() {
      return fields.get(index);
    }
  }

  public ObjectNode body() {
    return body;
  }

  public ArrayNode sections() {
    return body.withArray("sections");
  }

  /** The section of that id or, where it is empty, of that API name. */
  public Optional<ObjectNode> section(String id, String apiName) {
    return sections()
        .valueStream()
        .map(ObjectNode.class::cast)
        .filter(
            section ->
                id.isEmpty()
                    ? apiName(section).equals(apiName)
                    : section.path("id").asString("").equals(id))
        .findFirst();
  }

  public static String apiName(JsonNode section) {
    return section.path("api_name").asString(label(section));
  }

  public static String label(JsonNode section) {
    return section.path("display_label").asString(section.path("name").asString(""));
  }

  /** Where the field stands, in whatever section; empty when the layout has not got it. */
  public Optional<Place> place(String field) {
    for (JsonNode section : sections()) {
      ArrayNode fields = ((ObjectNode) section).withArray("fields");
      for (int i = 0; i < fields.size(); i++) {
        if (Layout.fieldName(fields.get(i)).equals(field)) {
          return Optional.of(new Place(fields, i));
        }
      }
    }
    return Optional.empty();
  }

  /** Takes a field out of its section and notes that it is unused. */
  public void remove(String field) {
    place(field).ifPresent(place -> place.fields().remove(place.index()));
    ArrayNode unused = body.withArray("unused");
    if (unused.valueStream().noneMatch(name -> name.asString("").equals(field))) {
      unused.add(field);
    }
  }

  /** Takes out every trace of a field that is deleted; answers whether there was one. */
  public boolean forget(String field) {
    Optional<Place> place = place(field);
    place.ifPresent(found -> found.fields().remove(found.index()));
    int unused = body.path("unused").size();
    if (body.get("unused") instanceof ArrayNode names) {
      names.removeIf(name -> name.asString("").equals(field));
    }
    return place.isPresent() || body.path("unused").size() < unused;
  }

  /**
   * Takes away where fields show a field of another record, if either is the one that is deleted.
   */
  public boolean dissociate(long field) {
    String id = Long.toString(field);
    boolean changed = false;
    for (JsonNode section : sections()) {
      for (JsonNode entry : section.path("fields")) {
        JsonNode details = entry.path("association_details");
        boolean named =
            details.valueStream().anyMatch(one -> one.path("id").asString("").equals(id));
        if (named) {
          ((ObjectNode) entry).remove("association_details");
          changed = true;
        }
      }
    }
    return changed;
  }

  /** Puts a section at its place, counted from one; at the end where the place is zero. */
  public void put(ObjectNode section, int place) {
    ArrayNode sections = sections();
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i) == section) {
        sections.remove(i);
        break;
      }
    }
    insert(sections, section, place);
    // From now on the order of the list says where each stands.
    sections.forEach(one -> ((ObjectNode) one).remove("sequence_number"));
  }

  /** Puts a field with what the layout says of it into a section; at the end for place zero. */
  public void put(ObjectNode section, ObjectNode entry, int place) {
    String field = Layout.fieldName(entry);
    ArrayNode target = section.withArray("fields");
    Optional<Place> before = place(field);
    int index = place;
    if (before.isPresent()) {
      before.get().fields().remove(before.get().index());
      if (place == 0 && before.get().fields() == target) {
        index = before.get().index() + 1;
      }
    }
    insert(target, entry, index);
    ArrayNode unused = body.withArray("unused");
    unused.removeIf(name -> name.asString("").equals(field));
  }

  /** What the layout says of a field until now, as an object. */
  public ObjectNode entry(String field) {
    JsonNode entry = place(field).map(Place::entry).orElse(null);
    return entry instanceof ObjectNode object
        ? object.deepCopy()
        : Json.MAPPER.createObjectNode().put("api_name", field);
  }

  private static void insert(ArrayNode list, ObjectNode item, int place) {
    if (place == 0 || place > list.size()) {
      list.add(item);
    } else {
      list.insert(place - 1, item);
    }
  }
}
