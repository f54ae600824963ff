package io.clientele.metadata.globalpicklists;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Creates, changes and deletes global pick lists. */
public final class GlobalPickListService {
  static final String NOUN = "global_picklists";

  /** A list that so many fields have can no longer be deleted, and values only few at a time. */
  static final int MANY_USES = 15;

  private static final int LISTS = 30;
  private static final int LABEL = 50;
  private static final int DESCRIPTION = 1000;
  private static final Shape SHAPE =
      Shape.empty()
          .text("display_label", LABEL)
          .text("api_name", LABEL)
          .text("description", DESCRIPTION)
          .flag("pick_list_values_sorted_lexically");

  private final JobQueue jobs;

  public GlobalPickListService(JobQueue jobs) {
    this.jobs = jobs;
  }

  /** Adds a list. Reference: Create Global Picklist. */
  public Done create(MetadataChange change, Item item) {
    item.require("display_label").require(Options.KEY);
    SHAPE.check(item);
    Words.checkLabel(item, change.metadata(), 0, "invalid data");
    if (item.has("api_name")) {
      Words.checkApiName(item, change.metadata(), 0);
    }
    var options = new Options(item, "Reference value in pick list values cannot be empty or null");
    options.read().forEach(option -> options.add(option, change::nextId));
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set(Options.KEY, options.finish());
    if (GlobalPickList.list(change.metadata()).size() >= LISTS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit_due_to", List.of(Map.of("api_name", NOUN, "json_path", item.path())))
          .with("limit", LISTS)
          .message("global picklists limit exceeded");
    }
    String label = item.text("display_label");
    body.put("actual_label", label);
    keep(item, body);
    String apiName =
        item.has("api_name") ? item.text("api_name") : Words.apiName(change.metadata(), label);
    long id = change.nextId();
    change.insert(id, GlobalPickList.NOUN, null, apiName, body);
    return Done.of("global picklist added successfully", id);
  }

  /** Changes the list that the item names by its id. Reference: Update Global Picklist. */
  public Done update(MetadataChange change, Item item) {
    item.require("id");
    GlobalPickList list =
        PathId.parse(item.text("id"))
            .flatMap(id -> GlobalPickList.find(change.metadata(), id))
            .orElseThrow(
                () ->
                    item.invalid("id")
                        .with("id", item.text("id"))
                        .message("the id given seems to be invalid"));
    if (!list.present()) {
      throw inDeletion().at(NOUN, item.path());
    }
    return update(change, item, list);
  }

  private Done update(MetadataChange change, Item item, GlobalPickList list) {
    if (!list.customizable()) {
      throw notAllowed("Updation of system defined global set is not allowed")
          .at("id", item.at("id"))
          .with("id", Long.toString(list.id()));
    }
    if (item.json().has("display_label")) {
      item.require("display_label");
    }
    SHAPE.check(item);
    if (item.has("display_label")) {
      Words.checkLabel(item, change.metadata(), list.id(), "INVALID_FIELD_LABEL");
    }
    if (item.json().has("api_name")) {
      Words.checkApiName(item, change.metadata(), list.id());
    }
    ObjectNode body = list.setting().copy();
    keep(item, body);
    if (item.json().has(Options.KEY)) {
      body.set(Options.KEY, new OptionChanges(change, jobs, item, list).apply());
    }
    String apiName = item.has("api_name") ? item.text("api_name") : list.apiName();
    change.update(list.setting(), apiName, list.setting().position(), body);
    return Done.of("global picklist updated successfully", list.id());
  }

  private static void keep(Item item, ObjectNode body) {
    for (String name :
        List.of("display_label", "description", "pick_list_values_sorted_lexically")) {
      if (item.json().has(name)) {
        body.set(name, item.json().get(name));
      }
    }
  }

  /**
   * Begins the deletion of a list: its fields keep the values as their own. Reference: Delete
   * Global Picklist.
   *
   * @param placed adds to an error what it is about
   */
  public Done delete(MetadataChange change, GlobalPickList list, UnaryOperator<ApiError> placed) {
    Optional<ApiError> refusal = refuseDeletion(change, list);
    if (refusal.isPresent()) {
      throw placed.apply(refusal.get());
    }
    ObjectNode body = list.setting().copy();
    change.update(list.setting(), body.put("presence", false));
    long job =
        jobs.schedule(
            change.tx(),
            change.org(),
            DeletionJob.KIND,
            Json.MAPPER.createObjectNode().put("global_picklist", list.id()),
            change.userId());
    return Done.scheduled("Deletion scheduled", job);
  }

  private static Optional<ApiError> refuseDeletion(MetadataChange change, GlobalPickList list) {
    if (!list.present()) {
      return Optional.of(inDeletion());
    }
    if (!list.customizable()) {
      return Optional.of(notAllowed("Deletion of system defined global set is not allowed"));
    }
    return list.uses(change.metadata()).size() > MANY_USES
        ? Optional.of(
            notAllowed("global set can't be deleted as it is associated to more than 15 fields"))
        : Optional.empty();
  }

  static ApiError inDeletion() {
    return notAllowed("global picklist deletion in progress.");
  }

  static ApiError notAllowed(String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).message(message);
  }
}
