package io.clientele.metadata.leadconversion;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.StandardMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Which fields of a lead become which of the account, the contact or the deal it is converted to.
 * Each of the three has a document of its own once it was changed; until then it is as the product
 * has it.
 *
 * @param module the module of the records that are made
 */
public record LeadConversionMapping(Module module, List<Pair> pairs) {
  /** The module that is converted. */
  public static final String LEADS = "Leads";

  /** The modules it is converted to. */
  public static final List<String> MODULES = List.of("Accounts", "Contacts", "Deals");

  static final String NOUN = "lead_conversion_mapping";

  private static final JsonNode STANDARD = StandardMetadata.read(NOUN + ".json");

  /** What every mapping has: without it the record would have no name. */
  private static final Map<String, Map<String, String>> FIXED =
      Map.of(
          "Accounts", Map.of("Account_Name", "Company"),
          "Contacts", Map.of("Last_Name", "Last_Name"));

  /** A field of leads and the field of the other module that gets its value. */
  public record Pair(Field lead, Field target) {}

  /** The mapping to one of {@link #MODULES}. */
  public static LeadConversionMapping of(Metadata metadata, String moduleName) {
    Module module = metadata.get(moduleName);
    return setting(metadata, module)
        .map(setting -> read(metadata, module, setting.body()))
        .orElseGet(() -> standard(metadata, module));
  }

  /**
   * Replaces the mapping to the module that {@code item} names.
   *
   * @throws io.clientele.error.ApiError about the first pair of fields that does not fit
   */
  public static LeadConversionMapping update(MetadataChange change, Item item) {
    LeadConversionMapping wanted = new MappingReader(change.metadata()).read(item);
    setting(change.metadata(), wanted.module)
        .ifPresentOrElse(
            setting -> change.update(setting, wanted.body()),
            () ->
                change.insert(
                    change.nextId(),
                    NOUN,
                    change.metadata().get(LEADS).id(),
                    wanted.module.apiName(),
                    wanted.body()));
    return wanted;
  }

  private static Optional<Setting> setting(Metadata metadata, Module module) {
    return metadata.settings(NOUN).stream()
        .filter(setting -> setting.apiName().equals(module.apiName()))
        .findFirst();
  }

  /** The lead's field that a field of the module always gets. */
  public static Optional<String> fixed(String moduleName, String target) {
    return Optional.ofNullable(FIXED.getOrDefault(moduleName, Map.of()).get(target));
  }

  /** The pairs given and those that are fixed. */
  static LeadConversionMapping complete(Metadata metadata, Module module, List<Pair> given) {
    var pairs = new ArrayList<>(given);
    FIXED
        .getOrDefault(module.apiName(), Map.of())
        .forEach(
            (target, lead) -> {
              if (given.stream().noneMatch(pair -> pair.target.apiName().equals(target))) {
                pair(metadata, module, lead, target).ifPresent(pairs::addFirst);
              }
            });
    return new LeadConversionMapping(module, List.copyOf(pairs));
  }

  /** By the ids of the fields, which stay when names change. */
  JsonNode body() {
    var body = Json.MAPPER.createObjectNode();
    ArrayNode list = body.putArray("field_mappings");
    for (Pair pair : pairs) {
      list.addObject().put("current_field", pair.lead.id()).put("mapped_field", pair.target.id());
    }
    return body;
  }

  /** Pairs of which a field was deleted are passed over. */
  private static LeadConversionMapping read(Metadata metadata, Module module, JsonNode body) {
    var pairs = new ArrayList<Pair>();
    for (JsonNode pair : body.path("field_mappings")) {
      metadata
          .get(LEADS)
          .field(pair.path("current_field").asLong())
          .ifPresent(
              lead ->
                  module
                      .field(pair.path("mapped_field").asLong())
                      .ifPresent(target -> pairs.add(new Pair(lead, target))));
    }
    return new LeadConversionMapping(module, pairs);
  }

  /** The mapping that an org begins with. */
  public static LeadConversionMapping standard(Metadata metadata, Module module) {
    var pairs = new ArrayList<Pair>();
    STANDARD
        .path(module.apiName())
        .forEachEntry(
            (lead, target) ->
                pair(metadata, module, lead, target.asString()).ifPresent(pairs::add));
    return new LeadConversionMapping(module, pairs);
  }

  private static Optional<Pair> pair(Metadata metadata, Module module, String lead, String target) {
    return metadata
        .get(LEADS)
        .field(lead)
        .flatMap(found -> module.field(target).map(other -> new Pair(found, other)));
  }
}
