package io.clientele.records.merge;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.records.RawRecord;
import io.clientele.records.RecordChange;
import io.clientele.records.merge.MergeRequest.Child;
import io.clientele.records.merge.MergeRequest.Chosen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Files and images in fields: those of the master stay unless the client says which, and those it
 * names of the children come behind them.
 */
final class MergedFiles {
  private final RecordChange change;
  private final Module module;
  private final MergeRequest request;
  private final Map<Long, RawRecord> records;

  MergedFiles(
      RecordChange change, Module module, MergeRequest request, Map<Long, RawRecord> records) {
    this.change = change;
    this.module = module;
    this.request = request;
    this.records = records;
  }

  /** The fields whose files change, and their values. */
  Map<String, @Nullable Object> values() {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (Field field : fields()) {
      ArrayNode files = Json.MAPPER.createArrayNode();
      List<Chosen> ofMaster = named(request.masterFields(), field);
      add(files, request.master(), field, ofMaster, ofMaster.isEmpty());
      for (Child child : request.children()) {
        add(files, child.id(), field, named(child.fields(), field), false);
      }
      int most = field.definition().path(field.dataType()).path("maximum_length").asInt(0);
      if (most > 0 && files.size() > most) {
        throw ErrorCode.LIMIT_EXCEEDED
            .with("maximum_length", most)
            .at("api_name", path(field))
            .message("The total number of given files cannot be more than the maximum limit.");
      }
      values.put(field.apiName(), files.isEmpty() ? null : Json.MAPPER.writeValueAsString(files));
    }
    return values;
  }

  /** The children's files that stay belong to the master from now on. */
  void move(Map<String, @Nullable Object> values) {
    var ids = new LinkedHashSet<String>();
    for (Object value : values.values()) {
      if (value instanceof String text) {
        Json.MAPPER
            .readTree(text)
            .forEach(file -> file.forEach(part -> ids.add(part.asString(""))));
      }
    }
    if (!ids.isEmpty()) {
      change.moveFiles(request.childIds(), ids, new RawRecord.Link(request.master(), module.id()));
    }
  }

  private Set<Field> fields() {
    var fields = new LinkedHashSet<Field>();
    var all = new ArrayList<>(request.masterFields());
    request.children().forEach(child -> all.addAll(child.fields()));
    all.stream()
        .filter(chosen -> chosen.files().isPresent())
        .forEach(chosen -> fields.add(module.field(chosen.apiName()).orElseThrow()));
    return fields;
  }

  private String path(Field field) {
    return request.children().stream()
        .flatMap(child -> named(child.fields(), field).stream())
        .findFirst()
        .or(() -> named(request.masterFields(), field).stream().findFirst())
        .map(Chosen::path)
        .orElse("$.merge[0]");
  }

  private static List<Chosen> named(List<Chosen> fields, Field field) {
    return fields.stream().filter(one -> one.apiName().equals(field.apiName())).toList();
  }

  private void add(ArrayNode files, long id, Field field, List<Chosen> chosen, boolean all) {
    Object value = Objects.requireNonNull(records.get(id)).values().get(field.apiName());
    if (!(value instanceof String text)) {
      return;
    }
    Set<String> wanted = new LinkedHashSet<>();
    chosen.forEach(one -> one.files().ifPresent(wanted::addAll));
    for (JsonNode file : Json.MAPPER.readTree(text)) {
      if (all || file.valueStream().anyMatch(part -> wanted.contains(part.asString("")))) {
        files.add(file);
      }
    }
  }
}
