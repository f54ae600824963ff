package io.clientele.configuration;

import io.clientele.error.ApiError;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    parts.ofOrg().forEach(part -> export(part, metadata, null, file));
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
    for (Part part : parts.ofOrg()) {
      applyAll(change, report, part, null, file, "");
    }
    JsonNode modules = list(file, MODULES, "");
    for (int i = 0; i < modules.size(); i++) {
      ObjectNode described = object(modules.get(i), MODULES);
      ObjectNode own = without(described, parts.ofModule());
      boolean named = own.size() == 1 && described.size() > 1;
      if (!named || change.metadata().find(own.path(ModulesPart.KEY).asString("")).isPresent()) {
        apply(change, report, parts.modules(), null, own, MODULES + "[" + i + "]");
      } // else it comes with a field
    }
    for (Part part : parts.ofModule()) {
      for (int i = 0; i < modules.size(); i++) {
        JsonNode described = modules.get(i);
        String path = MODULES + "[" + i + "].";
        if (!isAbsent(described) && described.has(part.name())) {
          Module module = module(change, described, path);
          applyAll(change, report, part, module.id(), described, path);
        }
      }
    }
    return report;
  }

  private void refuseUnknown(JsonNode file) {
    if (!file.isObject()) {
      throw new ConfigurationException("The file is not a list of keys such as 'modules:'.");
    }
    for (String name : file.propertyNames()) {
      boolean known =
          name.equals(MODULES) || parts.ofOrg().stream().anyMatch(part -> part.name().equals(name));
      if (!known) {
        throw new ConfigurationException(
            "There is nothing called '" + name + "' in this file's form.");
      }
    }
  }

  private Module module(MetadataChange change, JsonNode described, String path) {
    String name = described.path(ModulesPart.KEY).asString("");
    return change
        .metadata()
        .find(name)
        .orElseThrow(
            () -> new ConfigurationException(path + " there is no module '" + name + "'."));
  }

  private static void applyAll(
      MetadataChange change,
      Report report,
      Part part,
      @Nullable Long moduleId,
      JsonNode parent,
      String path) {
    if (part.keys().isEmpty()) {
      if (parent.has(part.name())) {
        String at = path + part.name();
        apply(change, report, part, moduleId, object(parent.get(part.name()), at), at);
      }
      return;
    }
    JsonNode items = list(parent, part.name(), path);
    var settled = new ArrayList<ObjectNode>();
    for (int i = 0; i < items.size(); i++) {
      String at = path + part.name() + "[" + i + "]";
      ObjectNode item = object(items.get(i), at);
      apply(change, report, part, moduleId, item, at);
      settled.add(item);
    }
    part.settle(change, settled);
  }

  private static void apply(
      MetadataChange change,
      Report report,
      Part part,
      @Nullable Long moduleId,
      ObjectNode described,
      String path) {
    Module module = moduleId == null ? null : change.metadata().find(moduleId).orElseThrow();
    String key = key(part, described, path);
    String of = module == null ? "" : module.apiName();
    String what =
        (part.name() + " " + of + (of.isEmpty() || key.isEmpty() ? "" : ".") + key).strip();
    ObjectNode wanted = part.complete(described);
    Optional<Part.Described> there =
        part.describe(change.metadata(), module).stream()
            .filter(one -> !isAbsent(one.form()))
            .filter(one -> key(part, one.form(), path).equalsIgnoreCase(key))
            .findFirst();
    try {
      if (isAbsent(described)) {
        if (there.isPresent()) {
          part.delete(change, module, there.get().id());
          report.deleted(what);
        }
      } else if (there.isEmpty()) {
        part.create(change, module, new Item(wanted.deepCopy(), "$." + path));
        report.added(what);
      } else {
        List<String> differences = Difference.of(wanted, there.get().form());
        if (differences.isEmpty()) {
          report.same();
        } else {
          Item item = new Item(Difference.only(wanted, there.get().form()), "$." + path);
          part.update(change, module, there.get().id(), there.get().form(), item);
          report.changed(what, differences);
        }
      }
    } catch (ApiError e) {
      throw new ConfigurationException(
          what + " (" + path + "): " + e.code() + ", " + e.getMessage() + " " + e.details());
    }
  }

  private static boolean isAbsent(JsonNode item) {
    return item.path("absent").asBoolean(false);
  }

  /** What tells an item from others of its part. */
  private static String key(Part part, ObjectNode item, String path) {
    var values = new ArrayList<String>();
    for (String name : part.keys()) {
      String value = item.path(name).asString("");
      if (value.isBlank()) {
        throw new ConfigurationException(path + " has no " + name + ".");
      }
      values.add(value);
    }
    return String.join(".", values);
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
