package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Settings;
import io.clientele.records.Draft.Child;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Creates and updates records: reads the rows, checks them, writes all good ones in one
 * transaction, and tells for each row what became of it. Reference: Insert Records, Update Records.
 */
final class Writes {
  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final Clock clock;

  Writes(Database database, MetadataCache cache, ModuleTables tables, Access access, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.clock = clock;
  }

  /** Adds the rows. */
  List<Outcome> create(Metadata metadata, Module module, long userId, JsonNode data) {
    access.require(metadata, userId, Action.CREATE, module);
    List<Draft> drafts = new DraftReader(metadata, module, true, userId).readAll(data);
    var work = new Work(metadata, module, userId, now());
    drafts.stream().filter(Draft::good).forEach(draft -> work.stampNew(module, draft));
    return work.run(
        drafts,
        (tx, good) -> {
          List<Draft> allowed = work.allowed(tx, good, true);
          work.insert(tx, module, allowed);
          work.writeChildren(tx, allowed);
        });
  }

  /** Changes the rows; those without an id or with one that is not there are rejected. */
  List<Outcome> update(Metadata metadata, Module module, long userId, JsonNode data) {
    access.require(metadata, userId, Action.UPDATE, module);
    List<Draft> drafts = new DraftReader(metadata, module, false, userId).readAll(data);
    for (Draft draft : drafts) {
      if (draft.good() && draft.id().isEmpty()) {
        draft.reject(ErrorCode.MANDATORY_NOT_FOUND.error().at("id", draft.path("id")));
      }
    }
    var work = new Work(metadata, module, userId, now());
    drafts.stream().filter(Draft::good).forEach(draft -> work.stampChanged(module, draft));
    return work.run(
        drafts,
        (tx, good) -> {
          String table = tables.of(metadata, module);
          LayoutRequirements.check(tx, table, module, good);
          new DealPipelines(module).check(tx, table, good);
          work.update(tx, work.allowed(tx, good.stream().filter(Draft::good).toList(), false));
          work.writeChildren(tx, good.stream().filter(Draft::good).toList());
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private interface Writing {
    void write(Transaction tx, List<Draft> good);
  }

  /** One call's work: what all its rows have in common. */
  private final class Work {
    private final Metadata metadata;
    private final Module module;
    private final long userId;
    private final Instant now;
    private final Map<Long, RowWriter.Updated> updated = new java.util.HashMap<>();

    Work(Metadata metadata, Module module, long userId, Instant now) {
      this.metadata = metadata;
      this.module = module;
      this.userId = userId;
      this.now = now;
    }

    List<Outcome> run(List<Draft> drafts, Writing writing) {
      tables.of(metadata, module);
      Children.fields(module)
          .forEach(field -> tables.of(metadata, Children.module(metadata, field)));
      boolean tagged =
          database.write(
              tx -> {
                drafts.forEach(Draft::restart);
                new References(metadata, tables, access, userId).check(tx, drafts);
                Children.check(
                    tx, tables, metadata, module, drafts.stream().filter(Draft::good).toList());
                new Uniques(metadata, module, tables.of(metadata, module))
                    .check(tx, drafts.stream().filter(Draft::good).toList());
                boolean added =
                    Tags.resolve(
                        tx, metadata, module, userId, drafts.stream().filter(Draft::good).toList());
                writing.write(tx, drafts.stream().filter(Draft::good).toList());
                return added;
              });
      if (tagged) {
        cache.changed(metadata.org().id());
      }
      return drafts.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Draft draft) {
      if (draft.error().isPresent()) {
        return new Rejected(draft.error().get());
      }
      long id = draft.requiredId();
      RowWriter.Updated row = updated.get(id);
      return row == null
          ? new Saved(id, now, userId, now, userId)
          : new Saved(id, row.createdTime(), row.createdBy(), now, userId);
    }

    /** Those whose values go together in their layouts. */
    List<Draft> allowed(Transaction tx, List<Draft> drafts, boolean creating) {
      new MapDependencies(metadata, tables, module).check(tx, drafts, creating);
      return drafts.stream().filter(Draft::good).toList();
    }

    void insert(Transaction tx, Module into, List<Draft> drafts) {
      Iterator<Long> ids = Settings.nextIds(tx, metadata.org(), drafts.size()).iterator();
      drafts.forEach(draft -> draft.setId(ids.next()));
      RowWriter.insert(tx, tables.of(metadata, into), drafts);
    }

    void update(Transaction tx, List<Draft> drafts) {
      Sql visible = access.rows(metadata, userId, Action.UPDATE, module);
      String history = history(module);
      updated.putAll(RowWriter.update(tx, tables.of(metadata, module), visible, history, drafts));
      for (Draft draft : drafts) {
        if (!updated.containsKey(draft.requiredId())) {
          draft.reject(
              ErrorCode.INVALID_DATA
                  .error()
                  .message("the id given seems to be invalid")
                  .at("id", draft.path("id")));
        }
      }
    }

    /**
     * Rows of subforms and links: new ones are added, known ones changed, marked ones or all
     * deleted.
     */
    void writeChildren(Transaction tx, List<Draft> parents) {
      for (Field field : Children.fields(module)) {
        Module child = Children.module(metadata, field);
        Field parentField = Children.parentField(metadata, field);
        List<Draft> added = new ArrayList<>();
        List<Draft> changed = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        List<Long> emptied = new ArrayList<>();
        for (Draft parent : parents) {
          List<Child> rows = parent.children().get(field);
          if (rows == null) {
            continue;
          }
          if (rows.isEmpty()) {
            emptied.add(parent.requiredId());
          }
          for (Child row : rows) {
            Draft draft = row.draft();
            draft.set(parentField, parent.requiredId());
            if (row.delete()) {
              draft.id().ifPresent(deleted::add);
            } else if (draft.id().isPresent()) {
              stampChanged(child, draft);
              changed.add(draft);
            } else {
              stampNew(child, draft);
              added.add(draft);
            }
          }
        }
        insert(tx, child, added);
        String table = tables.of(metadata, child);
        RowWriter.update(tx, table, Sql.TRUE, history(child), changed);
        var stamp = new DeleteRecords.Stamp(metadata, userId, now);
        DeleteRecords.move(
            tx, table, child, among("t.\"id\"", deleted), Optional.of(parentField), stamp);
        String parentColumn = "t." + Sql.identifier(parentField.column());
        DeleteRecords.move(
            tx, table, child, among(parentColumn, emptied), Optional.of(parentField), stamp);
      }
    }

    private static Sql among(String column, List<Long> ids) {
      return Sql.sql(column + " = any(?)", (Object) ids.toArray(Long[]::new));
    }

    void stampNew(Module of, Draft draft) {
      Stamps.created(of, draft, userId, now);
    }

    void stampChanged(Module of, Draft draft) {
      Stamps.changed(of, draft, userId, now);
    }
  }

  /** Who made a row and when; unknown where the module does not keep it. */
  private static String history(Module module) {
    String time =
        module.field("Created_Time").isPresent()
            ? "extract(epoch from t.\"created_time\")::bigint"
            : "0::bigint";
    String author = module.field("Created_By").isPresent() ? "t.\"created_by\"" : "0::bigint";
    return time + ", " + author;
  }
}
