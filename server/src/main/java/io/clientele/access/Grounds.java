package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Ground.Kind;
import io.clientele.access.RowAccess.Reason;
import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.People;
import io.clientele.metadata.Territory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes apart what {@link RowAccess} puts together, so that it can be said why a row is open. */
final class Grounds {
  private final RowAccess rows;
  private final RuleCriteria criteria;

  Grounds(RowAccess rows, RuleCriteria criteria) {
    this.rows = rows;
    this.criteria = criteria;
  }

  List<Ground> of(Metadata metadata, long userId, Action action, Module module, String alias) {
    if (Standing.of(metadata, userId).administrator()) {
      return List.of(new Ground(Kind.ADMINISTRATOR, "", Sql.TRUE));
    }
    if (!ShareType.applies(module)) {
      Sql open = rows.of(metadata, userId, action, module, alias);
      return List.of(new Ground(Kind.PARENT, "", open));
    }
    var grounds = new ArrayList<Ground>();
    if (ShareType.of(metadata, module).allows(action)) {
      grounds.add(new Ground(Kind.DEFAULT, "", Sql.TRUE));
    }
    People people = metadata.people();
    grounds.add(owned(Kind.OWNER, "", Set.of(userId), alias));
    grounds.add(owned(Kind.SUBORDINATE, "", people.subordinates(userId), alias));
    grounds.add(owned(Kind.PEER, "", people.peers(userId), alias));
    for (SharingRule rule : SharingRule.of(metadata, module)) {
      if (rule.allows(metadata, userId, action)) {
        grounds.add(rule(metadata, userId, module, rule, alias));
      }
    }
    rows.reasons(metadata, userId, action, module, alias)
        .forEach((reason, sql) -> other(metadata, userId, action, reason, sql, grounds));
    return grounds;
  }

  private Ground rule(
      Metadata metadata, long userId, Module module, SharingRule rule, String alias) {
    return rule.isOfOwners()
        ? owned(Kind.OWNER_RULE, rule.name(), metadata.people().members(rule.from()), alias)
        : new Ground(
            Kind.CRITERIA_RULE,
            rule.name(),
            criteria.of(metadata.whole(), module.whole(), rule.criteria(), userId, alias));
  }

  private static Ground owned(Kind kind, String name, Set<Long> owners, String alias) {
    return new Ground(
        kind, name, sql(alias + ".\"owner\" = any(?)", (Object) owners.toArray(Long[]::new)));
  }

  /** Owners and rules are taken apart before. */
  private static void other(
      Metadata metadata,
      long userId,
      Action action,
      Reason reason,
      Sql rows,
      List<Ground> grounds) {
    if (reason == Reason.TERRITORY) {
      Standing standing = Standing.of(metadata, userId);
      List<Long> open = action == Action.READ ? standing.territories() : standing.writable();
      String names =
          String.join(
              ", ",
              open.stream()
                  .map(metadata.people().territories()::get)
                  .map(Territory::name)
                  .toList());
      grounds.add(new Ground(Kind.TERRITORY, names, rows));
    } else if (reason == Reason.SHARE) {
      grounds.add(new Ground(Kind.SHARE, "", rows));
    }
  }
}
