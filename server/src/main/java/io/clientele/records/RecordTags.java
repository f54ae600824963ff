package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Tag;
import io.clientele.metadata.tags.ModuleTags;
import io.clientele.metadata.tags.TagRules;
import io.clientele.records.TagRequest.Named;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Adds tags to records and takes them off. A record whose tags stay as they are keeps its modified
 * time. References: Add Tags to Records, Remove Tags from Records.
 */
final class RecordTags {
  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final Clock clock;

  RecordTags(
      Database database, MetadataCache cache, ModuleTables tables, Access access, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.clock = clock;
  }

  /** What became of a record: the tags it has now, or what was wrong. */
  record Result(String id, Collection<Tag> tags, Optional<ApiError> error) {
    private static Result of(String id, ApiError error) {
      return new Result(id, List.of(), Optional.of(error));
    }
  }

  /** What the tags of a record become. */
  private interface Change {
    SequencedSet<Tag> of(SequencedSet<Tag> tags);
  }

  /** Adds the tags to each record; names that are new in the module become tags. */
  List<Result> add(
      Metadata metadata,
      Module module,
      long userId,
      List<String> ids,
      List<Named> tags,
      boolean replace) {
    return change(
        metadata,
        module,
        userId,
        ids,
        known -> {
          known.prepare(tags.stream().filter(tag -> tag.id() == null).map(Named::name).toList());
          SequencedSet<Tag> wanted = new LinkedHashSet<>();
          tags.forEach(tag -> wanted.add(known(known, tag)));
          return had -> {
            SequencedSet<Tag> now = new LinkedHashSet<>(replace ? List.of() : had);
            now.addAll(wanted);
            return now;
          };
        });
  }

  /** Takes the tags off each record; those that are no tags are passed over. */
  List<Result> remove(
      Metadata metadata, Module module, long userId, List<String> ids, List<Named> tags) {
    return change(
        metadata,
        module,
        userId,
        ids,
        known -> {
          var unwanted = new LinkedHashSet<Tag>();
          tags.forEach(
              tag ->
                  (tag.id() == null ? known.find(tag.name()) : known.find(tag.id()))
                      .ifPresent(unwanted::add));
          return had -> {
            SequencedSet<Tag> now = new LinkedHashSet<>(had);
            now.removeAll(unwanted);
            return now;
          };
        });
  }

  private interface Plan {
    Change of(ModuleTags known);
  }

  private List<Result> change(
      Metadata metadata, Module module, long userId, List<String> ids, Plan plan) {
    TagRules.requireTags(module);
    TagRules.requirePermission(metadata, userId, module);
    String table = tables.of(metadata, module);
    Sql visible = access.rows(metadata, userId, Action.UPDATE, module);
    Made made =
        database.write(
            tx -> {
              try {
                return tx.part(
                    () -> {
                      var known = new ModuleTags(tx, metadata, module, userId);
                      var work = new Work(tx, table, module, visible, userId, known);
                      return NothingKept.check(
                          new Made(work.run(ids, plan.of(known)), known.added()));
                    });
              } catch (NothingKept e) {
                return new Made(e.results, false);
              }
            });
    if (made.added) {
      cache.changed(metadata.org().id());
    }
    return made.results;
  }

  private record Made(List<Result> results, boolean added) {}

  /** Undoes the new tags of a call whose records were all refused. */
  private static final class NothingKept extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Result> results;

    private NothingKept(List<Result> results) {
      super(null, null, false, false);
      this.results = results;
    }

    static Made check(Made made) {
      if (made.added && made.results.stream().allMatch(result -> result.error().isPresent())) {
        throw new NothingKept(made.results);
      }
      return made;
    }
  }

  /** One call's work in its transaction. */
  private final class Work {
    private final Transaction tx;
    private final String table;
    private final Module module;
    private final Sql visible;
    private final long userId;
    private final ModuleTags known;
    private final Field field;

    Work(Transaction tx, String table, Module module, Sql visible, long userId, ModuleTags known) {
      this.tx = tx;
      this.table = table;
      this.module = module;
      this.visible = visible;
      this.userId = userId;
      this.known = known;
      field = module.field("Tag").orElseThrow();
    }

    List<Result> run(List<String> ids, Change change) {
      Map<Long, SequencedSet<Tag>> had = read(ids);
      var results = new ArrayList<Result>();
      var changed = new ArrayList<Draft>();
      for (String id : ids) {
        String path = "$.ids[" + results.size() + "]";
        SequencedSet<Tag> before = ListQuery.isId(id) ? had.get(Long.valueOf(id)) : null;
        if (before == null) {
          results.add(Result.of(id, ErrorCode.INVALID_DATA.error().at("ids", path)));
          continue;
        }
        SequencedSet<Tag> after = change.of(before);
        if (after.size() > TagRules.RECORD_LIMIT && !before.containsAll(after)) {
          results.add(Result.of(id, Tags.tooMany("tags", "$.tags")));
          continue;
        }
        if (!after.equals(before)) {
          had.put(Long.valueOf(id), after);
          changed.add(draft(Long.parseLong(id), path, after));
        }
        results.add(new Result(id, after, Optional.empty()));
      }
      RowWriter.update(tx, table, visible, "0::bigint, 0::bigint", changed);
      return results;
    }

    /** The tags of the records that are there, locked until they are written. */
    private Map<Long, SequencedSet<Tag>> read(List<String> ids) {
      Long[] numbers =
          ids.stream().filter(ListQuery::isId).map(Long::valueOf).distinct().toArray(Long[]::new);
      Sql statement =
          sql(
                  "select t.\"id\", t."
                      + Sql.identifier(field.column())
                      + " from "
                      + table
                      + " t where t.\"id\" = any(?) and",
                  (Object) numbers)
              .then(visible)
              .then("order by t.\"id\" for update of t");
      var rows = new HashMap<Long, SequencedSet<Tag>>();
      tx.stream(
          statement,
          row -> {
            while (row.next()) {
              SequencedSet<Tag> tags = new LinkedHashSet<>();
              java.sql.Array array = row.getArray(2);
              if (array != null) {
                // an id that is no tag's is that of a deleted one
                for (Long id : (Long[]) array.getArray()) {
                  known.find(id).ifPresent(tags::add);
                }
              }
              rows.put(row.getLong(1), tags);
            }
          });
      return rows;
    }

    private Draft draft(long id, String path, Collection<Tag> tags) {
      var draft = new Draft(path);
      draft.setId(id);
      draft.set(field, tags.isEmpty() ? null : Tags.column(tags));
      Stamps.changed(module, draft, userId, clock.instant().truncatedTo(ChronoUnit.SECONDS));
      return draft;
    }
  }

  private static Tag known(ModuleTags known, Named named) {
    if (named.id() != null) {
      return known
          .find(named.id())
          .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", named.path() + ".id"));
    }
    Tag tag = known.require(named.name(), named.colorCode());
    if (named.colorCode() != null && !named.colorCode().equalsIgnoreCase(tag.colorCode())) {
      throw ErrorCode.MAPPING_MISMATCH
          .error()
          .message("Given tag present with different color already.")
          .at("color_code", named.path() + ".color_code");
    }
    return tag;
  }
}
