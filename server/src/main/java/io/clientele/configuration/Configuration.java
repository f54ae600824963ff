package io.clientele.configuration;

import io.clientele.http.Json;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An org's shape as a file. Applying a file changes what it describes otherwise, adds what is not
 * there, takes away what is marked {@code absent: true}, and leaves everything else alone; all of
 * it or nothing. Every change goes through the operation of the API, with its rules and errors.
 */
public final class Configuration {
  private static final String MODULES = "modules";

  private final MetadataChanges changes;
  private final Parts parts;

  public Configuration(MetadataChanges changes, JobQueue jobs) {
    this.changes = changes;
    this.parts = Parts.all(jobs);
  }

  /** Ends a plan's transaction, so that nothing of it stays. */
  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Report report;

    Planned(Report report) {
      super(null, null, false, false);
      this.report = report;
    }
  }

  /**
   * Brings the org to the described state, as the user of that id.
   *
   * @throws ConfigurationException what is wrong; nothing was changed
   */
  public Report apply(long orgId, long userId, JsonNode file) {
    return changes.change(orgId, userId, change -> apply(change, file));
  }

  /** What {@link #apply} would do; it is done and undone, so it says what would fail as well. */
  public Report plan(long orgId, long userId, JsonNode file) {
    try {
      return changes.change(
          orgId,
          userId,
          change -> {
            throw new Planned(apply(change, file));
          });
    } catch (Planned planned) {
      return planned.report;
    }
  }

  /** All that was made or changed in the org, in a form that {@link #apply} takes. */
  public ObjectNode export(Metadata metadata) {
    ObjectNode file = Json.MAPPER.createObjectNode();
    parts.atTop().forEach(part -> export(part, metadata, null, file));
    for (Part.Described described : parts.modules().describe(metadata, null)) {
      Module module = metadata.find(described.id()).orElseThrow();
      ObjectNode form = Json.MAPPER.createObjectNode();
      form.put(ModulesPart.KEY, module.apiName());
      if (described.own()) {
        form.setAll(described.form());
      }
      parts.ofModule().forEach(part -> export(part, metadata, module, form));
      if (form.size() > 1) {
        file.withArray("/" + MODULES).add(form);
      }
    }
    return file;
  }

  private static void export(
      Part part, Metadata metadata, @Nullable Module module, ObjectNode into) {
    for (Part.Described one : part.describe(metadata, module)) {
      if (one.own()) {
        ObjectNode form = part.brief(metadata, module, one.form());
        if (part.keys().isEmpty()) {
          into.set(part.name(), form);
        } else {
          into.withArray("/" + part.name()).add(form);
        }
      }
    }
  }

  private Report apply(MetadataChange change, JsonNode file) {
    var report = new Report();
    refuseUnknown(file);
    parts.ofOrg().forEach(part -> take(change, report, file, part));
    JsonNode modules = list(file, MODULES, "");
    for (int i = 0; i < modules.size(); i++) {
      ObjectNode described = object(modules.get(i), MODULES);
      ObjectNode own = without(described, parts.ofModule());
      boolean named = own.size() == 1 && described.size() > 1;
      if (!named || change.metadata().find(own.path(ModulesPart.KEY).asString("")).isPresent()) {
        var _ = new Step(parts.modules(), null, own, MODULES + "[" + i + "]").take(change, report);
      } // else it comes with a field
    }
    take(change, report, steps(parts.fields(), modules));
    take(
        change,
        report,
        parts.people().stream().flatMap(part -> steps(part, null, file, "").stream()).toList());
    parts.ofFields().forEach(part -> take(change, report, steps(part, modules)));
    for (Part part : parts.ofOrg()) {
      part.finish(change, steps(part, null, file, "").stream().map(Step::described).toList());
    }
    return report;
  }

  /** The items of a part in all modules of the file. */
  private static List<Step> steps(Part part, JsonNode modules) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < modules.size(); i++) {
      JsonNode described = modules.get(i);
      String path = MODULES + "[" + i + "].";
      if (!Step.isAbsent(described) && described.has(part.name())) {
        String name = described.path(ModulesPart.KEY).asString("");
        steps.addAll(steps(part, name, described, path));
      }
    }
    return steps;
  }

  /** The items of a part whose list stands at the top. */
  private static void take(MetadataChange change, Report report, JsonNode file, Part part) {
    List<Step> steps = steps(part, null, file, "");
    take(change, report, steps);
    part.settle(change, steps.stream().map(Step::described).toList());
  }

  private void refuseUnknown(JsonNode file) {
    if (!file.isObject()) {
      throw new ConfigurationException("The file is not a list of keys such as 'modules:'.");
    }
    for (String name : file.propertyNames()) {
      boolean known =
          name.equals(MODULES) || parts.atTop().stream().anyMatch(part -> part.name().equals(name));
      if (!known) {
        throw new ConfigurationException(
            "There is nothing called '" + name + "' in this file's form.");
      }
    }
  }

  /** The items of a part, in the order in which the file has them. */
  private static List<Step> steps(
      Part part, @Nullable String moduleName, JsonNode parent, String path) {
    if (part.keys().isEmpty()) {
      String at = path + part.name();
      return parent.has(part.name())
          ? List.of(new Step(part, moduleName, object(parent.get(part.name()), at), at))
          : List.of();
    }
    var steps = new ArrayList<Step>();
    for (JsonNode item : list(parent, part.name(), path)) {
      String at = path + part.name() + "[" + steps.size() + "]";
      steps.add(new Step(part, moduleName, object(item, at), at));
    }
    return steps;
  }

  /**
   * Takes all steps. An item may refer to one that comes later in the file, so what fails is tried
   * once more as long as others succeed.
   */
  private static void take(MetadataChange change, Report report, List<Step> steps) {
    List<Step> left = steps;
    while (!left.isEmpty()) {
      var failed = new ArrayList<Step>();
      ConfigurationException first = null;
      for (Step step : left) {
        try {
          change.part(() -> step.take(change, report));
        } catch (ConfigurationException e) {
          first = first == null ? e : first;
          failed.add(step);
        }
      }
      if (first != null && failed.size() == left.size()) {
        throw first;
      }
      left = failed;
    }
  }

  private static JsonNode list(JsonNode parent, String name, String path) {
    JsonNode list = parent.path(name);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new ConfigurationException(path + name + " is not a list.");
    }
    return list;
  }

  private static ObjectNode object(JsonNode item, String path) {
    if (item instanceof ObjectNode object) {
      return object;
    }
    throw new ConfigurationException(path + " is not a list of keys.");
  }

  private static ObjectNode without(ObjectNode module, List<Part> parts) {
    ObjectNode own = module.deepCopy();
    parts.forEach(part -> own.remove(part.name()));
    return own;
  }
}
