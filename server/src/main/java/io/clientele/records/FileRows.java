package io.clientele.records;

import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.records.FileRows.Written.Status;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes rows of files: they become records, or change those that they are already, by the value of
 * one field. Rows are not held to layouts, and all their mistakes are told. Reference: Create Bulk
 * Write Job.
 */
public final class FileRows {
  private static final String ID = "id";

  private final RecordChange change;
  private final Module module;
  private final Operation operation;
  private final Optional<String> findBy;

  /** What rows are there for. */
  public enum Operation {
    /** To become records; those that are some already are passed over. */
    INSERT,
    /** To change records; those that are none are passed over. */
    UPDATE,
    /** To become records or to change them. */
    UPSERT
  }

  /**
   * What became of a row.
   *
   * @param id the record that it became or changed; 0 when nothing of it is kept
   * @param errors why nothing is kept
   */
  public record Written(Status status, long id, List<ApiError> errors) {
    /** What is told of a row. */
    public enum Status {
      ADDED,
      UPDATED,
      SKIPPED
    }

    static Written skipped(List<ApiError> errors) {
      return new Written(Status.SKIPPED, 0, errors);
    }
  }

  /**
   * @param module as the user sees it
   * @param findBy {@code id}, or the field by which rows find the records that they are
   */
  public FileRows(
      RecordChange change, Module module, Operation operation, Optional<String> findBy) {
    this.change = change;
    this.module = module;
    this.operation = operation;
    this.findBy = findBy;
    if (operation != Operation.UPDATE) {
      change.require(module, Action.CREATE);
    }
    if (operation != Operation.INSERT) {
      change.require(module, Action.UPDATE);
    }
  }

  /** One outcome for each row, in their order. */
  public List<Written> write(List<ObjectNode> rows) {
    if (findBy.isEmpty()) {
      return added(read(true, rows));
    }
    List<Draft> probes = read(false, rows);
    var results = new Written[rows.size()];
    for (int i = 0; i < results.length; i++) {
      if (!probes.get(i).good()) {
        results[i] = Written.skipped(probes.get(i).errors());
      }
    }
    if (findBy.get().equals(ID)) {
      write(indexes(probes, probes), probes, rows, results);
    } else {
      writeByField(probes, rows, results);
    }
    return List.of(results);
  }

  private void writeByField(List<Draft> probes, List<ObjectNode> rows, Written[] results) {
    Field field = module.field(findBy.orElseThrow()).orElseThrow();
    var keys = new UpsertKeys(module, List.of(field));
    List<Draft> good = probes.stream().filter(Draft::good).toList();
    keys.lock(change.tx(), good);
    for (List<Draft> wave : keys.waves(good)) {
      keys.find(change, field, wave).forEach(Draft::setGivenId);
      write(indexes(wave, probes), probes, rows, results);
    }
  }

  /** Where the drafts stand among all of them. */
  private static List<Integer> indexes(List<Draft> drafts, List<Draft> all) {
    if (drafts.size() == all.size()) {
      return IntStream.range(0, all.size()).boxed().toList();
    }
    var places = new IdentityHashMap<Draft, Integer>();
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i), i);
    }
    return drafts.stream().map(places::get).toList();
  }

  /** Writes some of the rows: those whose drafts have an id are records already. */
  private void write(
      List<Integer> some, List<Draft> probes, List<ObjectNode> rows, Written[] results) {
    var known = new ArrayList<Integer>();
    var unknown = new ArrayList<Integer>();
    for (int i : some) {
      if (results[i] == null) {
        (probes.get(i).existed() ? known : unknown).add(i);
      }
    }
    if (operation == Operation.INSERT) {
      known.forEach(i -> results[i] = Written.skipped(List.of(duplicate())));
    } else {
      List<Draft> drafts = known.stream().map(probes::get).toList();
      List<Outcome> outcomes = change.update(module, drafts);
      for (int i = 0; i < drafts.size(); i++) {
        results[known.get(i)] = written(Status.UPDATED, outcomes.get(i), drafts.get(i));
      }
    }
    if (operation == Operation.UPDATE) {
      unknown.forEach(i -> results[i] = Written.skipped(List.of(notFound())));
    } else {
      List<Written> added = added(read(true, unknown.stream().map(rows::get).toList()));
      for (int i = 0; i < added.size(); i++) {
        results[unknown.get(i)] = added.get(i);
      }
    }
  }

  /** Rows of series become several records each, so that these are written one row at a time. */
  private List<Written> added(List<Draft> drafts) {
    var results = new Written[drafts.size()];
    var single = new ArrayList<Integer>();
    for (int i = 0; i < results.length; i++) {
      if (Recurrence.isSeries(module, drafts.get(i))) {
        results[i] = series(drafts.get(i));
      } else {
        single.add(i);
      }
    }
    List<Outcome> outcomes = change.create(module, single.stream().map(drafts::get).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      int place = single.get(i);
      results[place] = written(Status.ADDED, outcomes.get(i), drafts.get(place));
    }
    return List.of(results);
  }

  /** The first of the records that a row becomes is told; what is wrong, when it becomes none. */
  private Written series(Draft draft) {
    List<Outcome> outcomes = change.create(module, List.of(draft));
    Outcome told =
        outcomes.stream()
            .filter(Outcome.Saved.class::isInstance)
            .findFirst()
            .orElse(outcomes.getFirst());
    return told instanceof Outcome.Rejected rejected
        ? Written.skipped(List.of(rejected.error()))
        : new Written(Status.ADDED, told.requireId(), List.of());
  }

  private static Written written(Status status, Outcome outcome, Draft draft) {
    return draft.good()
        ? new Written(status, outcome.requireId(), List.of())
        : Written.skipped(draft.errors());
  }

  private ApiError duplicate() {
    return ErrorCode.DUPLICATE_DATA.with("api_name", findBy.orElseThrow());
  }

  private ApiError notFound() {
    return ErrorCode.RESOURCE_NOT_FOUND.with("api_name", findBy.orElseThrow());
  }

  private List<Draft> read(boolean creating, List<ObjectNode> rows) {
    Stamp stamp = change.stamp();
    var reader = DraftReader.ofFile(stamp.metadata(), module, creating, stamp.userId());
    List<Draft> drafts = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      drafts.add(reader.read(row, "$"));
    }
    return drafts;
  }
}
