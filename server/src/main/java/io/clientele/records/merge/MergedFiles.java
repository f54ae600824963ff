package io.clientele.records.merge;

import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.ProfileImageType;
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

/**
 * Files, images and photos in fields: those of the master stay unless the client says which, and
 * those it names of the children come behind them. A photo is one alone: that of a child takes the
 * place of the master's. What the master loses is gone; what a child keeps goes to the recycle bin
 * with it.
 */
final class MergedFiles {
  private final RecordChange change;
  private final Module module;
  private final MergeRequest request;
  private final Map<Long, RawRecord> records;
  private final Set<String> moved = new LinkedHashSet<>();
  private final Set<String> dropped = new LinkedHashSet<>();
  private final Map<Long, Map<String, @Nullable Object>> left = new LinkedHashMap<>();

  MergedFiles(
      RecordChange change, Module module, MergeRequest request, Map<Long, RawRecord> records) {
    this.change = change;
    this.module = module;
    this.request = request;
    this.records = records;
  }

  /** The master's fields whose files change, and their values. */
  Map<String, @Nullable Object> values() {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (Field field : fields()) {
      List<JsonNode> files = ofMaster(field);
      request.children().forEach(child -> files.addAll(ofChild(child, field)));
      int most = field.definition().path(field.dataType()).path("maximum_length").asInt(0);
      if (most > 0 && files.size() > most) {
        throw ErrorCode.LIMIT_EXCEEDED
            .with("maximum_length", most)
            .at("api_name", path(field))
            .message("The total number of given files cannot be more than the maximum limit.");
      }
      values.put(field.apiName(), value(field, files));
    }
    return values;
  }

  /** The children's files that stay are the master's from now on, and no longer theirs. */
  void move() {
    if (!left.isEmpty()) {
      change.set(module, left);
      change.moveFiles(
          request.childIds(), moved, new RawRecord.Link(request.master(), module.id()));
    }
    FileStorage.release(change.tx(), change.stamp().metadata().org(), dropped);
  }

  private Set<Field> fields() {
    var fields = new LinkedHashSet<Field>();
    for (Chosen chosen : request.masterFields()) {
      chosen.files().ifPresent(files -> fields.add(field(chosen)));
    }
    for (Child child : request.children()) {
      for (Chosen chosen : child.fields()) {
        if (chosen.files().isPresent() || isPhoto(field(chosen))) {
          fields.add(field(chosen));
        }
      }
    }
    return fields;
  }

  private Field field(Chosen chosen) {
    return module.field(chosen.apiName()).orElseThrow();
  }

  private static boolean isPhoto(Field field) {
    return field.type() instanceof ProfileImageType;
  }

  private List<JsonNode> ofMaster(Field field) {
    List<Chosen> chosen = named(request.masterFields(), field);
    List<JsonNode> kept = new ArrayList<>();
    for (JsonNode file : files(request.master(), field)) {
      if (!isPhoto(field) && (chosen.isEmpty() || isWanted(chosen, file))) {
        kept.add(file);
      } else {
        dropped.add(id(file));
      }
    }
    return kept;
  }

  private List<JsonNode> ofChild(Child child, Field field) {
    List<Chosen> chosen = named(child.fields(), field);
    List<JsonNode> all = files(child.id(), field);
    List<JsonNode> taken =
        all.stream()
            .filter(file -> isPhoto(field) ? !chosen.isEmpty() : isWanted(chosen, file))
            .toList();
    if (!taken.isEmpty()) {
      taken.forEach(file -> moved.add(id(file)));
      List<JsonNode> rest = all.stream().filter(file -> !taken.contains(file)).toList();
      left.computeIfAbsent(child.id(), id -> new LinkedHashMap<>())
          .put(field.apiName(), value(field, rest));
    }
    return taken;
  }

  private static boolean isWanted(List<Chosen> chosen, JsonNode file) {
    return chosen.stream()
        .flatMap(one -> one.files().stream())
        .anyMatch(ids -> ids.contains(file.path("id").asString("")) || ids.contains(id(file)));
  }

  private static String id(JsonNode file) {
    return file.path("file").asString("");
  }

  private List<JsonNode> files(long record, Field field) {
    Object value = Objects.requireNonNull(records.get(record)).values().get(field.apiName());
    if (!(value instanceof String text)) {
      return List.of();
    }
    return isPhoto(field)
        ? List.of(Json.MAPPER.createObjectNode().put("file", text))
        : Json.MAPPER.readTree(text).valueStream().toList();
  }

  private static @Nullable String value(Field field, List<JsonNode> files) {
    if (files.isEmpty()) {
      return null;
    }
    return isPhoto(field) ? id(files.getLast()) : Json.MAPPER.writeValueAsString(files);
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
}
