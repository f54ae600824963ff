package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference;
import io.clientele.metadata.duplicatecheck.DuplicateCheckService;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The duplicate check preference of leads; pairs of fields by their API names. */
final class DuplicateCheckPart implements Part {
  private static final String TYPE = "type";
  private static final String PAIRS = "field_mappings";
  private static final List<String> SIDES = List.of("current_field", "mapped_field");

  @Override
  public String name() {
    return "duplicate_check_preference";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return isLeads(module)
        ? DuplicateCheckPreference.find(metadata).stream()
            .map(preference -> new Described(0, form(preference), true))
            .toList()
        : List.of();
  }

  private static boolean isLeads(@Nullable Module module) {
    return Objects.requireNonNull(module).apiName().equals(DuplicateCheckPreference.MODULE);
  }

  private static ObjectNode form(DuplicateCheckPreference preference) {
    ObjectNode form = Json.MAPPER.createObjectNode().put(TYPE, preference.type().word());
    for (DuplicateCheckPreference.Mapping mapping : preference.mappings()) {
      form.withArray("/" + PAIRS)
          .addObject()
          .put("current_field", mapping.current().apiName())
          .put("mapped_field", mapping.mapped().apiName());
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    if (!isLeads(module)) {
      throw new ConfigurationException(item.path() + ": only Leads has a " + name() + ".");
    }
    var _ = DuplicateCheckService.create(change, body(item, Optional.empty()));
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    var _ = DuplicateCheckService.update(change, body(item, Optional.of(current)));
  }

  /** The whole preference in the keys of the operation. */
  private static Item body(Item item, Optional<ObjectNode> current) {
    ObjectNode whole = current.map(ObjectNode::deepCopy).orElseGet(Json.MAPPER::createObjectNode);
    whole.setAll(item.json());
    Lists.check(whole, List.of(PAIRS));
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set(TYPE, whole.get(TYPE));
    if (whole.hasNonNull(PAIRS)) {
      ObjectNode configuration = body.putArray("type_configurations").addObject();
      configuration
          .putObject("mapped_module")
          .put("api_name", DuplicateCheckPreference.MAPPED_MODULE);
      ArrayNode pairs = configuration.putArray(PAIRS);
      for (JsonNode pair : whole.path(PAIRS)) {
        ObjectNode one = pairs.addObject();
        SIDES.forEach(side -> one.putObject(side).put("api_name", pair.path(side).asString("")));
      }
    }
    return new Item(body, item.path());
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ = DuplicateCheckService.delete(change);
  }
}
