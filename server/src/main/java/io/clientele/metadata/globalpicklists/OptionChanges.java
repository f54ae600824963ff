package io.clientele.metadata.globalpicklists;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MetadataChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds, changes, moves and deletes values of a global pick list as one body says. */
final class OptionChanges {
  private static final String DELETE = "_delete";
  private static final int MANY_VALUES = 50;

  private final MetadataChange change;
  private final JobQueue jobs;
  private final Item item;
  private final GlobalPickList list;
  private final Options options;
  private final boolean manyUses;
  private final List<Item> added = new ArrayList<>();
  private final List<Item> used = new ArrayList<>();
  private final List<Item> unused = new ArrayList<>();
  private final List<Item> deleted = new ArrayList<>();

  OptionChanges(MetadataChange change, JobQueue jobs, Item item, GlobalPickList list) {
    this.change = change;
    this.jobs = jobs;
    this.item = item;
    this.list = list;
    manyUses = list.uses(change.metadata()).size() > GlobalPickListService.MANY_USES;
    options =
        new Options(item, "Actual value in pick list values cannot be empty or null").from(list);
  }

  /** All values of the list afterwards. */
  ArrayNode apply() {
    Set<String> replaced = Replacements.openValues(change.tx(), change.org(), list);
    for (Item option : options.read()) {
      if (!option.has("id")) {
        added.add(option);
        options.add(option, change::nextId);
        continue;
      }
      ObjectNode value = find(option);
      if (replaced.contains(value.path("display_value").asString())) {
        throw GlobalPickListService.notAllowed(
                "Some values can not be modified since they are being deleted from the system"
                    + " through replacing process.")
            .at(Options.KEY, item.at(Options.KEY));
      }
      if (option.json().has(DELETE)) {
        delete(option, value);
      } else {
        change(option, value);
      }
    }
    checkCounts();
    return options.finish();
  }

  private ObjectNode find(Item option) {
    return options.values().stream()
        .filter(value -> value.path("id").asString().equals(option.text("id")))
        .findFirst()
        .orElseThrow(() -> option.invalid("id"));
  }

  private void change(Item option, ObjectNode value) {
    boolean before = Options.isUsed(value);
    String actual = value.path("actual_value").asString();
    options.change(value, option);
    if (before && !Options.isUsed(value)) {
      unused.add(option);
    } else if (!before && Options.isUsed(value)) {
      used.add(option);
    }
    String now = value.path("actual_value").asString();
    if (!now.equals(actual) && !list.uses(change.metadata()).isEmpty()) {
      // records have actual values: they follow
      Replacements.schedule(change, jobs, list, value, actual, now);
    }
  }

  private void delete(Item option, ObjectNode value) {
    deleted.add(option);
    if (manyUses) {
      throw GlobalPickListService.notAllowed(
              "option can't be deleted as global set is associated to more than 15 fields")
          .at("type", option.at(DELETE));
    }
    if (MapDependency.mentions(change.metadata(), value.path("id").asString())) {
      throw GlobalPickListService.notAllowed("Option delete not allowed")
          .at(Options.KEY, option.path());
    }
    options.values().remove(value);
  }

  private void checkCounts() {
    if (unused.size() > 1) {
      throw tooMany(
          List.of(place("type", unused.get(1).at("type"))),
          1,
          "More than one picklist value cannot be moved to unused type");
    }
    if (deleted.size() > 1) {
      throw tooMany(
          place(DELETE, deleted.get(1).at(DELETE)),
          1,
          "More than one picklist value cannot be deleted");
    }
    if (manyUses && used.size() > MANY_VALUES) {
      throw tooMany(
          List.of(place("type", used.get(MANY_VALUES).at("type"))),
          MANY_VALUES,
          "Moving more than 50 values to the used section in a single save is not allowed when they"
              + " are associated with more than 15 fields.");
    }
    if (manyUses && added.size() > MANY_VALUES) {
      throw tooMany(
          place("type", added.get(MANY_VALUES).path()),
          MANY_VALUES,
          "Adding more than 50 values in a single save is not allowed when they are associated with"
              + " more than 15 fields.");
    }
  }

  /**
   * @param dueTo a list or an object, as the page has it for each of these errors
   */
  private static ApiError tooMany(Object dueTo, int limit, String message) {
    return ErrorCode.LIMIT_EXCEEDED
        .with("limit_due_to", dueTo)
        .with("limit", limit)
        .message(message);
  }

  private static Map<String, String> place(String name, String path) {
    return Map.of("api_name", name, "json_path", path);
  }
}
