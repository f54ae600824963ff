package io.clientele.coql;

import io.clientele.coql.SystemTable.SystemColumn;
import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one SELECT: the base and what its paths join, each once. A joined record that the
 * user may not see has no values.
 */
public final class Joins {
  /** The alias of the base table. */
  public static final String BASE = "t0";

  private final Sources sources;
  private final String prefix;
  private final Place base;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final List<Sql> joins = new ArrayList<>();

  /** A table under its alias: a module or a table of the system. */
  private record Place(String alias, @Nullable Module module, @Nullable SystemTable system) {}

  private record Step(String name, @Nullable String module) {}

  /**
   * @param prefix what the aliases of joined tables begin with
   */
  public Joins(Sources sources, String prefix, @Nullable Module module) {
    this.sources = sources;
    this.prefix = prefix;
    this.base = new Place(BASE, module, module == null ? SystemTable.USER : null);
  }

  /** The joins, each with what it joins on. */
  public List<Sql> sql() {
    return joins;
  }

  /** The paths of the lookups that are joined. */
  public Set<String> paths() {
    return places.keySet();
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_QUERY when there is no such column
   */
  public Named named(String written) {
    String path = sources.withoutModule(written, base.module);
    List<Step> steps = steps(path);
    Place place = base;
    var joined = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean last = i == steps.size() - 1;
      Named named =
          column(place, step.name, written).orElseThrow(() -> Problem.column(written, base.module));
      if (last && step.module == null) {
        return named;
      }
      if (isModuleName(named, steps, i)) {
        Named.OfModule lookup = (Named.OfModule) named;
        return new Named.ModuleName(written, lookup.alias(), lookup.field());
      }
      joined.append(joined.isEmpty() ? "" : ".").append(step.name);
      joined.append(step.module == null ? "" : "->" + step.module);
      place = join(joined.toString(), named, step, written);
    }
    throw Problem.column(written, base.module);
  }

  /** {@code What_Id.module.api_name}. */
  private static boolean isModuleName(Named named, List<Step> steps, int i) {
    return named
            .asField()
            .filter(field -> field.type() instanceof MultiModuleLookupType)
            .isPresent()
        && steps.size() == i + 3
        && steps.get(i + 1).name.equals("module")
        && steps.get(i + 2).name.equals("api_name");
  }

  private static Optional<Named> column(Place place, String name, String path) {
    if (place.system != null) {
      return place.system.column(name).map(one -> new Named.OfSystem(path, place.alias, one));
    }
    return place.module == null
        ? Optional.empty()
        : place.module.field(name).map(field -> field(place, place.module, field, path));
  }

  private static Named field(Place place, Module module, Field field, String path) {
    return new Named.OfModule(path, place.alias, module, field);
  }

  private Place join(String joined, Named lookup, Step step, String written) {
    Place known = places.get(joined);
    if (known != null) {
      return known;
    }
    Place place =
        switch (lookup) {
          case Named.OfSystem system -> ofSystem(system.column(), written);
          case Named.OfModule field -> ofField(field.field(), step, written);
          case Named.ModuleName _ -> throw Problem.column(written, base.module);
        };
    places.put(joined, place);
    joins.add(sql(lookup, place));
    return place;
  }

  private Place ofSystem(SystemColumn column, String written) {
    if (column.target() == null) {
      throw Problem.column(written, base.module);
    }
    return new Place(alias(), null, column.target());
  }

  private Place ofField(Field field, Step step, String written) {
    switch (field.dataType()) {
      case "ownerlookup", "userlookup" -> {
        return new Place(alias(), null, SystemTable.USER);
      }
      default -> {}
    }
    boolean several = field.type() instanceof MultiModuleLookupType;
    List<String> modules = field.modules();
    String target = several ? step.module : modules.stream().findFirst().orElse(null);
    boolean lookup = field.dataType().equals("lookup") || several;
    if (!lookup
        || target == null
        || (several && !modules.isEmpty() && !modules.contains(target))
        || (!several && step.module != null && !step.module.equals(target))) {
      throw Problem.column(written, base.module);
    }
    return new Place(alias(), sources.module(target), null);
  }

  private String alias() {
    return prefix + (places.size() + 1);
  }

  private Sql sql(Named lookup, Place place) {
    String alias = place.alias;
    String on = alias + ".\"id\" = " + sources.value(lookup);
    if (place.system != null) {
      return Sql.sql(
          " left join %s %s on %s%s"
              .formatted(sources.table(place.system), alias, on, place.system.condition(alias)));
    }
    Module module = Objects.requireNonNull(place.module);
    if (lookup instanceof Named.OfModule(String _, String from, Module _, Field field)
        && field.type() instanceof MultiModuleLookupType) {
      on +=
          " and %s.%s = %d"
              .formatted(
                  from, Sql.identifier(MultiModuleLookupType.moduleColumn(field)), module.id());
    }
    Sql rows = sources.rows(module);
    return new Sql(" left join " + rows.text() + " " + alias + " on " + on, rows.binds());
  }

  /** Steps are parted by dots; {@code ->} says the module that a lookup to several leads to. */
  private List<Step> steps(String path) {
    List<Step> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      int arrow = part.indexOf("->");
      steps.add(
          arrow < 0
              ? new Step(part, null)
              : new Step(part.substring(0, arrow), part.substring(arrow + 2)));
    }
    return steps;
  }
}
