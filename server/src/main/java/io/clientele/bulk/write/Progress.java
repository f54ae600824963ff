package io.clientele.bulk.write;

import io.clientele.http.Json;
import io.clientele.records.FileRows.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a bulk write is, as its job reports it.
 *
 * @param resources in the order of the request
 */
record Progress(List<Counts> resources) {
  /** What became of the rows of one file until now. */
  record Counts(int pieces, long added, long updated, long skipped, boolean done) {
    long total() {
      return added + updated + skipped;
    }

    Counts with(List<Written> rows, boolean last) {
      long[] counts = new long[Written.Status.values().length];
      rows.forEach(row -> counts[row.status().ordinal()]++);
      return new Counts(
          pieces + 1,
          added + counts[Written.Status.ADDED.ordinal()],
          updated + counts[Written.Status.UPDATED.ordinal()],
          skipped + counts[Written.Status.SKIPPED.ordinal()],
          last);
    }
  }

  /** What a job has reported; nothing at its beginning. */
  static Progress read(JsonNode result, int resources) {
    JsonNode all = result.path("resources");
    return new Progress(IntStream.range(0, resources).mapToObj(i -> counts(all.path(i))).toList());
  }

  private static Counts counts(JsonNode json) {
    return new Counts(
        json.path("pieces").asInt(0),
        json.path("added").asLong(0),
        json.path("updated").asLong(0),
        json.path("skipped").asLong(0),
        json.path("done").asBoolean(false));
  }

  Progress with(int resource, Counts counts) {
    var changed = new ArrayList<>(resources);
    changed.set(resource, counts);
    return new Progress(List.copyOf(changed));
  }

  ObjectNode json() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    var all = json.putArray("resources");
    for (Counts one : resources) {
      all.addObject()
          .put("pieces", one.pieces)
          .put("added", one.added)
          .put("updated", one.updated)
          .put("skipped", one.skipped)
          .put("done", one.done);
    }
    return json;
  }
}
