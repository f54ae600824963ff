package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.records.Outcome.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * POST /{module}/upsert: a row that is a record already changes it, the others are added. What
 * makes a row a record is the value of the first of the checked fields that finds one; a row may
 * also name its record by id. Reference: Upsert Records.
 */
final class UpsertRecords {
  private final RecordChange change;
  private final Module module;
  private final List<Field> checks;
  private final Optional<Instant> since;
  private final UpsertKeys keys;
  private final Map<Draft, String> matchedBy = new HashMap<>();

  /**
   * What became of a row.
   *
   * @param updated whether it was a record already
   * @param by the field that told so
   */
  record Upserted(Outcome outcome, boolean updated, Optional<String> by) {}

  UpsertRecords(RecordChange change, Module module, List<Field> checks, Optional<Instant> since) {
    this.change = change;
    this.module = module;
    this.checks = checks;
    this.since = since;
    this.keys = new UpsertKeys(module, checks);
  }

  /**
   * @param errors what is known to be wrong with rows, by their number
   */
  List<Upserted> upsert(JsonNode rows, Map<Integer, ApiError> errors) {
    List<Draft> probes = reader(false).readAll(rows, errors);
    var results = new HashMap<Draft, Upserted>();
    var good = new ArrayList<Draft>();
    for (Draft probe : probes) {
      if (probe.good()) {
        good.add(probe);
      } else {
        results.put(probe, rejected(probe.error().orElseThrow()));
      }
    }
    keys.lock(change.tx(), good);
    for (List<Draft> wave : keys.waves(good)) {
      write(wave, probes, rows, results);
    }
    return probes.stream().map(results::get).toList();
  }

  private void write(
      List<Draft> wave, List<Draft> probes, JsonNode rows, Map<Draft, Upserted> results) {
    match(wave);
    List<Draft> known = wave.stream().filter(draft -> draft.id().isPresent()).toList();
    List<Draft> unknown = wave.stream().filter(draft -> draft.id().isEmpty()).toList();
    List<Outcome> updated = change.update(module, known, since);
    for (int i = 0; i < known.size(); i++) {
      Draft draft = known.get(i);
      var by = Optional.ofNullable(matchedBy.get(draft));
      results.put(draft, new Upserted(withId(updated.get(i), draft), true, by));
    }
    DraftReader creating = reader(true);
    List<Draft> added =
        unknown.stream()
            .map(draft -> creating.read(rows.get(probes.indexOf(draft)), draft.path()))
            .toList();
    List<Outcome> created = change.create(module, added);
    for (int i = 0; i < unknown.size(); i++) {
      results.put(unknown.get(i), new Upserted(created.get(i), false, Optional.empty()));
    }
  }

  /** Gives the drafts that are records their ids, field by field. */
  private void match(List<Draft> drafts) {
    for (Field field : checks) {
      List<Draft> open = drafts.stream().filter(draft -> draft.id().isEmpty()).toList();
      keys.find(change, field, open)
          .forEach(
              (draft, id) -> {
                draft.setGivenId(id);
                matchedBy.put(draft, field.apiName());
              });
    }
  }

  /** What a record lacks is told with the record's id. */
  private static Outcome withId(Outcome outcome, Draft draft) {
    return outcome instanceof Rejected rejected
            && rejected.error().code() == ErrorCode.MANDATORY_NOT_FOUND
        ? new Rejected(rejected.error().with("id", Long.toString(draft.requiredId())))
        : outcome;
  }

  private static Upserted rejected(ApiError error) {
    return new Upserted(new Rejected(error), false, Optional.empty());
  }

  private DraftReader reader(boolean creating) {
    return new DraftReader(change.stamp().metadata(), module, creating, change.stamp().userId());
  }
}
