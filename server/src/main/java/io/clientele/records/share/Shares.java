package io.clientele.records.share;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Settings;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who may share which records with whom. */
final class Shares {
  private static final Map<String, Integer> LIMITS = Map.of("users", 10, "roles", 5, "groups", 5);

  private final Records records;

  Shares(Records records) {
    this.records = records;
  }

  /** The record that a call is about. */
  record Target(Metadata metadata, Module module, long recordId, long userId) {}

  /** The shares of a record that the user may read. */
  List<Share> list(Target target) {
    return change(
        target, change -> ShareSql.list(change.tx(), target.metadata.org(), target.recordId));
  }

  /**
   * Shares the record with more people, or with those of the items and nobody else; one outcome for
   * each item. A record is shared either with everybody or with some.
   */
  Results share(Target target, List<Item> items, boolean replace) {
    return changeOwn(
        target,
        (change, before) -> {
          var now = new LinkedHashMap<Long, Share>();
          if (!replace) {
            before.forEach(share -> now.put(share.granteeId(), share));
          }
          var results = new Results("share");
          for (Item item : items) {
            try {
              add(change, target, item, now);
              results.add(new Done("record will be shared successfully", keys -> {}));
            } catch (ApiError e) {
              keep(item, before, now);
              results.add(e);
            }
          }
          write(change, target, now);
          return results;
        });
  }

  /**
   * @throws ApiError CANNOT_PROCESS when it was shared with nobody
   */
  void revoke(Target target) {
    var _ =
        changeOwn(
            target,
            (change, before) -> {
              if (before.isEmpty()) {
                throw ErrorCode.CANNOT_PROCESS
                    .error()
                    .message("No sharing through this record is available to revoke");
              }
              return true;
            });
  }

  private void add(RecordChange change, Target target, Item item, Map<Long, Share> now) {
    Share share = ShareRequest.read(change.stamp(), item);
    requireRoom(share, item, now);
    if (share.type().equals("users")) {
      write(change, target, now);
      requireUseful(change, target, share, item);
    }
    if (share.isPublic()) {
      now.clear();
    } else {
      now.remove(0L);
    }
    now.put(share.granteeId(), share);
  }

  /** An entry that was refused takes nothing away from whom it names. */
  private static void keep(Item item, List<Share> before, Map<Long, Share> now) {
    String id = item.json().path("shared_with").path("id").asString("");
    before.stream()
        .filter(share -> Long.toString(share.granteeId()).equals(id))
        .forEach(share -> now.putIfAbsent(share.granteeId(), share));
  }

  private static void requireRoom(Share share, Item item, Map<Long, Share> now) {
    Integer limit = LIMITS.get(share.type());
    long others =
        now.values().stream()
            .filter(one -> one.type().equals(share.type()) && one.granteeId() != share.granteeId())
            .count();
    if (limit != null && others >= limit) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", limit)
          .at("type", item.at("shared_with") + ".type")
          .message("Cannot share a record to more than " + limit + " " + share.type());
    }
  }

  /** The user can work, sees the module, and cannot do all of that anyway. */
  private void requireUseful(RecordChange change, Target target, Share share, Item item) {
    var metadata = target.metadata;
    long userId = share.granteeId();
    boolean useful =
        ShareSql.isConfirmed(change.tx(), metadata.org(), userId)
            && hasModule(metadata, userId, target.module)
            && !may(change, target, userId, share.grants());
    if (!useful) {
      throw item.invalid("shared_with").message("cannot share to the user");
    }
  }

  private boolean hasModule(Metadata metadata, long userId, Module module) {
    try {
      records.access().require(metadata, userId, Action.READ, module);
      return true;
    } catch (ApiError e) {
      return false;
    }
  }

  private boolean may(RecordChange change, Target target, long userId, Action action) {
    return !change
        .tx()
        .list(
            sql(
                    "select 1 from " + change.table(target.module) + " t where t.\"id\" = ? and",
                    target.recordId)
                .then(records.access().rows(target.metadata, userId, action, target.module)),
            row -> 1)
        .isEmpty();
  }

  /** The metadata knows to whom records are shared with their related lists. */
  private static void write(RecordChange change, Target target, Map<Long, Share> shares) {
    var org = target.metadata.org();
    ShareSql.delete(change.tx(), org, target.recordId);
    ShareSql.insert(change.tx(), org, target.recordId, target.module.id(), shares.values());
    List<Long> related =
        shares.values().stream().filter(Share::related).map(Share::granteeId).toList();
    boolean known =
        related.isEmpty()
            || target.metadata.people().seeRelatedOfEach(related)
                && Settings.isCurrent(change.tx(), org);
    if (!known) {
      Settings.changed(change.tx(), org);
      change.changedMetadata(true);
    }
  }

  private interface Work<T> {
    T with(RecordChange change, List<Share> before);
  }

  /**
   * Does {@code work} for a user who may share the record, which nobody has a share of any more
   * then: so what the user may do does not come from one.
   */
  private <T> T changeOwn(Target target, Work<T> work) {
    if (!Access.allows(
        target.metadata, target.userId, Action.permission("Share", target.module.apiName()))) {
      throw ErrorCode.NO_PERMISSION.error().message("permission denied - access the api");
    }
    return change(
        target,
        change -> {
          var org = target.metadata.org();
          List<Share> before = ShareSql.list(change.tx(), org, target.recordId);
          ShareSql.delete(change.tx(), org, target.recordId);
          if (!may(change, target, target.userId, Action.READ)) {
            throw ErrorCode.INVALID_DATA
                .error()
                .status(403)
                .message("Shared record cannot be shared to other users");
          }
          return work.with(change, before);
        });
  }

  /** Holds the record, which the user may read, during {@code work}. */
  private <T> T change(Target target, Function<RecordChange, T> work) {
    records.access().require(target.metadata, target.userId, Action.READ, target.module);
    return records.change(
        target.metadata,
        target.userId,
        Source.CRM_API,
        change -> {
          var held =
              change
                  .tx()
                  .list(
                      sql(
                              "select 1 from "
                                  + change.table(target.module)
                                  + " t where t.\"id\" = ? and",
                              target.recordId)
                          .then(change.rows(target.module, Action.READ))
                          .then("for update of t"),
                      row -> 1);
          if (held.isEmpty()) {
            throw ShareRoutes.unknownRecord();
          }
          return work.apply(change);
        });
  }
}
