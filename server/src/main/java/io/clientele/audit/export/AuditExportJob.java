package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.exports.JobFiles;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the entries that an export is about into a file, which belongs to the job. */
public final class AuditExportJob implements JobHandler {
  public static final String KIND = "audit_log_export";

  /** How far back an export goes that has no criteria. */
  static final Duration KEPT = Duration.ofDays(3 * 365);

  private static final int ROWS_EACH = 100_000;
  private static final int ROWS = 1_000_000;

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final FileStorage files;

  public AuditExportJob(
      Database database, MetadataCache cache, ModuleTables tables, FileStorage files) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.files = files;
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    Metadata metadata = cache.of(org.id());
    Sql which = which(metadata, job.body().path("criteria"), job.createdTime());
    try (var written = new AuditFiles(metadata, metadata.zoneOf(job.createdBy()), ROWS_EACH)) {
      database.readAside(
          tx -> {
            new AuditRows(tx, metadata, tables).each(which, "asc", ROWS, 0, written::add);
            return true;
          });
      StoredFile file = keep(org, job, written.finish());
      return Json.MAPPER
          .createObjectNode()
          .put("file", file.id())
          .put("name", file.name())
          .put("rows", written.rows());
    }
  }

  /** Without a time of its own an export with criteria is about the last half year. */
  private static Sql which(Metadata metadata, JsonNode criteria, Instant now) {
    Duration back = criteria.isObject() ? AuditCriteria.LONGEST : KEPT;
    Sql asked =
        criteria instanceof ObjectNode object
            ? new AuditCriteria(metadata).read(new Item(object, "$"))
            : Sql.TRUE;
    return AuditCriteria.saysWhen(criteria)
        ? asked
        : sql("a.time > ?::timestamptz", now.minus(back).toString()).and(asked);
  }

  private StoredFile keep(Org org, Job job, Path path) {
    String name = path.getFileName().toString();
    String type = name.endsWith(".zip") ? "application/zip" : "text/csv";
    try (InputStream content = Files.newInputStream(path)) {
      var kept = files.keep(org, content, name, type);
      return database.write(tx -> JobFiles.put(tx, files, org, job, kept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
