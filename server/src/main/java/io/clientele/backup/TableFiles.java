package io.clientele.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clientele.audit.export.AuditExportJob;
import io.clientele.backup.Manifest.Part;
import io.clientele.backup.Manifest.Table;
import io.clientele.bulk.read.BulkReadJob;
import io.clientele.bulk.write.BulkWriteJob;
import io.clientele.db.Copy;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of an org as COPY writes them. Those of modules are read in chunks, between which
 * others can add and drop columns; a backup whose columns are gone fails, and is begun anew.
 */
final class TableFiles {
  /** Made anew from the files there are. */
  private static final Set<String> LEFT_OUT = Set.of("blob");

  /** Kinds of jobs whose files are results, which can be had for some days. */
  private static final List<String> RESULTS =
      List.of(BackupJob.KIND, BulkReadJob.KIND, BulkWriteJob.KIND, AuditExportJob.KIND);

  private final Transaction tx;
  private final Org org;
  private final Catalog catalog;
  private final Set<String> modules;
  private final ZipSeries zips;
  private final BackupSizes sizes;

  /**
   * @param modules the tables of modules
   */
  TableFiles(
      Transaction tx,
      Org org,
      Catalog catalog,
      Set<String> modules,
      ZipSeries zips,
      BackupSizes sizes) {
    this.tx = tx;
    this.org = org;
    this.catalog = catalog;
    this.modules = modules;
    this.zips = zips;
    this.sizes = sizes;
  }

  List<Table> write() {
    tx.update(Sql.sql("set local timezone = 'UTC'"));
    tx.update(Sql.sql("set local datestyle = 'ISO, YMD'"));
    tx.update(Sql.sql("set local bytea_output = 'hex'"));
    List<Table> tables = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : catalog.tables().entrySet()) {
      if (!LEFT_OUT.contains(table.getKey())) {
        tables.add(write(table.getKey(), table.getValue()));
      }
    }
    return tables;
  }

  private Table write(String table, List<String> columns) {
    var parts = new PartWriter(zips, "tables/" + table, sizes.partBytes());
    String select = "select " + Catalog.list(columns) + " from " + catalog.name(table) + " t";
    if (modules.contains(table)) {
      chunks(select, parts);
    } else {
      copy(select + without(table).map(rows -> " where not (" + rows + ")").orElse(""), parts);
    }
    List<Part> written = parts.finish();
    return new Table(table, columns, written);
  }

  /** What is about files that are taken away soon, such as those of this very backup. */
  private Optional<String> without(String table) {
    return switch (table) {
      case "job" -> Optional.of("t.kind = '" + BackupJob.KIND + "'");
      case "file" -> Optional.of(ofJobs(org));
      default -> Optional.empty();
    };
  }

  /** A condition on rows of files, aliased {@code t}: what jobs wrote to be downloaded for days. */
  static String ofJobs(Org org) {
    return "t.module_id = 0 and exists (select from "
        + org.table("job")
        + " j where j.id = t.record_id and j.kind in ('"
        + String.join("', '", RESULTS)
        + "'))";
  }

  private void chunks(String select, PartWriter parts) {
    long last = Long.MIN_VALUE;
    long rows;
    do {
      var chunk = new Chunk(parts);
      String rest = " where t.\"id\" > " + last + " order by t.\"id\" limit " + sizes.chunkRows();
      rows = copy(select + rest, chunk);
      last = chunk.last;
    } while (rows == sizes.chunkRows());
  }

  private long copy(String select, Copy.Rows rows) {
    return tx.passing(
        () -> {
          try {
            return Copy.out(tx, "copy (" + select + ") to stdout", rows);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Rows whose first column is the id. */
  private static final class Chunk implements Copy.Rows {
    private final Copy.Rows rows;
    private long last;

    Chunk(Copy.Rows rows) {
      this.rows = rows;
    }

    @Override
    public void take(byte[] row) throws IOException {
      rows.take(row);
      int end = 0;
      while (row[end] != '\t' && row[end] != '\n') {
        end++;
      }
      last = Long.parseLong(new String(row, 0, end, US_ASCII));
    }
  }
}
