package io.clientele.imports;

import io.clientele.configuration.Configuration;
import io.clientele.testing.TestOrg;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Imports as tests ask for them. */
record Imports(TestOrg org, ImportOptions options, List<String> lines, AtomicInteger fuse)
    implements Progress {
  /** What ends an import in its middle. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static Imports into(TestOrg org) {
    return new Imports(org, options(Set.of()), new ArrayList<>(), new AtomicInteger(-1));
  }

  static ImportOptions options(Set<String> modules) {
    return new ImportOptions(modules, Optional.empty(), ZoneId.of("UTC"), false, false, 10);
  }

  Imports with(ImportOptions other) {
    return new Imports(org, other, lines, fuse);
  }

  Work work() {
    var installation = org.server().installation();
    return new Work(
        installation.database(),
        installation.metadata(),
        installation.tables(),
        installation.records(),
        installation.files(),
        new Configuration(installation.changes(), installation.jobs()),
        org.org(),
        org.adminId());
  }

  Import of(Source source) {
    return new Import(work(), source, options, this);
  }

  /** The other org through its API, whose jobs run while the import waits for them. */
  static ServerSource server(TestOrg from, Path directory) {
    var credentials =
        new Credentials(
            java.net.URI.create(from.server().url()),
            Optional.of(from.token(from.adminId(), TestOrg.ALL_SCOPES)),
            Optional.empty());
    java.util.function.Consumer<java.time.Duration> pause =
        time -> from.server().installation().jobs().runDue(from.orgId());
    return new ServerSource(new ApiClient(credentials, pause), directory, pause);
  }

  @Override
  public void say(String line) {
    lines.add(line);
  }

  @Override
  public void at(String state) {
    if (fuse.getAndDecrement() == 0) {
      throw new Killed();
    }
  }

  /** Lets the import go on until it has told that often where it is. */
  void killAfter(int times) {
    fuse.set(times);
  }
}
