package io.clientele.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is backed up comes back. */
class RestoreTest {
  /** So that there are several of each kind of file. */
  static final BackupSizes SMALL = new BackupSizes(60_000, 1_000, 3, 2);

  @TempDir Path directory;

  private static BackupWriter.Written write(TestOrg org, BackupSizes sizes, Path directory) {
    var installation = org.server().installation();
    return new BackupWriter(
            installation.database(),
            installation.tables(),
            installation.files(),
            installation.clock(),
            sizes)
        .write(org.orgId(), (name, content) -> Files.copy(content, directory.resolve(name)));
  }

  private static Restore.Restored restore(TestOrg org, Optional<Long> into, Path... paths) {
    var installation = org.server().installation();
    try (var files = new BackupFiles(List.of(paths))) {
      return new Restore(
              installation.database(),
              installation.orgs(),
              installation.metadata(),
              installation.files(),
              installation.jobs(),
              installation.clock(),
              line -> {})
          .run(files, into, Optional.empty());
    }
  }

  @Test
  void everythingComesBack() throws Exception {
    long seed = System.nanoTime();
    TestOrg org = TestOrg.create();
    new FilledOrg(org, seed).fill();
    Map<String, String> before = OrgPicture.of(org);
    assertThat(before).hasSizeGreaterThan(200);
    BackupWriter.Written written = write(org, SMALL, directory);
    assertThat(written.attachments()).hasSizeGreaterThan(1);
    Restore.Restored restored = restore(org, Optional.empty(), directory);
    assertThat(restored.org().id()).isNotEqualTo(org.orgId());
    TestOrg copy = TestOrg.existing(org.server(), restored.org(), org.adminId());
    Map<String, String> after = OrgPicture.of(copy);
    assertThat(after.keySet()).as("seed " + seed).isEqualTo(before.keySet());
    before.forEach(
        (path, answer) ->
            assertThat(after.get(path)).as(path + ", seed " + seed).isEqualTo(answer));
    sameTables(write(copy, SMALL, Files.createDirectory(directory.resolve("again"))).rows());
  }

  /** The copy's own backup has the same rows, byte for byte. */
  private void sameTables(long rows) {
    try (var first = new BackupFiles(List.of(directory));
        var second = new BackupFiles(List.of(directory.resolve("again")))) {
      Manifest before = first.manifest();
      Manifest after = second.manifest();
      for (int i = 0; i < before.tables().size(); i++) {
        Manifest.Table table = before.tables().get(i);
        assertThat(hashes(after.tables().get(i))).as(table.name()).isEqualTo(hashes(table));
      }
      assertThat(after.sequences()).isEqualTo(before.sequences());
      assertThat(rows).isEqualTo(before.tables().stream().mapToLong(Manifest.Table::rows).sum());
    }
  }

  private static List<String> hashes(Manifest.Table table) {
    return table.parts().stream().map(part -> part.entry() + " " + part.sha256()).toList();
  }
}
