package io.clientele.access;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.RulesColumn;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Which rows of a module a user may do something with, as one condition. What depends on the org
 * alone (roles, groups, rules, territories) is worked out from its metadata; only what depends on
 * the row is left to the database, so nothing of a row is rewritten when the org changes.
 */
final class RowAccess {
  private static final Sql NOTHING = sql("false");

  private final ModuleTables tables;
  private final RuleCriteria criteria;

  RowAccess(ModuleTables tables, RuleCriteria criteria) {
    this.tables = tables;
    this.criteria = criteria;
  }

  /**
   * The condition on the module's table with that alias. Who has no right to the module has none to
   * its rows, so what belongs to them, such as notes, is closed too.
   */
  Sql of(Metadata metadata, long userId, Action action, Module module, String alias) {
    if (action == Action.CREATE || Standing.of(metadata, userId).administrator()) {
      return Sql.TRUE;
    }
    if (!Access.hasRight(metadata, userId, action, module)) {
      return NOTHING;
    }
    if (!module.unionOf().isEmpty()) {
      return combined(metadata, userId, action, module, alias);
    }
    if (ShareType.applies(module)) {
      return ShareType.of(metadata, module).allows(action)
          ? Sql.TRUE
          : any(reasons(metadata, userId, action, module, alias).values());
    }
    return dependent(metadata, userId, action, module, alias);
  }

  /** Whether it depends on the row: the module's records have owners and are not open to all. */
  boolean isByReasons(Metadata metadata, long userId, Action action, Module module) {
    return action != Action.CREATE
        && !Standing.of(metadata, userId).administrator()
        && Access.hasRight(metadata, userId, action, module)
        && ShareType.applies(module)
        && !ShareType.of(metadata, module).allows(action);
  }

  /**
   * The conditions that {@link #of} puts together, one by one where their indexes are less to read
   * than one of all records.
   */
  List<Sql> arms(Metadata metadata, long userId, Action action, Module module, String alias) {
    if (!isByReasons(metadata, userId, action, module)) {
      return List.of();
    }
    Collection<Sql> reasons = reasons(metadata, userId, action, module, alias).values();
    int owners = Openings.of(metadata, userId, action, module).owners().size();
    return owners * 2 > metadata.userNames().size() ? List.of(any(reasons)) : List.copyOf(reasons);
  }

  /**
   * By what a row of a module that is not public is open to the user. Each condition alone can be
   * looked up in an index of the table, except criteria of rules that are not yet labels.
   */
  SequencedMap<Reason, Sql> reasons(
      Metadata metadata, long userId, Action action, Module module, String alias) {
    return reasons(metadata, userId, action, module, alias, false);
  }

  /**
   * The same.
   *
   * @param hidden whether arrays are kept from the planner, so that one plan serves all users
   */
  SequencedMap<Reason, Sql> reasons(
      Metadata metadata, long userId, Action action, Module module, String alias, boolean hidden) {
    Standing standing = Standing.of(metadata, userId);
    Openings open = Openings.of(metadata, userId, action, module);
    var reasons = new LinkedHashMap<Reason, Sql>();
    Sql owner = sql(alias + ".\"owner\"");
    reasons.put(
        Reason.OWNER,
        hidden
            ? owner.then("in (select unnest(").then(hidden(open.owners())).then("))")
            : owner.then("= any(").then(array(open.owners(), false)).then(")"));
    territory(metadata, userId, action, module, alias, hidden)
        .ifPresent(rows -> reasons.put(Reason.TERRITORY, rows));
    if (!open.labels().isEmpty()) {
      reasons.put(
          Reason.LABEL,
          sql(alias + "." + RulesColumn.NAME + " &&").then(array(open.labels(), hidden)));
    }
    Sql shared = sharedIds(metadata, standing, action, module, hidden);
    reasons.put(Reason.SHARE, sql(alias + ".\"id\" in (").then(shared).then(")"));
    criteria(metadata, userId, action, module, alias)
        .ifPresent(rows -> reasons.put(Reason.CRITERIA, rows));
    return reasons;
  }

  /** The rows in territories of the user; empty when there are none. */
  Optional<Sql> territory(
      Metadata metadata, long userId, Action action, Module module, String alias, boolean hidden) {
    Standing standing = Standing.of(metadata, userId);
    List<Long> territories = action == Action.READ ? standing.territories() : standing.writable();
    return territoryColumn(module)
        .filter(column -> !territories.isEmpty())
        .map(column -> sql(alias + "." + column + " &&").then(array(territories, hidden)));
  }

  /** The rows that meet criteria of rules without labels; empty when there are no such rules. */
  Optional<Sql> criteria(
      Metadata metadata, long userId, Action action, Module module, String alias) {
    List<JsonNode> open = Openings.of(metadata, userId, action, module).criteria();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            any(
                open.stream()
                    .map(one -> criteria.of(metadata.whole(), module.whole(), one, userId, alias))
                    .toList()));
  }

  /** What can open a row. */
  enum Reason {
    OWNER,
    TERRITORY,
    LABEL,
    SHARE,
    CRITERIA
  }

  /** Ids as one bind that the planner does not look into. */
  static Sql hidden(List<Long> ids) {
    return array(ids, true);
  }

  private static Sql array(List<Long> ids, boolean hidden) {
    return sql(hidden ? "(select ?::bigint[])::bigint[]" : "?", (Object) ids.toArray(Long[]::new));
  }

  /** The column of the ids of a record's territories; empty where the module has none. */
  static Optional<String> territoryColumn(Module module) {
    return module.whole().fields().stream()
        .filter(field -> field.dataType().equals("territories"))
        .filter(field -> field.stored().isPresent())
        .findFirst()
        .map(field -> Sql.identifier(field.column()));
  }

  /** Shared itself, or with a record it looks up that was shared with its related lists. */
  private Sql sharedIds(
      Metadata metadata, Standing standing, Action action, Module module, boolean hidden) {
    Sql ids =
        sql("select s.record_id from " + metadata.org().table("record_share") + " s where")
            .then(granted(standing, action, hidden))
            .then("and s.module_id = ?", module.id());
    return relatedIds(metadata, standing, action, module, hidden)
        .map(related -> ids.then("union all").then(related))
        .orElse(ids);
  }

  /**
   * The ids {@code c.id} of records of which a lookup names a shared one; empty without lookups, or
   * if nobody shared such a record with the user.
   */
  Optional<Sql> relatedIds(
      Metadata metadata, Standing standing, Action action, Module module, boolean hidden) {
    return metadata.people().seeRelated(standing.principals())
        ? relatedIds(metadata, module, granted(standing, action, hidden))
        : Optional.empty();
  }

  /**
   * The same.
   *
   * @param granted the condition on the share, aliased {@code s}
   */
  Optional<Sql> relatedIds(Metadata metadata, Module module, Sql granted) {
    String lookups =
        metadata.remember(new Lookups(module.id()), () -> rowsByLookup(metadata, module));
    String shares = metadata.org().table("record_share") + " s";
    return lookups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            sql("select c.id from " + shares + " cross join lateral (" + lookups + ") c(id)")
                .then("where s.related and")
                .then(granted));
  }

  private record Lookups(long moduleId) {}

  private String rowsByLookup(Metadata metadata, Module module) {
    return module.whole().fields().stream()
        .filter(RowAccess::isLookup)
        .map(field -> " c where c." + Sql.identifier(field.column()) + " = s.record_id")
        .map(where -> "select c.\"id\" from " + tables.of(metadata, module) + where)
        .collect(Collectors.joining(" union all "));
  }

  private static Sql granted(Standing standing, Action action, boolean hidden) {
    return sql("s.grantee_id = any(")
        .then(array(standing.principals(), hidden))
        .then(")" + permissions(action));
  }

  private static boolean isLookup(Field field) {
    return field.stored().isPresent()
        && (field.type() instanceof MultiModuleLookupType
            || field.dataType().equals("lookup") && !field.modules().isEmpty());
  }

  private static String permissions(Action action) {
    return switch (action) {
      case READ, CREATE -> "";
      case UPDATE -> " and s.permission in ('read_write', 'full_access')";
      case DELETE -> " and s.permission = 'full_access'";
    };
  }

  /** The rows of the modules that a combined module shows, each by its own module's condition. */
  private Sql combined(
      Metadata metadata, long userId, Action action, Module combined, String alias) {
    List<Sql> parts = new ArrayList<>();
    boolean all = true;
    for (String name : combined.unionOf()) {
      Sql open = record(metadata, userId, action, metadata.get(name), alias, alias + ".\"id\"");
      all &= open.equals(Sql.TRUE);
      parts.add(sql(alias + ".\"activity_type\" = ?", name).and(open));
    }
    return all ? Sql.TRUE : any(parts);
  }

  /** Whether the record of that id is open; {@code alias} is taken. */
  private Sql record(
      Metadata metadata, long userId, Action action, Module module, String alias, String id) {
    String inner = alias.equals("p") ? "q" : "p";
    Sql rows = of(metadata, userId, action, module, inner);
    if (rows.equals(Sql.TRUE)) {
      return rows;
    }
    String table = tables.of(metadata, module);
    return sql("exists (select from %1$s %2$s where %2$s.\"id\" = ".formatted(table, inner) + id)
        .and(rows)
        .then(")");
  }

  /** What of the module was deleted is judged by the row it was. */
  Sql deleted(Metadata metadata, long userId, Module module, String alias) {
    List<Sql> parts = new ArrayList<>();
    List<String> names = module.unionOf().isEmpty() ? List.of(module.apiName()) : module.unionOf();
    boolean all = true;
    for (String name : names) {
      Module part = metadata.get(name);
      Sql rows = gone(metadata, userId, part, "r");
      all &= rows.equals(Sql.TRUE);
      Sql isOfPart = sql(alias + ".module_id = ?", part.id());
      parts.add(
          rows.equals(Sql.TRUE)
              ? isOfPart
              : isOfPart
                  .and(
                      sql(
                          "exists (select from jsonb_populate_record(null::"
                              + tables.of(metadata, part)
                              + ", "
                              + "%1$s.body || jsonb_build_object('owner', %1$s.owner_id)) r where"
                                  .formatted(alias)))
                  .then(rows)
                  .then(")"));
    }
    return all
        ? Sql.TRUE
        : sql("(" + alias + ".deleted_by = ? or", userId).then(any(parts)).then(")");
  }

  /** The condition on a row that is no longer in its table, so shares ask the row itself. */
  private Sql gone(Metadata metadata, long userId, Module module, String alias) {
    if (arms(metadata, userId, Action.READ, module, alias).isEmpty()) {
      return of(metadata, userId, Action.READ, module, alias);
    }
    SequencedMap<Reason, Sql> reasons = reasons(metadata, userId, Action.READ, module, alias);
    String lookups =
        module.whole().fields().stream()
            .filter(RowAccess::isLookup)
            .map(field -> alias + "." + Sql.identifier(field.column()))
            .collect(Collectors.joining(", ", "array[", "]::bigint[]"));
    reasons.put(
        Reason.SHARE,
        sql(
            "exists (select from %1$s s where s.grantee_id = any(?) and (s.record_id = %2$s.\"id\" or"
                    .formatted(metadata.org().table("record_share"), alias)
                + " s.related and s.record_id = any("
                + lookups
                + ")))",
            (Object) Standing.of(metadata, userId).principals().toArray(Long[]::new)));
    return any(reasons.values());
  }

  /**
   * What belongs to a record is open to who may read that record, and changed by who may change it;
   * notes and attachments also by their owners.
   */
  private Sql dependent(
      Metadata metadata, long userId, Action action, Module module, String alias) {
    Action onParent = action == Action.READ ? Action.READ : Action.UPDATE;
    Sql open = Sql.TRUE;
    for (Field field : parents(module.whole())) {
      open = open.and(parent(metadata, userId, onParent, field, alias));
    }
    if (open.equals(Sql.TRUE) || module.whole().field("Owner").isEmpty()) {
      return open;
    }
    Long[] owners = ids(Standing.of(metadata, userId).owners());
    return any(List.of(sql(alias + ".\"owner\" = any(?)", (Object) owners), open));
  }

  /** The lookups to the records that rows of the module belong to. */
  private static List<Field> parents(Module module) {
    Stream<String> names =
        switch (module.generatedType()) {
          case "subform" -> Stream.of(module.parentField());
          case "linking" -> module.definition().path("links").valueStream().map(JsonNode::asString);
          case "field_tracker" ->
              module.fields().stream()
                  .filter(field -> field.dataType().equals("lookup"))
                  .map(Field::apiName)
                  .limit(1);
          default -> Stream.of("Parent_Id");
        };
    return names.flatMap(name -> module.field(name).stream()).filter(RowAccess::isLookup).toList();
  }

  private Sql parent(Metadata metadata, long userId, Action action, Field field, String alias) {
    String column = alias + "." + Sql.identifier(field.column());
    boolean several = field.type() instanceof MultiModuleLookupType;
    var cases = new ArrayList<Sql>();
    for (String name : field.modules()) {
      Module module = metadata.find(name).filter(Module::hasTable).orElse(null);
      Sql open =
          module == null ? Sql.TRUE : record(metadata, userId, action, module, alias, column);
      if (module != null && !open.equals(Sql.TRUE)) {
        cases.add(several ? sql("when ? then", module.id()).then(open) : open);
      }
    }
    if (cases.isEmpty() || !several) {
      return cases.isEmpty() ? Sql.TRUE : cases.getFirst();
    }
    return sql("case " + alias + "." + Sql.identifier(MultiModuleLookupType.moduleColumn(field)))
        .then(Sql.join(" ", cases))
        .then("else true end");
  }

  private static Long[] ids(Set<Long> ids) {
    return ids.stream().sorted().toArray(Long[]::new);
  }

  static Sql any(Collection<Sql> parts) {
    if (parts.isEmpty()) {
      return NOTHING;
    }
    Sql all = Sql.join(" or ", List.copyOf(parts));
    return new Sql("(" + all.text() + ")", all.binds());
  }
}
