package io.clientele.metadata.globalpicklists;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MetadataChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives records another value for one they have: at once when no field has the list, else by a job.
 * The value itself stays in the list. Reference: Replace Picklist Values.
 */
final class ReplacePickListValues {
  static final String NOUN = "replace_picklist_values";

  private static final String NONE = "-None-";
  private static final Shape VALUE = Shape.empty().id("id").text("display_value", 120);
  private static final Shape SHAPE =
      Shape.empty()
          .object("old_value", VALUE)
          .object("new_value", VALUE)
          .require("old_value", "new_value");

  private final JobQueue jobs;

  ReplacePickListValues(JobQueue jobs) {
    this.jobs = jobs;
  }

  /**
   * The outcome for the only item of the body.
   *
   * @throws ApiError what is wrong with it
   */
  Done replace(MetadataChange change, GlobalPickList list, Item item) {
    SHAPE.check(item);
    Item before = inner(item, "old_value");
    Item after = inner(item, "new_value");
    Optional<JsonNode> known = find(list, before, "old_value");
    JsonNode now =
        find(list, after, "new_value")
            .filter(Options::isUsed)
            .orElseThrow(() -> invalid(after, after.has("id") ? "id" : "display_value"));
    String old = known.map(value -> actual(value)).orElseGet(() -> before.text("display_value"));
    if (old.equals(NONE)) {
      throw invalid(before, before.has("id") ? "id" : "display_value")
          .message("-None- and its value cannot be replaced");
    }
    if (old.equals(actual(now))) {
      throw invalid(after, after.has("id") ? "id" : "display_value");
    }
    JsonNode value = known.orElse(before.json());
    if (Replacements.openValues(change.tx(), change.org(), list)
        .contains(value.path("display_value").asString())) {
      throw GlobalPickListService.notAllowed("Option cannot be replaced")
          .at("old_value", before.path());
    }
    if (list.uses(change.metadata()).isEmpty()) {
      return new Done("success", keys -> {});
    }
    return Done.scheduled(
        "success", Replacements.schedule(change, jobs, list, value, old, actual(now)));
  }

  private static Item inner(Item item, String name) {
    return new Item((ObjectNode) item.json().get(name), item.at(name));
  }

  /** The value that an id, a display value or both name; empty when the list has no such. */
  private static Optional<JsonNode> find(GlobalPickList list, Item named, String name) {
    if (!named.json().has("id") && !named.json().has("display_value")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", places(named))
          .message("Specify atleast one field in the " + name);
    }
    if (named.json().has("display_value") && named.text("display_value").isBlank()) {
      throw invalid(named, "display_value");
    }
    if (!named.has("id")) {
      return find(list, "display_value", named.text("display_value"));
    }
    JsonNode value = find(list, "id", named.text("id")).orElseThrow(() -> invalid(named, "id"));
    if (named.has("display_value")
        && !value.path("display_value").asString().equals(named.text("display_value"))) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with("ambiguity_due_to", places(named));
    }
    return Optional.of(value);
  }

  private static Optional<JsonNode> find(GlobalPickList list, String key, String text) {
    return list.values().stream()
        .filter(value -> value.path(key).asString("").equals(text))
        .findFirst();
  }

  private static List<Map<String, String>> places(Item named) {
    return List.of(named.place("id"), named.place("display_value"));
  }

  private static String actual(JsonNode value) {
    return value.path("actual_value").asString("");
  }

  private static ApiError invalid(Item named, String key) {
    return named.invalid(key).message("The given value seems to be invalid");
  }
}
