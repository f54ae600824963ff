package io.clientele.bulk.write;

import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.org.Org;
import io.clientele.records.CellValues;
import io.clientele.records.FileLines;
import io.clientele.records.FileRows;
import io.clientele.records.FileRows.Operation;
import io.clientele.records.FileRows.Written;
import io.clientele.records.KeyedRecords;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a piece of a file: its rows, what is told of them and how far the job is then are kept
 * together or not at all.
 */
final class PieceWriter {
  private final Records records;
  private final Org org;
  private final Job job;
  private final Operation operation;

  PieceWriter(Records records, Org org, Job job) {
    this.records = records;
    this.org = org;
    this.job = job;
    operation = Operation.valueOf(job.body().path("operation").asString().toUpperCase(Locale.ROOT));
  }

  /**
   * Some lines of a file.
   *
   * @param place where the file stands in the request
   * @param last whether no lines come after them
   * @param parents the records of the rows of the parents' file, by what they have in the column
   *     that both files have; empty where rows name records by themselves
   */
  record Piece(
      int place,
      Resource resource,
      List<String> header,
      List<List<String>> lines,
      boolean last,
      Optional<Map<String, Long>> parents) {}

  /** Answers how far the job is now. */
  Progress write(Metadata metadata, Piece piece, Progress before) {
    return records.change(
        metadata,
        job.createdBy(),
        Source.BULKAPI,
        change -> {
          requireUntouched(change.tx(), org, job, before);
          List<Written> rows = rows(metadata, change, piece);
          Progress.Counts counts = before.resources().get(piece.place);
          new Pieces(change.tx(), org, job.id())
              .add(
                  piece.place,
                  counts.pieces(),
                  new ResultLines(piece.resource, piece.header).lines(piece.lines, rows),
                  rows.stream().map(Written::id).toArray(Long[]::new));
          Progress after = before.with(piece.place, counts.with(rows, piece.last));
          Jobs.report(change.tx(), org, job.id(), Status.RUNNING, after.json());
          return after;
        });
  }

  /** A server that was thought dead may still be at it; then the other one's work counts. */
  static void requireUntouched(Transaction tx, Org org, Job job, Progress before) {
    JsonNode now = Jobs.lock(tx, org, job.id()).result();
    Progress known = Progress.read(now, before.resources().size());
    if (!known.equals(before)) {
      throw new IllegalStateException("another server does the job " + job.id());
    }
  }

  private List<Written> rows(Metadata metadata, RecordChange change, Piece piece) {
    Resource resource = piece.resource;
    Module module =
        metadata
            .find(resource.module())
            .orElseThrow(() -> ErrorCode.MODULE_NOT_AVAILABLE.with("api_name", resource.module()));
    Optional<FileLines.Parent> parent =
        resource.lookup().flatMap(name -> FileLines.parentOf(metadata, module, name));
    if (resource.lookup().isPresent() && parent.isEmpty()) {
      // hidden since the job was made: rows must not stand without their record
      throw ErrorCode.NO_PERMISSION.with("api_name", resource.lookup().get());
    }
    Module written = parent.map(FileLines.Parent::module).orElse(module);
    ResourceRequest.require(
        metadata, records.access(), job.createdBy(), written, operation, parent.isPresent());
    var values = new CellValues(metadata, metadata.zoneOf(job.createdBy()));
    boolean omitEmpty = resource.ignoreEmpty() || operation == Operation.INSERT;
    List<ObjectNode> rows =
        new CellRows(metadata, module, resource, omitEmpty, values).read(change, piece.lines);
    return parent.isPresent()
        ? lines(metadata, change, piece, parent.get(), rows, values)
        : new FileRows(change, module, operation, resource.findBy()).write(rows);
  }

  /** Rows that hang on records; those whose record is not known are passed over. */
  private List<Written> lines(
      Metadata metadata,
      RecordChange change,
      Piece piece,
      FileLines.Parent parent,
      List<ObjectNode> rows,
      CellValues values) {
    Mapping mapping = piece.resource.parent();
    Map<String, Long> ids =
        piece.parents.orElseGet(() -> named(metadata, change, piece, parent, values));
    var lines = new ArrayList<FileLines.Line>();
    var places = new ArrayList<Integer>();
    var written = new ArrayList<Written>();
    for (int i = 0; i < rows.size(); i++) {
      Long id = ids.get(Resource.cell(piece.lines.get(i), mapping.index()));
      written.add(
          new Written(
              Written.Status.SKIPPED,
              0,
              List.of(ErrorCode.RESOURCE_NOT_FOUND.with("api_name", mapping.apiName()))));
      if (id != null && id != 0) {
        lines.add(new FileLines.Line(id, rows.get(i)));
        places.add(i);
      }
    }
    List<Written> known = new FileLines(change, parent).write(lines);
    for (int i = 0; i < known.size(); i++) {
      written.set(places.get(i), known.get(i));
    }
    return written;
  }

  /** The records that rows name themselves: by their ids, or by another field. */
  private static Map<String, Long> named(
      Metadata metadata,
      RecordChange change,
      Piece piece,
      FileLines.Parent parent,
      CellValues values) {
    Mapping mapping = piece.resource.parent();
    var ids = new LinkedHashMap<String, Long>();
    var wanted = new LinkedHashMap<String, JsonNode>();
    var field = parent.module().field(mapping.findBy()).filter(KeyedRecords::isKey);
    for (List<String> cells : piece.lines) {
      String cell = Resource.cell(cells, mapping.index());
      if (field.isPresent() && !mapping.findBy().equals(Mapping.ID)) {
        wanted.computeIfAbsent(cell, text -> values.read(field.get(), text));
      } else {
        ids.put(cell, PathId.parse(CellValues.bareId(cell)).orElse(0L));
      }
    }
    if (!wanted.isEmpty()) {
      ids.putAll(KeyedRecords.find(change, parent.module(), field.orElseThrow(), wanted));
    }
    return ids;
  }
}
