package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Tag;
import io.clientele.metadata.tags.ModuleTags;
import io.clientele.metadata.tags.TagRules;
import io.clientele.records.TagRequest.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Adds tags to records and takes them off. A record whose tags stay as they are keeps its modified
 * time. References: Add Tags to Records, Remove Tags from Records.
 */
final class RecordTags {
  private final Records records;

  RecordTags(Records records) {
    this.records = records;
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
    return records.change(
        metadata,
        userId,
        Source.CRM_API,
        change -> {
          try {
            return change
                .tx()
                .part(
                    () -> {
                      var known = new ModuleTags(change.tx(), metadata, module, userId);
                      var results = new Work(change, module, known).run(ids, plan.of(known));
                      NothingKept.check(results, known.added());
                      change.changedMetadata(known.added());
                      return results;
                    });
          } catch (NothingKept e) {
            return e.results;
          }
        });
  }

  /** Undoes the new tags of a call whose records were all refused. */
  private static final class NothingKept extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Result> results;

    private NothingKept(List<Result> results) {
      super(null, null, false, false);
      this.results = results;
    }

    static void check(List<Result> results, boolean added) {
      if (added && results.stream().allMatch(result -> result.error().isPresent())) {
        throw new NothingKept(results);
      }
    }
  }

  /** One call's work in its transaction. */
  private static final class Work {
    private final RecordChange change;
    private final Module module;
    private final ModuleTags known;
    private final Field field;

    Work(RecordChange change, Module module, ModuleTags known) {
      this.change = change;
      this.module = module;
      this.known = known;
      field = module.field("Tag").orElseThrow();
    }

    List<Result> run(List<String> ids, Change plan) {
      Map<Long, SequencedSet<Tag>> had = read(ids);
      Set<Long> locked = change.locks(module).stopped(LockedAction.TAGS, had.keySet());
      var results = new ArrayList<Result>();
      var changed = new ArrayList<Draft>();
      for (String id : ids) {
        String path = "$.ids[" + results.size() + "]";
        SequencedSet<Tag> before = ListQuery.isId(id) ? had.get(Long.valueOf(id)) : null;
        if (before == null) {
          results.add(Result.of(id, ErrorCode.INVALID_DATA.error().at("ids", path)));
          continue;
        }
        if (locked.contains(Long.valueOf(id))) {
          results.add(Result.of(id, RecordLocks.error(Long.parseLong(id))));
          continue;
        }
        SequencedSet<Tag> after = plan.of(before);
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
      change.write(module, changed, change.rows(module, Action.UPDATE));
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
                      + change.table(module)
                      + " t where t.\"id\" = any(?) and",
                  (Object) numbers)
              .then(change.rows(module, Action.UPDATE))
              .then("order by t.\"id\" for update of t");
      var rows = new HashMap<Long, SequencedSet<Tag>>();
      change.tx().stream(
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
      Stamps.changed(module, draft, change.stamp().userId(), change.stamp().now());
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
