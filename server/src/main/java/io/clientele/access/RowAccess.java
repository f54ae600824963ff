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

  /** Whose records a user sees who sees those of fewer than one in so many are few. */
  private static final int FEW = 20;

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

  /** Whether the user sees the records of many, and so soon finds a page along the ids. */
  private static boolean seesMany(Metadata metadata, Openings open) {
    return open.owners().size() * FEW > metadata.userNames().size();
  }

  /** The conditions that {@link #of} puts together, one by one for who sees the records of few. */
  List<Sql> arms(Metadata metadata, long userId, Action action, Module module, String alias) {
    if (!isByReasons(metadata, userId, action, module)) {
      return List.of();
    }
    Collection<Sql> reasons = reasons(metadata, userId, action, module, alias).values();
    return seesMany(metadata, Openings.of(metadata, userId, action, module))
        ? List.of(any(reasons))
        : List.copyOf(reasons);
  }

  /**
   * By what a row of a module that is not public is open to the user. Each condition alone can be
   * looked up in an index of the table, except criteria of rules that are not yet labels.
   */
  SequencedMap<Reason, Sql> reasons(
      Metadata metadata, long userId, Action action, Module module, String alias) {
    Standing standing = Standing.of(metadata, userId);
    Openings open = Openings.of(metadata, userId, action, module);
    var reasons = new LinkedHashMap<Reason, Sql>();
    reasons.put(
        Reason.OWNER,
        sql(alias + ".\"owner\" = any(?)", (Object) open.owners().toArray(Long[]::new)));
    List<Long> territories = action == Action.READ ? standing.territories() : standing.writable();
    territoryColumn(module)
        .filter(column -> !territories.isEmpty())
        .ifPresent(
            column -> reasons.put(Reason.TERRITORY, overlaps(alias + "." + column, territories)));
    if (!open.labels().isEmpty()) {
      reasons.put(Reason.LABEL, overlaps(alias + "." + RulesColumn.NAME, open.labels()));
    }
    Sql shared = sharedIds(metadata, standing, action, module);
    reasons.put(Reason.SHARE, sql(alias + ".\"id\" in (").then(shared).then(")"));
    if (!open.criteria().isEmpty()) {
      reasons.put(
          Reason.CRITERIA,
          any(
              open.criteria().stream()
                  .map(one -> criteria.of(metadata.whole(), module.whole(), one, userId, alias))
                  .toList()));
    }
    return reasons;
  }

  /** What can open a row. */
  enum Reason {
    OWNER,
    TERRITORY,
    LABEL,
    SHARE,
    CRITERIA
  }

  private static Sql overlaps(String column, List<Long> ids) {
    return sql(column + " && ?", (Object) ids.toArray(Long[]::new));
  }

  private static Optional<String> territoryColumn(Module module) {
    return module.whole().fields().stream()
        .filter(field -> field.dataType().equals("territories"))
        .filter(field -> field.stored().isPresent())
        .findFirst()
        .map(field -> Sql.identifier(field.column()));
  }

  /**
   * Ids among which are those of the first rows that {@link #of} and {@code asked} show in an order
   * of ids. The owners are kept from the planner, so that it makes one plan for all users and not
   * one for each call, which would take longer than the query.
   *
   * @param asked on the table aliased t
   * @param order of the ids of t
   */
  Sql firstIds(
      Metadata metadata,
      long userId,
      Action action,
      Module module,
      Sql asked,
      Sql order,
      int rows) {
    Sql ids = sql("(select t.\"id\" from " + tables.of(metadata, module) + " t where");
    Sql end = asked.then(order).then("limit ?)", rows);
    SequencedMap<Reason, Sql> reasons = reasons(metadata, userId, action, module, Access.TABLE);
    Openings open = Openings.of(metadata, userId, action, module);
    Long[] owners = open.owners().toArray(Long[]::new);
    if (seesMany(metadata, open)) {
      reasons.put(
          Reason.OWNER,
          sql("t.\"owner\" in (select unnest((select ?::bigint[])))", (Object) owners));
      return ids.then(any(reasons.values())).then("and").then(end);
    }
    List<Sql> arms = new ArrayList<>();
    reasons.forEach(
        (reason, rowsOf) ->
            arms.add(
                switch (reason) {
                  case OWNER ->
                      sql(
                              "(select x.id from unnest((select ?::bigint[])) o(id) cross join lateral",
                              (Object) owners)
                          .then(ids)
                          .then("t.\"owner\" = o.id and")
                          .then(end)
                          .then("x)");
                  case SHARE ->
                      sql("(")
                          .then(sharedIds(metadata, Standing.of(metadata, userId), action, module))
                          .then(")");
                  case TERRITORY, LABEL, CRITERIA -> ids.then(rowsOf).then("and").then(end);
                }));
    return Sql.join(" union ", arms);
  }

  /** Shared itself, or with a record it looks up that was shared with its related lists. */
  private Sql sharedIds(Metadata metadata, Standing standing, Action action, Module module) {
    Long[] principals = standing.principals().toArray(Long[]::new);
    String shares = metadata.org().table("record_share") + " s";
    String granted = "s.grantee_id = any(?)" + permissions(action);
    Sql ids =
        sql("select s.record_id from " + shares + " where " + granted, (Object) principals)
            .then("and s.module_id = ?", module.id());
    for (Field field : module.whole().fields()) {
      if (isLookup(field)) {
        ids =
            ids.then("union all select c.\"id\" from " + shares)
                .then("join " + tables.of(metadata, module) + " c")
                .then("on c." + Sql.identifier(field.column()) + " = s.record_id")
                .then("where s.related and " + granted, (Object) principals);
      }
    }
    return ids;
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

  private static Sql any(Collection<Sql> parts) {
    if (parts.isEmpty()) {
      return NOTHING;
    }
    Sql all = Sql.join(" or ", List.copyOf(parts));
    return new Sql("(" + all.text() + ")", all.binds());
  }
}
