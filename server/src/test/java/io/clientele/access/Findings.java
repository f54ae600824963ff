package io.clientele.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.access.AccessModel.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the server's answers compare with the model's. */
final class Findings {
  private static final int SHOWN = 4;

  private final AccessModel model;
  private final Map<String, List<String>> differences = new TreeMap<>();
  private final Map<String, Integer> asked = new TreeMap<>();

  Findings(AccessModel model) {
    this.model = model;
  }

  /** Whether the server let the user do that with the record, which the model knows best. */
  void compare(String path, long user, Row row, Action action, boolean did) {
    compare(path, user, row, model.may(user, row, action), did, action);
  }

  /** The same where the path asks for more than the action. */
  void compare(String path, long user, Row row, boolean may, boolean did, Action action) {
    asked.merge(path, 1, Integer::sum);
    if (may != did) {
      differs(
          path,
          "%s: user %s, %s: %s, but the model says %s for %s (%s)"
              .formatted(
                  path,
                  model.users.get(user),
                  row,
                  did ? "done" : "refused",
                  may ? "yes" : "no",
                  action,
                  model.why(user, row, action).orElse("nothing opens it")));
    }
  }

  /** Compares which of the records a list shows. */
  void compareList(String path, long user, Collection<Row> rows, Collection<String> ids) {
    for (Row row : rows) {
      compare(path, user, row, Action.READ, ids.contains(Long.toString(row.id)));
    }
    long shown = rows.stream().filter(row -> ids.contains(Long.toString(row.id))).count();
    expect(path, user, "as many rows as records", shown == ids.size());
  }

  /** Anything else that must hold. */
  void expect(String path, long user, String what, boolean holds) {
    asked.merge(path, 1, Integer::sum);
    if (!holds) {
      differs(path, "%s: user %s: not %s".formatted(path, model.users.get(user), what));
    }
  }

  private void differs(String path, String difference) {
    differences.computeIfAbsent(path, key -> new ArrayList<>()).add(difference);
  }

  int count() {
    return asked.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<String, Integer> asked() {
    return asked;
  }

  void assertNone(long seed) {
    Map<String, Integer> counts = new TreeMap<>();
    differences.forEach((path, all) -> counts.put(path, all.size()));
    assertThat(differences.values().stream().flatMap(all -> all.stream().limit(SHOWN)).toList())
        .as("-Dmatrix.seed=%d has differences %s", seed, counts)
        .isEmpty();
  }
}
