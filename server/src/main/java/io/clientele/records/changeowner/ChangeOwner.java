package io.clientele.records.changeowner;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.Outcome;
import io.clientele.records.Outcome.Saved;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.ArrayList;
import java.util.List;

/** Gives records, and what is related to them, another owner. */
final class ChangeOwner {
  private static final Shape SHAPE = Shape.empty().flag("notify");

  private final Records records;

  ChangeOwner(Records records) {
    this.records = records;
  }

  /**
   * One outcome for each id.
   *
   * @param body owner, related_modules and notify
   * @throws io.clientele.error.ApiError what is wrong with the call as a whole
   */
  List<Outcome> change(Metadata metadata, Module module, long userId, Item body, List<Long> ids) {
    require(metadata, userId, module);
    long ownerId = NewOwner.id(body);
    SHAPE.check(body);
    RelatedModules related = RelatedModules.read(metadata, module, body);
    related
        .permissions()
        .forEach((other, permission) -> requirePermission(metadata, userId, permission));
    return records.change(
        metadata,
        userId,
        Source.CHANGE_OWNER,
        change -> {
          NewOwner.problem(change.tx(), metadata, ownerId)
              .ifPresent(
                  problem -> {
                    throw NewOwner.error(problem);
                  });
          NewOwner.requireView(metadata, ownerId, module);
          related
              .permissions()
              .keySet()
              .forEach(other -> NewOwner.requireView(metadata, ownerId, other));
          List<Outcome> outcomes = change.changeOwner(module, ids, ownerId);
          related.change(change, saved(ids, outcomes), ownerId);
          return outcomes;
        });
  }

  private static List<Long> saved(List<Long> ids, List<Outcome> outcomes) {
    var saved = new ArrayList<Long>();
    for (int i = 0; i < ids.size(); i++) {
      if (outcomes.get(i) instanceof Saved) {
        saved.add(ids.get(i));
      }
    }
    return saved;
  }

  private void require(Metadata metadata, long userId, Module module) {
    records.access().require(metadata, userId, Action.READ, module);
    requirePermission(metadata, userId, Action.permission("Change_Owner", module.apiName()));
  }

  private static void requirePermission(Metadata metadata, long userId, String permission) {
    if (!Access.allows(metadata, userId, permission)) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", List.of(permission))
          .message("You do not have permission to perform this operation");
    }
  }
}
