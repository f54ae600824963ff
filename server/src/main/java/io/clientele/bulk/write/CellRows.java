package io.clientele.bulk.write;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.CellValues;
import io.clientele.records.KeyedRecords;
import io.clientele.records.RecordChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Lines of a file as rows of a body, by the mappings of their columns. */
final class CellRows {
  /** No record has it for its id. */
  private static final JsonNode NO_RECORD = StringNode.valueOf("-");

  private final Metadata metadata;
  private final Module module;
  private final Resource resource;
  private final boolean omitEmpty;
  private final CellValues values;
  private final List<Column> columns = new ArrayList<>();

  /**
   * A column with the field that it goes into; none for the id.
   *
   * @param other where a lookup finds records by another field than their id
   */
  private record Column(Mapping mapping, @Nullable Field field, Optional<Key> other) {}

  private record Key(Module module, Field field, Map<String, Long> found) {}

  /**
   * @param omitEmpty whether rows say nothing of fields whose cells are empty
   */
  CellRows(
      Metadata metadata, Module module, Resource resource, boolean omitEmpty, CellValues values) {
    this.metadata = metadata;
    this.module = module;
    this.resource = resource;
    this.omitEmpty = omitEmpty;
    this.values = values;
    for (Mapping mapping : resource.mappings()) {
      Optional<Field> field = module.field(mapping.apiName());
      boolean ofParent = resource.lookup().filter(mapping.apiName()::equals).isPresent();
      if (mapping.apiName().equals(Mapping.ID)) {
        columns.add(new Column(mapping, null, Optional.empty()));
      } else if (field.isPresent() && !ofParent) {
        columns.add(new Column(mapping, field.get(), key(mapping, field.get())));
      }
    }
  }

  private Optional<Key> key(Mapping mapping, Field field) {
    if (mapping.findBy().isEmpty()
        || mapping.findBy().equals(Mapping.ID)
        || field.modules().isEmpty()) {
      return Optional.empty();
    }
    String name = mapping.module().isEmpty() ? field.modules().getFirst() : mapping.module();
    return metadata
        .find(name)
        .flatMap(
            other ->
                other
                    .field(mapping.findBy())
                    .filter(KeyedRecords::isKey)
                    .map(found -> new Key(other, found, new HashMap<>())));
  }

  /** The rows of some lines. */
  List<ObjectNode> read(RecordChange change, List<List<String>> lines) {
    columns.forEach(column -> column.other.ifPresent(key -> find(change, column, key, lines)));
    List<ObjectNode> rows = new ArrayList<>(lines.size());
    for (List<String> cells : lines) {
      rows.add(row(cells));
    }
    return rows;
  }

  private void find(RecordChange change, Column column, Key key, List<List<String>> lines) {
    Map<String, JsonNode> wanted = new LinkedHashMap<>();
    for (List<String> cells : lines) {
      String cell = Resource.cell(cells, column.mapping.index());
      if (!cell.isEmpty()) {
        wanted.computeIfAbsent(cell, text -> values.read(key.field, text));
      }
    }
    key.found.clear();
    key.found.putAll(KeyedRecords.find(change, key.module, key.field, wanted));
  }

  private ObjectNode row(List<String> cells) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    for (Column column : columns) {
      JsonNode value = value(column, Resource.cell(cells, column.mapping.index()));
      if (!value.isNull() || !omitEmpty) {
        row.set(column.mapping.apiName(), value);
      }
    }
    return row;
  }

  private JsonNode value(Column column, String cell) {
    JsonNode given = column.mapping.defaultValue();
    if (cell.isEmpty() && !given.isMissingNode()) {
      return given.isContainer() ? given : read(column, given.asString(""), true);
    }
    return read(column, cell, false);
  }

  private JsonNode read(Column column, String cell, boolean asIs) {
    Field field = column.field;
    if (cell.isEmpty()) {
      return NullNode.getInstance();
    }
    if (field == null) {
      return StringNode.valueOf(CellValues.bareId(cell));
    }
    if (field.dataType().equals("layout")) {
      return values.layout(module, cell);
    }
    JsonNode value =
        column.other.isPresent() && !asIs
            ? id(column.other.get(), cell)
            : values.read(field, cell, asIs ? "" : column.mapping.format());
    return column.mapping.module().isEmpty() ? value : ofModule(value, column.mapping.module());
  }

  private static JsonNode id(Key key, String cell) {
    Long id = key.found.get(cell);
    return id == null ? NO_RECORD : StringNode.valueOf(Long.toString(id));
  }

  private static JsonNode ofModule(JsonNode id, String module) {
    ObjectNode value = Json.MAPPER.createObjectNode();
    value.set("id", id);
    value.putObject("module").put("api_name", module);
    return value;
  }
}
