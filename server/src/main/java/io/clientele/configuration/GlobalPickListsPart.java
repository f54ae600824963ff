package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.globalpicklists.GlobalPickListService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Global pick lists. Their values are told apart by their actual values. */
final class GlobalPickListsPart implements Part {
  private static final List<String> COPIED =
      List.of("display_label", "description", "pick_list_values_sorted_lexically");
  private static final List<String> VALUE_KEYS =
      List.of("display_value", "actual_value", "reference_value", "colour_code");

  private final GlobalPickListService service;

  GlobalPickListsPart(JobQueue jobs) {
    service = new GlobalPickListService(jobs);
  }

  @Override
  public String name() {
    return "global_picklists";
  }

  @Override
  public List<String> keys() {
    return List.of("api_name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return GlobalPickList.list(metadata).stream()
        .filter(GlobalPickList::present)
        .map(list -> new Described(list.id(), form(list), true))
        .toList();
  }

  private static ObjectNode form(GlobalPickList list) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("api_name", list.apiName());
    for (String name : COPIED) {
      if (list.body().hasNonNull(name)) {
        form.set(name, list.body().get(name));
      }
    }
    ArrayNode values = form.putArray("pick_list_values");
    for (JsonNode value : list.body().path("pick_list_values")) {
      ObjectNode one = values.addObject();
      for (String name : VALUE_KEYS) {
        if (value.hasNonNull(name)) {
          one.set(name, value.get(name));
        }
      }
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    var _ = service.create(change, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    item.json().put("id", Long.toString(id));
    if (item.json().path("pick_list_values") instanceof ArrayNode wanted) {
      nameByIds(wanted, GlobalPickList.find(change.metadata(), id).orElseThrow());
    }
    var _ = service.update(change, item);
  }

  /** The operation names values by id and adds others; those the file has not are marked to go. */
  private static void nameByIds(ArrayNode wanted, GlobalPickList list) {
    Map<String, String> ids = new HashMap<>();
    for (JsonNode value : list.body().path("pick_list_values")) {
      ids.put(actual(value), value.path("id").asString());
    }
    int place = 1;
    for (JsonNode value : wanted) {
      String id = ids.remove(actual(value));
      Lists.object(value).put("sequence_number", place++);
      if (id != null) {
        Lists.object(value).put("id", id);
      }
    }
    ids.values().forEach(id -> wanted.addObject().put("id", id).putNull("_delete"));
  }

  private static String actual(JsonNode value) {
    return value.path("actual_value").asString(value.path("display_value").asString(""));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    GlobalPickList list = GlobalPickList.find(change.metadata(), id).orElseThrow();
    var _ = service.delete(change, list, error -> error);
  }
}
