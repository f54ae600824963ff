package io.clientele.metadata.layouts;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A field of a layout that shows a field of the record its lookup names. */
final class LayoutAssociation {
  private static final int PER_LOOKUP = 5;
  private static final String DETAILS = "association_details";

  /** Data types whose values can be shown in a field of the same type. */
  private static final Set<String> SUPPORTED =
      Set.of(
          "text",
          "textarea",
          "email",
          "phone",
          "website",
          "integer",
          "bigint",
          "double",
          "currency",
          "percent",
          "date",
          "datetime",
          "boolean",
          "picklist");

  private static final Shape REFERENCE = Shape.empty().id("id").text("api_name", 50);

  static final Shape SHAPE =
      Shape.empty()
          .object("lookup_field", REFERENCE)
          .object("related_field", REFERENCE)
          .require("lookup_field", "related_field");

  private final Metadata metadata;
  private final Module module;
  private final LayoutDocument document;
  private final Field field;

  LayoutAssociation(Metadata metadata, Module module, LayoutDocument document, Field field) {
    this.metadata = metadata;
    this.module = module;
    this.document = document;
    this.field = field;
  }

  /** Writes it into what the layout says of the field; null takes it away. */
  void change(Item item, ObjectNode entry) {
    if (item.json().get(DETAILS).isNull()) {
      entry.remove(DETAILS);
      return;
    }
    if (!SUPPORTED.contains(field.dataType())) {
      throw ErrorCode.NOT_SUPPORTED
          .error()
          .status(400)
          .message("Field of lookup association is not supported for this field")
          .at(DETAILS, item.at(DETAILS));
    }
    var details = new Item((ObjectNode) item.json().get(DETAILS), item.at(DETAILS));
    Field lookup = find(details, "lookup_field", module);
    Module other =
        lookup.modules().stream()
            .findFirst()
            .filter(name -> lookup.isPlainLookup())
            .flatMap(metadata::find)
            .orElseThrow(() -> UpdateLayout.invalidId(part(details, "lookup_field")));
    Field related = find(details, "related_field", other);
    checkTypes(item, details, related);
    checkLimit(details, lookup);
    ObjectNode written = Json.MAPPER.createObjectNode();
    written.set("lookup_field", reference(lookup));
    written.set("related_field", reference(related));
    entry.set(DETAILS, written);
  }

  private void checkTypes(Item item, Item details, Field related) {
    Item part = part(details, "related_field");
    if (!related.dataType().equals(field.dataType())) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", item.place("id"))
          .message("Field type mismatch for FOL mapping")
          .at("id", part.at("id"));
    }
    if (item.has("length") && item.json().path("length").asInt(0) != related.length()) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", item.place("length"))
          .message("Field length mismatch for FOL mapping")
          .at("id", part.at("id"));
    }
    if (related.length() > field.length()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("related field length is higher")
          .at("id", part.at("id"));
    }
  }

  private void checkLimit(Item details, Field lookup) {
    long mapped =
        document
            .sections()
            .valueStream()
            .flatMap(section -> section.path("fields").valueStream())
            .filter(entry -> !entry.path("api_name").asString("").equals(field.apiName()))
            .map(entry -> entry.path(DETAILS).path("lookup_field").path("api_name"))
            .filter(name -> name.asString("").equals(lookup.apiName()))
            .count();
    if (mapped >= PER_LOOKUP) {
      Item part = part(details, "lookup_field");
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", PER_LOOKUP)
          .with("limit_due_to", List.of(part.place("id")))
          .message("Field of Lookup mapping limit is reached for the lookup");
    }
  }

  /** The field that the part names by id, API name or both. */
  private static Field find(Item details, String name, Module in) {
    Item part = part(details, name);
    List<Map<String, String>> both = List.of(part.place("id"), part.place("api_name"));
    if (!part.has("id") && !part.has("api_name")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", both)
          .message("One of the required fields is missing");
    }
    Optional<Field> byId =
        part.has("id") ? PathId.parse(part.text("id")).flatMap(in::field) : Optional.empty();
    Optional<Field> byName = in.field(part.text("api_name"));
    if (part.has("id") && part.has("api_name") && !Objects.equals(byId, byName)) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with("ambiguity_due_to", both)
          .message("ambiguity while processing the " + name);
    }
    return byId.or(() -> byName).orElseThrow(() -> invalid(part));
  }

  private static ApiError invalid(Item part) {
    return part.has("id") ? UpdateLayout.invalidId(part) : part.invalid("api_name");
  }

  private static Item part(Item details, String name) {
    return new Item((ObjectNode) details.json().get(name), details.at(name));
  }

  private static JsonNode reference(Field to) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", Long.toString(to.id()))
        .put("api_name", to.apiName());
  }
}
