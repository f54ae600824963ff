package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves an org in: its shape, users, records with their ids, attachments and photos. It can end
 * anywhere; when it is done once more it goes on from there.
 */
public final class Import {
  private static final String SHAPE = "$shape";
  private static final String INNER = "$inner shape";

  /** Modules whose records hang on those of others, which must be there before. */
  private static final List<String> LAST =
      List.of("Tasks", "Events", "Calls", "Notes", "Attachments");

  private final Work work;
  private final Source source;
  private final ImportOptions options;
  private final Progress progress;
  private final ImportState state;

  public Import(Work work, Source source, ImportOptions options, Progress progress) {
    this.work = work;
    this.source = source;
    this.options = options;
    this.progress = progress;
    state = new ImportState(work.database(), work.org(), source.name());
  }

  /** What an import would do, line by line; nothing is changed. */
  public List<String> plan() {
    Metadata here = work.metadata();
    var lines = new ArrayList<String>();
    lines.addAll(new ShapeLoading(work).plan(source.shape(here)));
    lines.addAll(new ShapeLoading(work).plan(source.innerShape(here)));
    users().missing().stream()
        .map(
            user ->
                options.ownerForUnknown().isPresent()
                    ? "= user " + user.email() + ", for whom another one stands"
                    : "+ user " + user.email() + ", inactive")
        .forEach(lines::add);
    for (SourceModule module : source.modules(here)) {
      if (isAsked(module)) {
        lines.add(describe(module));
        unknown(here, module)
            .forEach(name -> lines.add("  ! column '" + name + "' has no field here"));
      }
    }
    state.steps().stream()
        .filter(step -> step.added() > 0)
        .map(step -> "= %s: %,d imported already".formatted(step.name(), step.added()))
        .forEach(lines::add);
    return lines;
  }

  private static String describe(SourceModule module) {
    String count = module.count() < 0 ? "" : ", %,d records".formatted(module.count());
    if (module.target().isEmpty()) {
      return "! " + module.name() + count + ": there is no such module here";
    }
    String target = module.target().equals(module.name()) ? "" : " → " + module.target();
    return "+ " + module.name() + target + count;
  }

  /**
   * Does it.
   *
   * @throws ImportException why it cannot be begun, or not go on
   */
  public ImportReport run() {
    refuseUsed();
    long highest = source.highestId(work.metadata());
    work.database().change(tx -> Settings.moveIds(tx, work.org(), highest));
    source.into(new Imported(work, state, highest));
    shape(SHAPE);
    shape(INNER);
    UserMap users = users();
    if (options.ownerForUnknown().isEmpty()) {
      users.missing().forEach(user -> users.of(user.id(), user.fullName()));
    }
    List<SourceModule> modules = modules();
    var loading = new ModuleLoading(work, source, state, options, users, progress);
    modules.forEach(loading::load);
    var files = new FileLoading(work, source, state, progress);
    modules.forEach(files::load);
    new LinkCheck(work, state).check(modules);
    return new ImportReport(state, users.added());
  }

  /** An import that went wrong can only be undone where nothing else is. */
  private void refuseUsed() {
    boolean used =
        !work.database()
            .read(
                tx ->
                    tx.list(
                        sql(
                            "select 1 from "
                                + work.org().table("record_change")
                                + " where source <> 'import' limit 1"),
                        row -> 1))
            .isEmpty();
    if (used && !options.add() && !state.isBegun()) {
      throw new ImportException(
          "The org "
              + work.org().id()
              + " has records already, so an import into it cannot be undone as a whole. Make a"
              + " new one ('clientele org create'), or say --add.");
    }
  }

  private void shape(String name) {
    Step step = state.step(name);
    if (step.finished()) {
      return;
    }
    progress.at("Modules and fields …");
    var loading = new ShapeLoading(work);
    Metadata here = work.metadata();
    List<Problem> problems =
        loading.apply(name, name.equals(SHAPE) ? source.shape(here) : source.innerShape(here));
    loading.lines().forEach(progress::say);
    problems.forEach(problem -> progress.say("! " + problem.record() + " " + problem.reason()));
    work.database()
        .change(
            tx -> {
              state.forget(tx, name);
              state.add(tx, problems);
              state.save(tx, step.after(0, 0, loading.lines().size(), 0, problems.size(), 0).end());
            });
  }

  private UserMap users() {
    return new UserMap(
        work.database(),
        work.cache(),
        work.org(),
        work.userId(),
        options.ownerForUnknown(),
        source.users());
  }

  /** Those that are to be loaded, in an order in which what they hang on is there. */
  private List<SourceModule> modules() {
    Metadata here = work.metadata();
    var modules = new LinkedHashMap<String, SourceModule>();
    var homeless = new LinkedHashSet<String>();
    for (SourceModule module : source.modules(here)) {
      if (!isAsked(module)) {
        continue;
      }
      if (module.target().isEmpty()) {
        homeless.add(module.name());
      } else {
        modules.put(module.target(), module);
        unknown(here, module).forEach(name -> homeless.add(module.name() + "." + name));
      }
    }
    if (!homeless.isEmpty() && !options.skipUnknown()) {
      throw new ImportException(
          "There is no place here for "
              + shortened(homeless)
              + ". Make the modules and fields ('clientele apply'), or say --make-fields or"
              + " --skip-unknown.");
    }
    for (String name : homeless) {
      progress.say("! " + name + " is left out");
    }
    refuseMissing(modules);
    return modules.values().stream()
        .sorted(Comparator.comparingInt(module -> LAST.indexOf(module.target())))
        .toList();
  }

  private void refuseMissing(Map<String, SourceModule> modules) {
    for (String asked : options.modules()) {
      if (modules.values().stream().noneMatch(module -> isNamed(module, asked))) {
        throw new ImportException("There is no module '" + asked + "' in " + source.name() + ".");
      }
    }
  }

  private static String shortened(Set<String> names) {
    int shown = 8;
    String some = String.join(", ", names.stream().limit(shown).toList());
    return names.size() > shown ? some + " and %d more".formatted(names.size() - shown) : some;
  }

  /** Columns without a field; where fields are made, those that could not be were told before. */
  private List<String> unknown(Metadata here, SourceModule module) {
    if (source.tellsShape() || module.target().isEmpty()) {
      return List.of();
    }
    Module target = here.get(module.target());
    return source.part(module, 1).stream()
        .flatMap(part -> part.read((headings, rows) -> headings).stream())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                headings -> new Columns(here, target, module.fields(), headings).unknown()))
        .stream()
        .filter(heading -> source.hasValues(module, heading))
        .toList();
  }

  /** Named ones, with the modules of their subforms and links. */
  private boolean isAsked(SourceModule module) {
    Set<String> asked = options.modules();
    return asked.isEmpty()
        || asked.stream().anyMatch(name -> isNamed(module, name))
        || parents(module).stream()
            .anyMatch(parent -> asked.stream().anyMatch(name -> name.equalsIgnoreCase(parent)));
  }

  private static boolean isNamed(SourceModule module, String name) {
    return module.name().equalsIgnoreCase(name) || module.target().equalsIgnoreCase(name);
  }

  private List<String> parents(SourceModule module) {
    Metadata here = work.metadata();
    return here.modules().stream()
        .filter(
            parent ->
                parent.fieldsWithRows().stream()
                    .anyMatch(
                        field ->
                            field
                                .linking()
                                .map(io.clientele.metadata.Field.Linking::module)
                                .orElseGet(
                                    () ->
                                        field.modules().isEmpty() ? "" : field.modules().getFirst())
                                .equals(module.target())))
        .map(Module::apiName)
        .toList();
  }
}
