package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a killed server left running in a data directory. Only processes that are seen to be
 * ours are signalled; the pid in a stale {@code postmaster.pid} may be anybody's by now.
 */
final class LeftoverProcesses {

  private static final Logger LOG = LoggerFactory.getLogger(LeftoverProcesses.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path data;
  private final PostgresBinaries binaries;
  private final PostgresAccount account;
  private final PostgresLog log;

  LeftoverProcesses(
      Path data, PostgresBinaries binaries, PostgresAccount account, PostgresLog log) {
    this.data = data;
    this.binaries = binaries;
    this.account = account;
    this.log = log;
  }

  /** Call with the lock held: whatever runs then is left over. */
  void end() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    Optional<Long> postmaster = PostmasterPid.read(data).map(PostmasterPid::pid);
    if (postmaster.isPresent() && find().stream().anyMatch(p -> p.pid() == postmaster.get())) {
      LOG.warn("Stopping PostgreSQL (pid {}), left by a killed server", postmaster.get());
      List<String> stop =
          List.of(
              binaries.program("pg_ctl").toString(), "stop", "-D", data.toString(), "-m", "fast");
      ProgramRun.run(account.command(stop), "", log);
    }
    // the processes of a killed postmaster end by themselves, unless they are busy
    if (!Waiting.until(PATIENCE, () -> find().isEmpty())
        && !gone(ProcessHandle::destroy)
        && !gone(ProcessHandle::destroyForcibly)) {
      throw new EmbeddedPostgresException(
          "PostgreSQL processes of an earlier server do not end: pids "
              + find().stream().map(ProcessHandle::pid).toList());
    }
    // PostgreSQL itself would refuse to start when the pid in it belongs to any live process
    if (Files.deleteIfExists(pidFile)) {
      LOG.info("The last stop was not a clean one; PostgreSQL recovers");
    }
  }

  private boolean gone(Consumer<ProcessHandle> signal) {
    find().forEach(signal); // the handle knows when the process began: no reused pid is hit
    return Waiting.until(PATIENCE, () -> find().isEmpty());
  }

  /** Every process that runs our binaries, by its program or, where that is hidden, its title. */
  private List<ProcessHandle> find() {
    String program = binaries.parent() + "/";
    String title = "postgres: " + PostgresSettings.clusterName(data) + ":";
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              String command = process.info().command().orElse("");
              String line = process.info().commandLine().orElse("");
              return command.startsWith(program)
                  || line.startsWith(program)
                  || line.startsWith(title);
            })
        .toList();
  }
}
