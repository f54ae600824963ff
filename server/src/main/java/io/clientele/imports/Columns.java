package io.clientele.imports;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.CellValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes rows of a body from the rows of a module's file. */
final class Columns {
  /** The URL of an attachment that is a link. */
  static final String LINK = "$link_url";

  /** What the file of an attachment is known by beside its id. */
  static final String FILE = "$file_id";

  private static final int NONE = -1;
  private static final String ID_FORM = "(zcrm_)?\\d{1,19}";

  /** Columns of attachments that are no fields. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "$linkurl", LINK, "linkurl", LINK, "attachmenturl", LINK, "$fileid", FILE, "file", FILE);

  /** Where in a row the parts of a field's value stand. */
  private static final class Places {
    private int value = NONE;
    private int id = NONE;
    private int module = NONE;
  }

  private final Metadata metadata;
  private final Module module;
  private final Map<Field, Places> places = new LinkedHashMap<>();
  private final List<String> unknown = new ArrayList<>();
  private final int width;
  private int id = NONE;
  private int parentModule = NONE;
  private final Map<String, Integer> others = new HashMap<>();

  Columns(Metadata metadata, Module module, Map<String, String> renamed, List<String> headings) {
    this.metadata = metadata;
    this.module = module;
    width = headings.size();
    var meanings = new Headings(module, renamed);
    for (int i = 0; i < headings.size(); i++) {
      place(meanings, headings.get(i), i);
    }
  }

  private void place(Headings meanings, String heading, int place) {
    if (id == NONE && meanings.isId(heading)) {
      id = place;
      return;
    }
    Optional<Field> field = meanings.field(heading);
    if (field.isEmpty()) {
      if (meanings.isModule(heading)) {
        parentModule = place;
      } else if (module.apiName().equals("Attachments")
          && OTHERS.containsKey(Headings.word(heading))) {
        others.put(OTHERS.get(Headings.word(heading)), place);
      } else if (!heading.isBlank()) {
        unknown.add(heading);
      }
      return;
    }
    Places found = places.computeIfAbsent(field.get(), key -> new Places());
    switch (Headings.suffix(heading)) {
      case ".id" -> found.id = place;
      case ".module" -> found.module = place;
      default -> found.value = place;
    }
  }

  /** Headings that mean no field of the module. */
  List<String> unknown() {
    return unknown;
  }

  /** How many cells a row has. */
  int width() {
    return width;
  }

  /** The id in a row; empty when it has none. */
  String id(List<String> cells) {
    return id == NONE ? "" : CellValues.bareId(cells.get(id).strip());
  }

  /** What stands in a column that is no field's, such as {@code $link_url}; empty without one. */
  String other(String heading, List<String> cells) {
    Integer place = others.get(heading);
    return place == null ? "" : cells.get(place);
  }

  /** How a row becomes what a body has. */
  record Reader(CellValues values, UserMap users, Function<String, Optional<String>> layouts) {}

  ObjectNode row(List<String> cells, Reader reader) {
    ObjectNode row = Json.MAPPER.createObjectNode().put("id", id(cells));
    places.forEach(
        (field, place) -> {
          JsonNode value = value(field, place, cells, reader);
          if (!value.isNull()) {
            row.set(field.apiName(), value);
          }
        });
    return row;
  }

  private JsonNode value(Field field, Places place, List<String> cells, Reader reader) {
    String text = cell(cells, place.value);
    String named = cell(cells, place.id);
    if (text.isEmpty() && named.isEmpty()) {
      return Json.MAPPER.nullNode();
    }
    return switch (field.dataType()) {
      case "ownerlookup", "userlookup" -> user(text, named, reader.users);
      case "layout" -> layout(text, named, reader);
      case "lookup", "multi_module_lookup" ->
          lookup(field, place, cells, named.isEmpty() ? text : named, reader);
      case "fileupload", "imageupload", "profileimage" -> Json.MAPPER.nullNode(); // come later
      default ->
          field.type() == FieldTypes.PARTICIPANTS
              ? participants(text, reader.users)
              : reader.values.read(field, text);
    };
  }

  private static String cell(List<String> cells, int place) {
    return place == NONE ? "" : cells.get(place);
  }

  private static JsonNode user(String text, String named, UserMap users) {
    String given = named.isBlank() ? text.strip() : named.strip();
    long found =
        given.matches(ID_FORM)
            ? users.of(CellValues.bareId(given), named.isBlank() ? "" : text.strip())
            : users.named(given);
    return StringNode.valueOf(Long.toString(found));
  }

  private JsonNode layout(String text, String named, Reader reader) {
    String given = named.isBlank() ? text.strip() : named.strip();
    String name =
        given.matches(ID_FORM)
            ? reader.layouts.apply(CellValues.bareId(given)).orElse(named.isBlank() ? "" : text)
            : given;
    return reader.values.layout(module, name);
  }

  private JsonNode lookup(
      Field field, Places place, List<String> cells, String given, Reader reader) {
    JsonNode value = reader.values.read(field, given);
    if (!(field.type() instanceof MultiModuleLookupType) || !given.strip().matches(ID_FORM)) {
      return value;
    }
    ObjectNode lookup = Json.MAPPER.createObjectNode().set("id", value);
    String own = cell(cells, place.module).strip();
    String in = own.isEmpty() ? cell(cells, parentModule).strip() : own;
    metadata
        .find(in)
        .ifPresent(found -> lookup.putObject("module").put("api_name", found.apiName()));
    return lookup;
  }

  /** With those of them who are users by their ids here. */
  private static JsonNode participants(String text, UserMap users) {
    JsonNode read;
    try {
      read = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
    for (JsonNode one : read) {
      if (one instanceof ObjectNode participant
          && participant.path("type").asString("").equals("user")) {
        String id = participant.path("participant").asString("");
        participant.put("participant", Long.toString(users.of(id, "")));
      }
    }
    return read;
  }
}
