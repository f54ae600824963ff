package io.clientele.records.explain;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.access.Ground;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.UserName;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.records.RecordLocks;
import io.clientele.records.explain.Explanation.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database of one record by what it is open to a user: the conditions that every query of
 * the user has, side by side.
 */
final class Explain {
  private static final int OWNER = 1;
  private static final int LOCKED = 2;
  private static final int READABLE = 3;
  private static final int OPEN = 4;
  private static final int FIRST_GROUND = 5;

  private final Database database;
  private final ModuleTables tables;
  private final Access access;

  Explain(Database database, ModuleTables tables, Access access) {
    this.database = database;
    this.tables = tables;
    this.access = access;
  }

  /** What the one row says. */
  private record Row(
      @Nullable Long owner, boolean locked, boolean readable, boolean open, List<Ground> holding) {}

  /** Empty when there is no such record. */
  Optional<Explanation> of(
      Metadata metadata, UserName user, Action action, Module module, long recordId) {
    return find(metadata, user, action, module, recordId)
        .map(row -> explain(metadata, user, action, module, row));
  }

  private Optional<Row> find(
      Metadata metadata, UserName user, Action action, Module module, long recordId) {
    List<Ground> grounds = access.grounds(metadata, user.id(), action, module);
    Sql select =
        sql("select "
                + column(module, "Owner", "null::bigint")
                + ", "
                + column(module, "Locked__s", "false"))
            .then(condition(access.rows(metadata, user.id(), Action.READ, module)))
            .then(condition(access.rows(metadata, user.id(), action, module)));
    for (Ground ground : grounds) {
      select = select.then(condition(ground.rows()));
    }
    String table = tables.of(metadata, module);
    Sql statement = select.then("from " + table + " t where t.\"id\" = ?", recordId);
    return database.read(
        tx ->
            tx.find(
                statement,
                row -> {
                  List<Ground> holding = new ArrayList<>();
                  for (int i = 0; i < grounds.size(); i++) {
                    if (row.getBoolean(FIRST_GROUND + i)) {
                      holding.add(grounds.get(i));
                    }
                  }
                  return new Row(
                      (Long) row.getObject(OWNER),
                      row.getBoolean(LOCKED),
                      row.getBoolean(READABLE),
                      row.getBoolean(OPEN),
                      holding);
                }));
  }

  private static Sql condition(Sql rows) {
    return sql(", (").then(rows).then(")");
  }

  private static String column(Module module, String field, String otherwise) {
    return module
        .whole()
        .field(field)
        .filter(found -> found.stored().isPresent())
        .map(found -> "t." + Sql.identifier(found.column()))
        .orElse(otherwise);
  }

  private Explanation explain(
      Metadata metadata, UserName user, Action action, Module module, Row row) {
    var words = new ReasonWords(metadata, user, action, module, row.owner);
    var reasons = new ArrayList<Reason>();
    boolean may = user.active() && access.may(metadata, user.id(), action, module);
    reasons.add(words.profile(access.may(metadata, user.id(), action, module)));
    if (!user.active()) {
      reasons.add(words.inactive());
    }
    row.holding.forEach(ground -> reasons.add(words.ground(ground)));
    if (!row.open) {
      reasons.addAll(words.closed());
    }
    boolean stopped = row.locked && isStopped(metadata, user, action, module);
    if (stopped) {
      reasons.add(words.locked());
    }
    boolean visible = row.readable && access.may(metadata, user.id(), Action.READ, module);
    return new Explanation(may && row.open && !stopped, visible, row.owner, reasons);
  }

  private static boolean isStopped(Metadata metadata, UserName user, Action action, Module module) {
    return RecordLocking.of(metadata, module)
        .filter(
            locking ->
                switch (action) {
                  case READ, CREATE -> false;
                  case UPDATE -> true;
                  case DELETE -> locking.restrictedActions().contains("delete");
                })
        .filter(locking -> RecordLocks.stops(locking, metadata, user.id()))
        .isPresent();
  }
}
