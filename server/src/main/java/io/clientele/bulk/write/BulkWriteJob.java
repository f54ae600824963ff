package io.clientele.bulk.write;

import io.clientele.bulk.CallbackJob;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.exports.JobFiles;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.org.Org;
import io.clientele.records.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the rows of the files of a bulk write, piece by piece; one whose server was killed goes on
 * behind the last piece that was kept.
 */
public final class BulkWriteJob implements JobHandler {
  public static final String KIND = "bulk_write";

  /** Rows that are written in one transaction. */
  private static final int PIECE = 2_000;

  /** So many characters end a piece, too: it is held in memory. */
  private static final long PIECE_CHARACTERS = 8 << 20;

  private final Database database;
  private final MetadataCache cache;
  private final Records records;
  private final FileStorage files;
  private final JobQueue jobs;

  public BulkWriteJob(
      Database database, MetadataCache cache, Records records, FileStorage files, JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    this.records = records;
    this.files = files;
    this.jobs = jobs;
  }

  static List<Resource> resources(Job job) {
    return job.body().path("resource").valueStream().map(Resource::read).toList();
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    try {
      return write(org, job);
    } catch (ApiError e) {
      database.change(
          tx -> {
            ObjectNode result = (ObjectNode) Jobs.lock(tx, org, job.id()).result().deepCopy();
            Jobs.report(tx, org, job.id(), Status.RUNNING, result.put("code", e.code().name()));
          });
      throw e;
    }
  }

  private JsonNode write(Org org, Job job) {
    List<Resource> resources = resources(job);
    Progress progress = Progress.read(job.result(), resources.size());
    var writer = new PieceWriter(records, org, job);
    for (int i = 0; i < resources.size(); i++) {
      if (!progress.resources().get(i).done()) {
        progress = write(org, job, writer, resources, i, progress);
      }
    }
    return finish(org, job, resources, progress);
  }

  private Progress write(
      Org org, Job job, PieceWriter writer, List<Resource> resources, int place, Progress before) {
    Resource resource = resources.get(place);
    Progress progress = before;
    try (CsvSource source = source(org, resource)) {
      source.skip(progress.resources().get(place).total());
      Optional<Map<String, Long>> parents =
          resource.lookup().isPresent() && resource.parent().isOfParent()
              ? Optional.of(parents(org, job, resources, resource, progress))
              : Optional.empty();
      do {
        List<List<String>> lines = piece(source);
        Metadata metadata = cache.of(org.id()).seenBy(job.createdBy());
        progress =
            writer.write(
                metadata,
                new PieceWriter.Piece(
                    place, resource, source.header(), lines, !source.hasNext(), parents),
                progress);
      } while (!progress.resources().get(place).done());
    }
    return progress;
  }

  /** The next lines: so many, or less where they are long. */
  static List<List<String>> piece(CsvSource source) {
    List<List<String>> lines = new ArrayList<>();
    long characters = 0;
    while (lines.size() < PIECE && characters < PIECE_CHARACTERS && source.hasNext()) {
      List<String> line = source.next();
      characters += line.stream().mapToLong(String::length).sum();
      lines.add(line);
    }
    return lines;
  }

  private CsvSource source(Org org, Resource resource) {
    StoredFile file =
        database
            .read(tx -> FileStorage.find(tx, org, resource.file()))
            .orElseThrow(() -> ErrorCode.FILE_NOT_FOUND.with("file_name", resource.name()));
    return new CsvSource(
        new Archive(files, org, file).open(resource.name()), resource.charset(), false);
  }

  /** The records that the rows of the first file became, by their cells in a column. */
  private Map<String, Long> parents(
      Org org, Job job, List<Resource> resources, Resource child, Progress progress) {
    int column = child.parent().parentColumn();
    var parents = new HashMap<String, Long>();
    try (CsvSource source = source(org, resources.getFirst())) {
      for (int i = 0; i < progress.resources().getFirst().pieces(); i++) {
        int piece = i;
        for (long id : database.read(tx -> new Pieces(tx, org, job.id()).ids(0, piece))) {
          parents.putIfAbsent(Resource.cell(source.next(), column), id);
        }
      }
    }
    return parents;
  }

  private JsonNode finish(Org org, Job job, List<Resource> resources, Progress progress) {
    try (var zip = new ResultZip()) {
      for (int i = 0; i < resources.size(); i++) {
        Resource resource = resources.get(i);
        try (CsvSource source = source(org, resource)) {
          zip.begin(
              resource.module() + "-" + resource.name(),
              new ResultLines(resource, source.header()).headings());
        }
        int place = i;
        for (int p = 0; p < progress.resources().get(i).pieces(); p++) {
          int piece = p;
          zip.add(database.read(tx -> new Pieces(tx, org, job.id()).lines(place, piece)));
        }
      }
      var content = files.keep(org, zip.finish(), job.id() + ".zip", "application/zip");
      return database.write(
          tx -> {
            PieceWriter.requireUntouched(tx, org, job, progress);
            StoredFile kept = JobFiles.put(tx, files, org, job, content);
            new Pieces(tx, org, job.id()).forget();
            ObjectNode result = progress.json().put("file", kept.id());
            Jobs.report(tx, org, job.id(), Status.COMPLETED, result);
            CallbackJob.schedule(tx, jobs, org, job);
            return result;
          });
    }
  }

  @Override
  public void givenUp(Transaction tx, Org org, Job job) {
    new Pieces(tx, org, job.id()).forget();
    CallbackJob.schedule(tx, jobs, org, job);
  }
}
