package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may give records another owner. Reference: Change Owner. */
final class OwnerRules {
  private OwnerRules() {}

  /** Rejects rows that name another owner than their record has, from who may not change it. */
  static void check(RecordChange change, Module module, List<Draft> drafts) {
    String permission = Action.permission("Change_Owner", module.apiName());
    Optional<Field> owner = module.field("Owner").filter(field -> field.stored().isPresent());
    if (owner.isEmpty()
        || Access.allows(change.stamp().metadata(), change.stamp().userId(), permission)) {
      return;
    }
    List<Draft> naming =
        drafts.stream().filter(draft -> draft.values().containsKey(owner.get())).toList();
    Map<Long, Long> owners = owners(change, module, naming);
    for (Draft draft : naming) {
      Long before = owners.get(draft.requiredId());
      if (before != null && !before.equals(draft.values().get(owner.get()))) {
        draft.reject(
            ErrorCode.NO_PERMISSION
                .with("permissions", List.of(permission))
                .at("Owner", draft.path("Owner")));
      }
    }
  }

  private static Map<Long, Long> owners(RecordChange change, Module module, List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return Map.of();
    }
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    return change
        .tx()
        .list(
            sql(
                "select t.\"id\", t.\"owner\" from "
                    + change.table(module)
                    + " t where t.\"id\" = any(?) and t.\"owner\" is not null",
                (Object) ids),
            row -> Map.entry(row.getLong(1), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
