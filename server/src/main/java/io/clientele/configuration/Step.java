package io.clientele.configuration;

import io.clientele.error.ApiError;
import io.clientele.http.Item;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item of the file on its way into the org.
 *
 * @param moduleName the module it stands in; null for an item of the org
 * @param path where it stands in the file
 */
record Step(Part part, @Nullable String moduleName, ObjectNode described, String path) {
  static boolean isAbsent(JsonNode item) {
    return item.path("absent").asBoolean(false);
  }

  /**
   * Brings the item to the described state; answers whether there was anything to do.
   *
   * @throws ConfigurationException what is wrong with it
   */
  boolean take(MetadataChange change, Report report) {
    Module module = moduleName == null ? null : module(change, moduleName);
    String key = key(described);
    String of = module == null ? "" : module.apiName();
    String what =
        (part.name() + " " + of + (of.isEmpty() || key.isEmpty() ? "" : ".") + key).strip();
    Optional<Part.Described> there =
        part.describe(change.metadata(), module).stream()
            .filter(one -> !isAbsent(one.form()))
            .filter(one -> key(one.form()).equalsIgnoreCase(key))
            .findFirst();
    try {
      if (isAbsent(described)) {
        there.ifPresent(one -> part.delete(change, module, one.id()));
        there.ifPresent(one -> report.deleted(what));
        return there.isPresent();
      }
      return there.isPresent()
          ? update(change, report, module, there.get(), what)
          : create(change, report, module, what);
    } catch (ApiError e) {
      throw new ConfigurationException(
          what + " (" + path + "): " + e.code() + ", " + e.getMessage() + " " + e.details());
    }
  }

  private Module module(MetadataChange change, String name) {
    return change
        .metadata()
        .find(name)
        .orElseThrow(
            () -> new ConfigurationException(path + ": there is no module '" + name + "'."));
  }

  private boolean create(
      MetadataChange change, Report report, @Nullable Module module, String what) {
    part.create(
        change,
        module,
        new Item(part.complete(change.metadata(), described).deepCopy(), "$." + path));
    report.added(what);
    return true;
  }

  private boolean update(
      MetadataChange change,
      Report report,
      @Nullable Module module,
      Part.Described there,
      String what) {
    ObjectNode wanted = part.complete(change.metadata(), described);
    List<String> differences = Difference.of(wanted, there.form());
    if (differences.isEmpty()) {
      report.same();
      return false;
    }
    Item item = new Item(Difference.only(wanted, there.form()), "$." + path);
    part.update(change, module, there.id(), there.form(), item);
    report.changed(what, differences);
    return true;
  }

  /** What tells an item from others of its part. */
  private String key(ObjectNode item) {
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
}
