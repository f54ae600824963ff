package io.clientele.backup;

import io.clientele.backup.Manifest.Part;
import io.clientele.backup.Manifest.Table;
import io.clientele.configuration.Configuration;
import io.clientele.db.Database;
import io.clientele.db.Migrations;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Writes everything of an org as it is at one moment into ZIP files: {@code Data} and {@code
 * Attachments} for people and other programs, {@code Clientele} for a restore, which also reads the
 * contents in {@code Attachments}. Memory does not grow with the org; nobody waits for it.
 */
public final class BackupWriter {
  private final Database database;
  private final ModuleTables tables;
  private final FileStorage files;
  private final Configuration configuration;
  private final Clock clock;
  private final BackupSizes sizes;

  /**
   * @param configuration what writes down the org's shape
   */
  public BackupWriter(
      Database database,
      ModuleTables tables,
      FileStorage files,
      Configuration configuration,
      Clock clock,
      BackupSizes sizes) {
    this.database = database;
    this.tables = tables;
    this.files = files;
    this.configuration = configuration;
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * What was written.
   *
   * @param data the names of the files with records and with what a restore reads
   * @param attachments the names of the files with contents
   */
  public record Written(List<String> data, List<String> attachments, long rows) {}

  public Written write(long orgId, BackupTarget target) {
    Org known = database.read(tx -> Orgs.find(tx, orgId)).orElseThrow();
    return database.snapshot(
        FileStorage.lock(known),
        tx -> {
          try {
            return write(tx, Orgs.find(tx, orgId).orElseThrow(), target);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Written write(Transaction tx, Org org, BackupTarget target) throws IOException {
    Metadata metadata = MetadataCache.load(tx, org);
    Catalog catalog = Catalog.of(tx, org.schema());
    try (var data = new ZipSeries("Data", sizes.zipBytes(), target);
        var attachments = new ZipSeries("Attachments", sizes.zipBytes(), target);
        var own = new ZipSeries(Manifest.ZIP, sizes.zipBytes(), target)) {
      new DataFiles(tx, metadata, tables, catalog, data, sizes).write();
      String shape = YAMLMapper.shared().writeValueAsString(configuration.export(metadata));
      data.begin("Metadata/org.yaml").write(shape.getBytes(StandardCharsets.UTF_8));
      data.finish();
      Set<String> modules =
          metadata.modules().stream()
              .filter(Module::hasTable)
              .map(Module::table)
              .collect(Collectors.toSet());
      List<Table> written = new TableFiles(tx, org, catalog, modules, own, sizes).write();
      List<Part> contents =
          new ContentFiles(tx, org, files, attachments, own, sizes)
              .write(catalog.has("attachments"));
      attachments.finish();
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              Migrations.ORG_VERSION,
              org.id(),
              org.name(),
              clock.instant().toString(),
              written,
              Catalog.sequences(tx, org.schema()),
              contents);
      own.begin(Manifest.ENTRY).write(Json.MAPPER.writeValueAsBytes(manifest));
      own.finish();
      List<String> all = new ArrayList<>(data.files());
      all.addAll(own.files());
      long rows = written.stream().mapToLong(Table::rows).sum();
      return new Written(all, attachments.files(), rows);
    }
  }
}
