package io.clientele.records.recyclebin;

import io.clientele.access.Access;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.JobRecords;
import io.clientele.metadata.Metadata;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.List;
import java.util.function.Function;

/** What is done with the bin: at once where it is little, else by a job. */
final class RecycleBin {
  /** Rows, with those that go along, that a call deals with itself. */
  private static final int AT_ONCE = 1_000;

  private final Records records;
  private final JobQueue jobs;

  RecycleBin(Records records, JobQueue jobs) {
    this.records = records;
    this.jobs = jobs;
  }

  /** The outcome of each entry that a call names, and whether a job goes on with them. */
  record Told(Results results, boolean scheduled) {}

  /** The words of outcomes. */
  record Words(String done, String scheduled) {}

  /** Something with the bin as the user sees it. */
  <T> T with(Metadata metadata, long userId, Function<Bin, T> work) {
    return records.change(metadata, userId, Source.CRM_API, change -> work.apply(bin(change)));
  }

  /** Brings entries back. */
  Told restore(Metadata metadata, long userId, List<Long> ids, Words words) {
    return each(metadata, userId, ids, words, BinJob.RESTORE);
  }

  /** Takes entries away for good. */
  Told purge(Metadata metadata, long userId, List<Long> ids, Words words) {
    return each(metadata, userId, ids, words, BinJob.PURGE);
  }

  private Told each(Metadata metadata, long userId, List<Long> ids, Words words, String kind) {
    return records.change(
        metadata,
        userId,
        Source.CRM_API,
        change -> {
          Bin bin = bin(change);
          List<Long> known = bin.known(ids);
          boolean much = bin.size(Bin.of(known), AT_ONCE) > AT_ONCE;
          if (much) {
            schedule(change, kind, Bin.of(known));
          } else if (kind.equals(BinJob.PURGE)) {
            bin.purge(Bin.of(known));
          }
          var results = new Results("recycle_bin");
          for (long id : ids) {
            try {
              if (!known.contains(id)) {
                throw unknown(id);
              }
              if (!much && kind.equals(BinJob.RESTORE)) {
                change.restore(id);
              }
              results.add(
                  much
                      ? new Done("SCHEDULED", words.scheduled, keys -> keys.id("id", id))
                      : Done.of(words.done, id));
            } catch (ApiError e) {
              results.add(e);
            }
          }
          return new Told(results, much);
        });
  }

  private static ApiError unknown(long id) {
    return ErrorCode.INVALID_DATA
        .with("id", Long.toString(id))
        .message("the id given seems to be invalid");
  }

  /** Leaves all entries that the user sees and that fit to a job. */
  void later(Metadata metadata, long userId, String kind, Sql which) {
    var _ =
        records.change(
            metadata,
            userId,
            Source.CRM_API,
            change -> {
              schedule(change, kind, bin(change).visible().and(which));
              return true;
            });
  }

  /** Takes everything away; whether a job has to do it. */
  boolean empty(Metadata metadata, long userId) {
    if (!Access.isAdministrator(metadata, userId)) {
      throw ErrorCode.AUTHORIZATION_FAILED.error();
    }
    return records.change(
        metadata,
        userId,
        Source.CRM_API,
        change -> {
          Bin bin = bin(change);
          boolean much = bin.size(bin.visible(), AT_ONCE) > AT_ONCE;
          if (much) {
            schedule(change, BinJob.PURGE, bin.visible());
          } else {
            bin.purge(bin.visible());
          }
          return much;
        });
  }

  private void schedule(RecordChange change, String kind, Sql which) {
    var stamp = change.stamp();
    var org = stamp.metadata().org();
    long id = jobs.schedule(change.tx(), org, kind, Json.MAPPER.createObjectNode(), stamp.userId());
    new JobRecords(change.tx(), org, id)
        .choose(org.table("deleted_record"), which, Integer.MAX_VALUE);
  }

  private Bin bin(RecordChange change) {
    var stamp = change.stamp();
    return new Bin(change.tx(), stamp.metadata(), records.access(), stamp.userId(), stamp.now());
  }
}
