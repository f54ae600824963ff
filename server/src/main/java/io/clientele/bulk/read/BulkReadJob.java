package io.clientele.bulk.read;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.bulk.CallbackJob;
import io.clientele.coql.Sources;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.exports.CsvRows;
import io.clientele.exports.JobFiles;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.org.Org;
import io.clientele.records.CriteriaSql;
import io.clientele.records.Views;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the records that a read is about into a file, row by row as the database gives them, on a
 * connection of its own. One whose server was killed begins its file anew.
 */
public final class BulkReadJob implements JobHandler {
  public static final String KIND = "bulk_read";

  /** Records in one file. */
  public static final int ROWS = 200_000;

  /** Meetings in one calendar. */
  private static final int EVENTS = 20_000;

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final FileStorage files;
  private final JobQueue jobs;
  private final Clock clock;
  private final int mostRows;

  /**
   * @param mostRows how many records a file has at most
   */
  public BulkReadJob(
      Database database,
      MetadataCache cache,
      ModuleTables tables,
      Access access,
      FileStorage files,
      JobQueue jobs,
      Clock clock,
      int mostRows) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.files = files;
    this.jobs = jobs;
    this.clock = clock;
    this.mostRows = mostRows;
  }

  /** What was written. */
  private record Written(int count, boolean more, long last) {}

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    try {
      return write(org, job);
    } catch (ApiError e) {
      ObjectNode result = Json.MAPPER.createObjectNode();
      result
          .putObject("error_message")
          .put("status", "error")
          .put("code", e.code().name())
          .put("message", e.getMessage())
          .set("details", Json.MAPPER.valueToTree(e.details()));
      database.change(tx -> Jobs.report(tx, org, job.id(), Status.RUNNING, result));
      throw e;
    }
  }

  private JsonNode write(Org org, Job job) {
    String type = job.body().path("file_type").asString();
    Metadata metadata = cache.of(org.id()).seenBy(job.createdBy());
    int most = type.equals(ReadRequest.ICS) ? Math.min(EVENTS, mostRows) : mostRows;
    try (var file = new ReadFile(job.id() + "." + type)) {
      Written written = database.readAside(tx -> write(tx, metadata, job, file.out(), most));
      var content = files.keep(org, file.finish(), job.id() + ".zip", "application/zip");
      return database.write(
          tx -> {
            StoredFile kept = JobFiles.put(tx, files, org, job, content);
            ObjectNode result =
                Json.MAPPER
                    .createObjectNode()
                    .put("file", kept.id())
                    .put("per_page", most)
                    .put("count", written.count)
                    .put("more_records", written.more)
                    .put("last", written.last);
            Jobs.report(tx, org, job.id(), Status.COMPLETED, result);
            CallbackJob.schedule(tx, jobs, org, job);
            return result;
          });
    }
  }

  @Override
  public void givenUp(Transaction tx, Org org, Job job) {
    CallbackJob.schedule(tx, jobs, org, job);
  }

  private Written write(Transaction tx, Metadata metadata, Job job, OutputStream out, int most) {
    JsonNode query = job.body().path("query");
    long userId = job.createdBy();
    Module module =
        metadata
            .find(query.path("module").path("id").asLong())
            .orElseThrow(
                () ->
                    ErrorCode.MODULE_NOT_AVAILABLE.with(
                        "api_name", query.path("module").path("api_name").asString("")));
    var request = new ReadRequest(metadata, tables, access, userId);
    request.require(module);
    boolean calendar = job.body().path("file_type").asString().equals(ReadRequest.ICS);
    Sources sources = request.sources();
    var columns =
        new ReadColumns(
            sources,
            module,
            calendar ? IcsEvents.fields(module) : ReadRequest.names(query.path("fields")));
    ZoneId zone = metadata.zoneOf(userId);
    long after = job.body().path("after").asLong(0);
    long skipped = after > 0 ? 0 : (query.path("page").asLong(1) - 1) * most;
    Sql statement =
        new ReadSql(sources, module, LocalDate.now(clock.withZone(zone)))
            .statement(
                columns,
                view(metadata, module, query, userId),
                query.path("criteria"),
                new ReadSql.Part(after, skipped, most + 1));
    tx.list(
        sql("select set_config('TimeZone', ?, true)", calendar ? "UTC" : zone.getId()), row -> 0);
    var rows = new Rows(most);
    if (calendar) {
      tx.streamPlanned(statement, found -> rows.events(found, new IcsEvents(out, module), columns));
    } else {
      tx.streamPlanned(statement, found -> rows.lines(found, new CsvRows(out), columns));
    }
    return new Written(rows.count, rows.more, rows.last);
  }

  private Sql view(Metadata metadata, Module module, JsonNode query, long userId) {
    return PathId.parse(query.path("cvid").asString(""))
        .map(id -> new Views(tables).require(metadata, module, id, userId))
        .map(
            view ->
                CriteriaSql.forSearches(tables, clock)
                    .of(metadata.whole(), module.whole(), view, userId))
        .orElse(Sql.TRUE);
  }

  /** The rows of the statement as they go into the file. */
  private final class Rows {
    private final int most;
    private int count;
    private boolean more;
    private long last;

    Rows(int most) {
      this.most = most;
    }

    void lines(ResultSet found, CsvRows csv, ReadColumns columns) throws SQLException {
      int width = columns.headings().size();
      BitSet moments = columns.moments();
      try {
        csv.headings(columns.headings());
        while (next(found)) {
          for (int i = 1; i <= width; i++) {
            byte[] value = found.getBytes(i);
            if (moments.get(i - 1)) {
              csv.moment(value);
            } else {
              csv.value(value);
            }
          }
          csv.endLine();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void events(ResultSet found, IcsEvents calendar, ReadColumns columns) throws SQLException {
      String stamp = IcsEvents.basic(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      int width = columns.headings().size();
      try {
        calendar.begin();
        while (next(found)) {
          List<@Nullable String> values = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            values.add(found.getString(i));
          }
          calendar.event(values, stamp);
        }
        calendar.end();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean next(ResultSet found) throws SQLException {
      if (!found.next()) {
        return false;
      }
      if (count == most) {
        more = true;
        return false;
      }
      count++;
      last = Long.parseLong(new String(found.getBytes(1), StandardCharsets.US_ASCII));
      return true;
    }
  }
}
