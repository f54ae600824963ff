package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.leadconversion.LeadConversionMapping;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of the fields of leads that are converted: a mapping for each module, of fields by
 * their API names. Pairs that every mapping has go without saying.
 */
final class LeadConversionPart implements Part {
  private static final String MODULE = "mapped_module";
  private static final String PAIRS = "field_mappings";
  private static final String LEAD = "current_field";
  private static final String TARGET = "mapped_field";

  @Override
  public String name() {
    return "lead_conversion_mapping";
  }

  @Override
  public List<String> keys() {
    return List.of(MODULE);
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return isLeads(module)
        ? LeadConversionMapping.MODULES.stream().map(name -> describe(metadata, name)).toList()
        : List.of();
  }

  private static boolean isLeads(@Nullable Module module) {
    return Objects.requireNonNull(module).apiName().equals(LeadConversionMapping.LEADS);
  }

  private static Described describe(Metadata metadata, String name) {
    ObjectNode form = form(LeadConversionMapping.of(metadata, name));
    ObjectNode standard = form(LeadConversionMapping.standard(metadata, metadata.get(name)));
    return new Described(0, form, !form.equals(standard));
  }

  private static ObjectNode form(LeadConversionMapping mapping) {
    String module = mapping.module().apiName();
    ObjectNode form = Json.MAPPER.createObjectNode().put(MODULE, module);
    ArrayNode pairs = form.putArray(PAIRS);
    for (LeadConversionMapping.Pair pair : mapping.pairs()) {
      pairs.addObject().put(LEAD, pair.lead().apiName()).put(TARGET, pair.target().apiName());
    }
    form.set(PAIRS, brief(module, pairs));
    return form;
  }

  /** Pairs have no order, so they are written in that of their names. */
  @Override
  public ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of(PAIRS));
    ObjectNode complete = wanted.deepCopy();
    String module = wanted.path(MODULE).asString("");
    if (complete.get(PAIRS) instanceof ArrayNode pairs) {
      complete.set(PAIRS, brief(module, pairs));
    }
    return complete;
  }

  private static ArrayNode brief(String module, ArrayNode pairs) {
    ArrayNode brief = pairs.arrayNode();
    pairs
        .valueStream()
        .filter(pair -> !isFixed(module, pair))
        .sorted(Comparator.comparing(pair -> pair.path(TARGET).asString("")))
        .forEach(brief::add);
    return brief;
  }

  private static boolean isFixed(String module, JsonNode pair) {
    return LeadConversionMapping.fixed(module, pair.path(TARGET).asString(""))
        .filter(lead -> lead.equals(pair.path(LEAD).asString("")))
        .isPresent();
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    throw new ConfigurationException(
        item.path()
            + ": leads are converted to "
            + String.join(", ", LeadConversionMapping.MODULES)
            + ", and nothing else is.");
  }

  /** The operation replaces a mapping as a whole. */
  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.putObject(MODULE).set("api_name", current.get(MODULE));
    ArrayNode pairs = body.putArray(PAIRS);
    for (JsonNode pair : item.has(PAIRS) ? item.json().get(PAIRS) : current.get(PAIRS)) {
      ObjectNode one = pairs.addObject();
      for (String side : List.of(LEAD, TARGET)) {
        one.putObject(side).put("api_name", pair.path(side).asString(""));
      }
    }
    var _ = LeadConversionMapping.update(change, new Item(body, item.path()));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    throw new ConfigurationException("The mapping of leads cannot be taken away.");
  }
}
