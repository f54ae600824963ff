package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts ids into the rows of a body where they have external ones; one statement for each field. */
final class ExternalRows {
  private final ExternalIds externals;
  private final Module module;
  private final Map<Integer, ApiError> errors = new HashMap<>();
  private final Map<Integer, String> own = new HashMap<>();

  /** An external id in a body. */
  private record Place(int row, ObjectNode holder, String key, String path, JsonNode value) {}

  ExternalRows(ExternalIds externals, Module module) {
    this.externals = externals;
    this.module = module;
  }

  /** What is wrong with rows, by their number. */
  Map<Integer, ApiError> errors() {
    return errors;
  }

  /** The external ids of the rows themselves, by their number. */
  Map<Integer, String> own() {
    return own;
  }

  /** Gives each row that has an external id of its own the record's id instead. */
  void resolveOwn(JsonNode data) {
    externals
        .of(module)
        .ifPresent(
            external -> {
              String name = external.field().apiName();
              var places = new ArrayList<Place>();
              for (int i = 0; i < data.size(); i++) {
                if (data.get(i) instanceof ObjectNode row && row.has(name)) {
                  places.add(new Place(i, row, "id", "$.data[" + i + "]." + name, row.get(name)));
                }
              }
              resolve(external, places);
              places.forEach(
                  place -> {
                    own.put(place.row, place.value.asString(""));
                    place.holder.remove(name);
                  });
            });
  }

  /** Gives each lookup the id of the record whose external id it has. */
  void resolveLookups(JsonNode data) {
    for (ExternalField external : externals.lookups(module)) {
      var places = new ArrayList<Place>();
      for (int i = 0; i < data.size(); i++) {
        collect(external, i, data.get(i), external.steps(), "$.data[" + i + "]", places);
      }
      resolve(external, places);
    }
  }

  private static void collect(
      ExternalField external,
      int row,
      JsonNode here,
      List<String> steps,
      String path,
      List<Place> places) {
    if (here instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(external, row, array.get(i), steps, path + "[" + i + "]", places);
      }
      return;
    }
    if (!(here instanceof ObjectNode holder)) {
      return;
    }
    String step = steps.getFirst();
    JsonNode next = holder.path(step);
    String at = path + "." + step;
    if (steps.size() > 1) {
      collect(external, row, next, steps.subList(1, steps.size()), at, places);
    } else if (next.has(external.field().apiName())) {
      String name = external.field().apiName();
      places.add(new Place(row, holder, step, at + "." + name, next.get(name)));
    }
  }

  private void resolve(ExternalField external, List<Place> places) {
    Field field = external.field();
    List<String> values =
        places.stream()
            .filter(place -> place.value.isString())
            .map(place -> place.value.asString())
            .distinct()
            .toList();
    Map<String, Long> found = values.isEmpty() ? Map.of() : externals.find(external, values);
    for (Place place : places) {
      Long id = found.get(place.value.asString(""));
      if (!place.value.isString()) {
        errors.putIfAbsent(place.row, Invalid.type("text", field, place.path));
      } else if (id == null) {
        errors.putIfAbsent(
            place.row, ErrorCode.INVALID_DATA.error().at(field.apiName(), place.path));
      } else if (external.hasSeveralModules()) {
        place.holder.putObject(place.key).put("id", id.toString()).put("module", name(external));
      } else {
        place.holder.put(place.key, id.toString());
      }
    }
  }

  private static String name(ExternalField external) {
    return external.target().apiName();
  }
}
