package io.clientele.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Orgs made up from seeds: each user asks each path for each record, and gets what the
 * documentation says, by {@link AccessModel}. {@code -Dmatrix.seed} says where to begin, {@code
 * -Dmatrix.orgs} how many orgs.
 */
class AccessMatrixTest {
  private static final long SEED = Long.getLong("matrix.seed", 2026);
  private static final int ORGS = Integer.getInteger("matrix.orgs", 1);
  private static final int LEAST = 10_000;

  @TestFactory
  List<DynamicTest> everyUserGetsWhatTheModelSays() {
    return IntStream.range(0, ORGS)
        .mapToLong(i -> SEED + i)
        .mapToObj(seed -> DynamicTest.dynamicTest("matrix.seed=" + seed, () -> ask(seed)))
        .toList();
  }

  private static void ask(long seed) {
    var made = new AccessOrg(seed);
    var findings = new Findings(made.model);
    var reads = new AccessReads(made, findings);
    var writes = new AccessWrites(made, findings);
    List<Long> users = List.copyOf(made.model.users.keySet());
    users.forEach(reads::ask);
    users.forEach(writes::ask);
    users.forEach(writes::delete);
    System.out.println(
        "matrix.seed=%d: %d answers compared %s"
            .formatted(seed, findings.count(), findings.asked()));
    findings.assertNone(seed);
    assertThat(findings.count()).isGreaterThan(LEAST);
  }
}
