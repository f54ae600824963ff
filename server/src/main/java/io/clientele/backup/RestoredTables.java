package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Manifest.Part;
import io.clientele.backup.Manifest.Sequence;
import io.clientele.backup.Manifest.Table;
import io.clientele.db.Copy;
import io.clientele.db.Transaction;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.SearchColumn;
import io.clientele.metadata.Settings;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Fills the tables of a fresh schema with what a backup has. */
final class RestoredTables {
  private static final String WORDS = SearchColumn.NAME.replace("\"", "");

  private final Transaction tx;
  private final Org org;
  private final BackupFiles files;
  private final Manifest manifest;
  private final Consumer<String> progress;
  private final Map<String, Table> left = new LinkedHashMap<>();

  RestoredTables(
      Transaction tx, Org org, BackupFiles files, Manifest manifest, Consumer<String> progress) {
    this.tx = tx;
    this.org = org;
    this.files = files;
    this.manifest = manifest;
    this.progress = progress;
    manifest.tables().forEach(table -> left.put(table.name(), table));
  }

  /**
   * Fills all tables in place of what a new org begins with. Those of modules are made by the
   * fields that the backup has.
   *
   * @param others tables of modules that shall be there, too, if there are such modules
   */
  void fill(Set<String> others) {
    tx.update(sql("set local timezone = 'UTC'"));
    tx.update(sql("set local datestyle = 'ISO, YMD'"));
    Catalog ground = Catalog.of(tx, org.schema());
    tx.update(
        sql(
            "truncate "
                + String.join(", ", ground.tables().keySet().stream().map(ground::name).toList())));
    for (String name : ground.inOrder(tx)) {
      Table table = left.remove(name);
      if (table != null) {
        copy(ground, table);
      }
    }
    makeModules(others);
    Catalog catalog = Catalog.of(tx, org.schema());
    List<Table> modules = List.copyOf(left.values());
    modules.forEach(table -> copy(catalog, table));
    sequences();
    findWords(modules);
  }

  private void makeModules(Set<String> others) {
    Metadata metadata = MetadataCache.load(tx, org);
    for (Module module : metadata.modules()) {
      boolean wanted = left.containsKey(module.table()) || others.contains(module.table());
      if (wanted && module.hasTable() && module.unionOf().isEmpty()) {
        ModuleTables.create(tx, org, module);
      }
    }
  }

  /** Tables of older versions lack the words of their records; the job finds them. */
  private void findWords(List<Table> modules) {
    Metadata metadata = MetadataCache.load(tx, org);
    for (Table table : modules) {
      if (table.rows() > 0 && !table.columns().contains(WORDS)) {
        metadata.modules().stream()
            .filter(module -> module.hasTable() && module.table().equals(table.name()))
            .forEach(
                module ->
                    Jobs.add(
                        tx,
                        org,
                        Settings.nextIds(tx, org, 1).getFirst(),
                        SearchColumn.JOB,
                        SearchColumn.job(module),
                        0));
      }
    }
  }

  private void copy(Catalog catalog, Table table) {
    List<String> known = catalog.tables().getOrDefault(table.name(), List.of());
    if (!known.containsAll(table.columns()) || table.columns().isEmpty()) {
      throw new RestoreException(
          "The backup has a table %s whose columns this version does not know."
              .formatted(table.name()));
    }
    String statement =
        "copy %s (%s) from stdin"
            .formatted(catalog.name(table.name()), Catalog.list(table.columns()));
    for (Part part : table.parts()) {
      try (InputStream in = files.open(part)) {
        if (Copy.in(tx, statement, in) != part.rows()) {
          throw new RestoreException("The backup has too few or too many rows: " + part.entry());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (table.rows() > 0) {
      progress.accept("%,d rows of %s".formatted(table.rows(), table.name()));
    }
  }

  private void sequences() {
    Set<String> known = new HashSet<>();
    Catalog.sequences(tx, org.schema()).forEach(sequence -> known.add(sequence.name()));
    for (Sequence sequence : manifest.sequences()) {
      if (!known.contains(sequence.name())) {
        throw new RestoreException(
            "The backup has a sequence " + sequence.name() + " that nothing uses.");
      }
      if (sequence.last() > 0) {
        tx.list(
            sql("select setval(?::regclass, ?)", org.table(sequence.name()), sequence.last()),
            row -> 0);
      }
    }
  }
}
