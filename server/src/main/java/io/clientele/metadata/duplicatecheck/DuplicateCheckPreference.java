package io.clientele.metadata.duplicatecheck;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where, besides in its own module, the duplicates of a new lead are looked for: among converted
 * leads, or in Contacts by pairs of unique fields.
 *
 * @param mappings none for converted leads
 */
public record DuplicateCheckPreference(Type type, List<Mapping> mappings) {
  /** The only module that has the preference. */
  public static final String MODULE = "Leads";

  /** The only module whose records can be looked at. */
  public static final String MAPPED_MODULE = "Contacts";

  private static final String NOUN = "duplicate_check_preference";

  /** What is looked at. */
  public enum Type {
    CONVERTED_RECORDS("converted_records"),
    MAPPED_MODULE_RECORDS("mapped_module_records");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word for it on the wire. */
    public String word() {
      return word;
    }

    static Type of(String word) {
      return word.equals(CONVERTED_RECORDS.word) ? CONVERTED_RECORDS : MAPPED_MODULE_RECORDS;
    }
  }

  /** A unique field of leads and the one of contacts that has the same value in a duplicate. */
  public record Mapping(Field current, Field mapped) {}

  /** The preference of an org; empty when none is enabled. */
  public static Optional<DuplicateCheckPreference> find(Metadata metadata) {
    return setting(metadata).map(setting -> read(metadata, setting.body()));
  }

  static Optional<Setting> setting(Metadata metadata) {
    return metadata.settings(NOUN).stream().findFirst();
  }

  static String noun() {
    return NOUN;
  }

  /** By the ids of the fields, which stay when names change. */
  JsonNode body() {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("type", type.word);
    ArrayNode pairs = body.putArray("field_mappings");
    for (Mapping mapping : mappings) {
      pairs
          .addObject()
          .put("current_field", mapping.current.id())
          .put("mapped_field", mapping.mapped.id());
    }
    return body;
  }

  /** Pairs of which a field was deleted are passed over. */
  private static DuplicateCheckPreference read(Metadata metadata, JsonNode body) {
    Module leads = metadata.get(MODULE);
    Module contacts = metadata.get(MAPPED_MODULE);
    var mappings = new ArrayList<Mapping>();
    for (JsonNode pair : body.path("field_mappings")) {
      leads
          .field(pair.path("current_field").asLong())
          .ifPresent(
              current ->
                  contacts
                      .field(pair.path("mapped_field").asLong())
                      .ifPresent(mapped -> mappings.add(new Mapping(current, mapped))));
    }
    return new DuplicateCheckPreference(Type.of(body.path("type").asString()), mappings);
  }
}
