package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.SearchColumn;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.formula.FormulaFields;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The criteria of a view, {@code {"field":…,"comparator":…,"value":…}} nested in {@code
 * {"group_operator":…,"group": […]}}, as a condition on the module's table. A criterion that names
 * nothing known selects no row.
 */
public final class CriteriaSql {
  private static final Sql NOTHING = sql("false");

  private final ModuleTables tables;
  private final Clock clock;
  private final boolean searching;

  private CriteriaSql(ModuleTables tables, Clock clock, boolean searching) {
    this.tables = tables;
    this.clock = clock;
    this.searching = searching;
  }

  CriteriaSql(ModuleTables tables, Clock clock) {
    this(tables, clock, false);
  }

  /** For the criteria of sharing rules. */
  public static CriteriaSql forRules(ModuleTables tables, Clock clock) {
    return new CriteriaSql(tables, clock);
  }

  /** Looks up texts in the index of searches. */
  public static CriteriaSql forSearches(ModuleTables tables, Clock clock) {
    return new CriteriaSql(tables, clock, true);
  }

  /** The rows that a view shows to a user. */
  public Sql of(Metadata metadata, Module module, CustomView view, long userId) {
    Sql where = of(metadata, module, view.criteria(), userId, "t");
    for (JsonNode filter : view.definition().path("cross_filters")) {
      where = where.and(related(metadata, module, filter, userId));
    }
    return where;
  }

  /** The condition on the table with that alias; always true for no criteria. */
  public Sql of(Metadata metadata, Module module, JsonNode criteria, long userId, String alias) {
    if (criteria.path("group").isArray()) {
      List<Sql> parts = new ArrayList<>();
      for (JsonNode part : criteria.path("group")) {
        parts.add(of(metadata, module, part, userId, alias));
      }
      boolean any = criteria.path("group_operator").asString("AND").equalsIgnoreCase("or");
      Sql all = Sql.join(any ? " or " : " and ", parts);
      return parts.isEmpty() ? Sql.TRUE : new Sql("(" + all.text() + ")", all.binds());
    }
    return criteria.isObject() ? one(metadata, module, criteria, userId, alias) : Sql.TRUE;
  }

  private Sql one(Metadata metadata, Module module, JsonNode criterion, long userId, String alias) {
    String name = Criteria.name(criterion.path("field"));
    int dot = name.indexOf('.');
    Field field = module.field(dot < 0 ? name : name.substring(0, dot)).orElse(null);
    if (field == null) {
      return NOTHING;
    }
    if (dot < 0) {
      return field.linking().isPresent()
          ? links(metadata, field, criterion, userId, alias)
          : compare(
              metadata,
              field,
              FormulaFields.value(metadata, tables, module, field, alias),
              words(module, field, alias),
              criterion,
              userId);
    }
    Module other = field.modules().stream().findFirst().flatMap(metadata::find).orElse(null);
    Field inner = other == null ? null : other.field(name.substring(dot + 1)).orElse(null);
    if (other == null
        || inner == null
        || inner.valueColumn().isEmpty()
        || field.stored().isEmpty()) {
      return NOTHING;
    }
    String column =
        "(select %s from %s o where o.\"id\" = %s.%s)"
            .formatted(
                FormulaFields.value(metadata, tables, other, inner, "o"),
                tables.of(metadata, other),
                alias,
                Sql.identifier(field.column()));
    return compare(metadata, inner, column, "", criterion, userId);
  }

  private String words(Module module, Field field, String alias) {
    return searching && SearchColumn.holds(module, field) ? alias + "." + SearchColumn.NAME : "";
  }

  private Sql compare(
      Metadata metadata,
      Field field,
      String column,
      String words,
      JsonNode criterion,
      long userId) {
    Optional<Kind> kind = Kind.of(field);
    if (kind.isEmpty()) {
      return NOTHING;
    }
    JsonNode value = criterion.path("value");
    String comparator = criterion.path("comparator").asString("");
    if (kind.get() == Kind.REFERENCE && isName(value)) {
      return byName(metadata, field, column, criterion, userId);
    }
    ZoneId zone = metadata.zoneOf(userId);
    LocalDate today = LocalDate.now(clock.withZone(zone));
    return new ComparisonSql(metadata, userId, kind.get(), column, words, today, zone)
        .of(comparator, value);
  }

  private static boolean isName(JsonNode value) {
    JsonNode one = value.isArray() ? value.path(0) : value;
    return one.isObject() && !one.has("id") && one.has("name");
  }

  /** A lookup to records that the criterion names by their names, which are not unique. */
  private Sql byName(
      Metadata metadata, Field field, String column, JsonNode criterion, long userId) {
    boolean not = criterion.path("comparator").asString("").equals("not_equal");
    ObjectNode names = Json.MAPPER.createObjectNode();
    names.put("comparator", not ? "equal" : criterion.path("comparator").asString());
    ArrayNode values = names.putArray("value");
    criterion.path("value").valueStream().forEach(one -> values.add(one.path("name")));
    List<Sql> each = new ArrayList<>();
    for (String name : field.modules()) {
      Module other = metadata.find(name).filter(Module::hasTable).orElse(null);
      Field key = other == null ? null : other.nameField().orElse(null);
      if (other != null && key != null) {
        Sql found =
            compare(
                metadata,
                key,
                "o." + Sql.identifier(key.column()),
                words(other, key, "o"),
                names,
                userId);
        String rows = "(select o.\"id\" from " + tables.of(metadata, other) + " o where ";
        each.add(new Sql(column + " in " + rows + found.text() + ")", found.binds()));
      }
    }
    Sql any = each.isEmpty() ? NOTHING : Sql.join(" or ", each);
    return not
        ? new Sql("(" + column + " is null or not (" + any.text() + "))", any.binds())
        : new Sql("(" + any.text() + ")", any.binds());
  }

  /** Which records or users the rows of a linking module name. */
  private Sql links(Metadata metadata, Field field, JsonNode criterion, long userId, String alias) {
    Field.Linking linking = field.linking().orElseThrow();
    Module module = metadata.find(linking.module()).orElse(null);
    Field own = module == null ? null : module.field(linking.lookupField()).orElse(null);
    Field other = module == null ? null : module.field(linking.connectedField()).orElse(null);
    if (module == null || own == null || other == null) {
      return NOTHING;
    }
    String rows =
        "select from %s l where l.%s = %s.\"id\""
            .formatted(tables.of(metadata, module), Sql.identifier(own.column()), alias);
    String otherColumn = "l." + Sql.identifier(other.column());
    String comparator = criterion.path("comparator").asString("");
    JsonNode value = criterion.path("value");
    if (comparator.equals("equal")) {
      return sql((ComparisonSql.isEmpty(value) ? "not " : "") + "exists (" + rows + ")");
    }
    List<Sql> each = new ArrayList<>();
    for (JsonNode item : value) {
      List<Long> ids = ComparisonSql.ids(metadata, item, userId);
      each.add(
          sql(
              "exists (" + rows + " and " + otherColumn + " = any(?))",
              (Object) ids.toArray(Long[]::new)));
    }
    Sql all =
        Sql.join(
            comparator.endsWith("_all") == comparator.startsWith("include") ? " and " : " or ",
            each);
    String not = comparator.startsWith("exclude") ? "not " : "";
    return each.isEmpty() ? NOTHING : new Sql(not + "(" + all.text() + ")", all.binds());
  }

  /** A condition on the rows of a related list: that there is one, or none, that fits. */
  private Sql related(Metadata metadata, Module module, JsonNode filter, long userId) {
    Setting list =
        module.relatedLists().stream()
            .filter(one -> one.apiName().equals(filter.path("relation").asString("")))
            .findFirst()
            .orElse(null);
    Module child =
        list == null ? null : metadata.find(list.body().path("module").asString("")).orElse(null);
    Field lookup =
        list == null || child == null
            ? null
            : child.field(list.body().path("via").path("field").asString("")).orElse(null);
    if (child == null || lookup == null) {
      return NOTHING;
    }
    String from =
        "select from %s c where c.%s = t.\"id\" and "
            .formatted(tables.of(metadata, child), Sql.identifier(lookup.column()));
    if (lookup.type() instanceof MultiModuleLookupType) {
      String moduleColumn = Sql.identifier(MultiModuleLookupType.moduleColumn(lookup));
      from += "c." + moduleColumn + " = " + module.id() + " and ";
    }
    Sql fits = of(metadata, child, filter.path("criteria"), userId, "c");
    String not = filter.path("include_objects").asBoolean(true) ? "" : "not ";
    return new Sql(not + "exists (" + from + fits.text() + ")", fits.binds());
  }
}
