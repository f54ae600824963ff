package io.clientele.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.backup.BackupSizes;
import io.clientele.backup.BackupWriter;
import io.clientele.configuration.Configuration;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup of an org writes for people and other programs, moved into another org. */
class BackupRoundTripTest {
  @TempDir Path directory;

  @Test
  void aBackupIsReadWithTheConfigurationBesideIt() throws Exception {
    try (TestServer one = TestServer.separate();
        TestServer other = TestServer.separate()) {
      SourceOrg source = SourceOrg.on(TestOrg.createOn(one));
      var installation = one.installation();
      new BackupWriter(
              installation.database(),
              installation.tables(),
              installation.files(),
              new Configuration(installation.changes(), installation.jobs()),
              installation.clock(),
              new BackupSizes(60_000, 1_000, 3, 2))
          .write(
              source.org.orgId(), (name, content) -> Files.copy(content, directory.resolve(name)));
      TestOrg target = TestOrg.createOn(other);
      var options =
          new ImportOptions(Set.of(), Optional.empty(), ZoneId.of("Asia/Kolkata"), true, false, 10);
      try (var backup = new BackupSource(List.of(directory), false)) {
        Imports.into(target).with(options).of(backup).run();
      }
      Api api = target.api();
      var differences = new ArrayList<String>();
      for (Map.Entry<String, List<String>> module : source.records.entrySet()) {
        for (String id : module.getValue()) {
          ServerImportTest.compare(
              source.api, api, "/crm/v8/" + module.getKey() + "/" + id, differences);
        }
      }
      assertThat(differences).isEmpty();
    }
  }
}
