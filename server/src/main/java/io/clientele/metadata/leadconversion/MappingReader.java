package io.clientele.metadata.leadconversion;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.leadconversion.LeadConversionMapping.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Reads a mapping as clients write it. */
final class MappingReader {
  private static final int MOST = 500;
  private static final Shape NAMED = Shape.empty().id("id").text("api_name", 100);
  private static final Shape PAIR =
      Shape.empty()
          .object("current_field", NAMED)
          .object("mapped_field", NAMED)
          .require("current_field", "mapped_field");
  private static final Shape MAPPING =
      Shape.empty()
          .object("mapped_module", NAMED)
          .list("field_mappings", PAIR)
          .require("mapped_module", "field_mappings");

  /** What fits into a text. */
  private static final Set<String> TEXTS =
      Set.of("text", "textarea", "email", "phone", "website", "picklist");

  /** What is no value to pass on: rows of other modules, files, and what the server sets. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "subform",
          "multiselectlookup",
          "multiuserlookup",
          "fileupload",
          "imageupload",
          "profileimage",
          "layout",
          "autonumber",
          "territories",
          "consent_lookup");

  private final Metadata metadata;

  MappingReader(Metadata metadata) {
    this.metadata = metadata;
  }

  LeadConversionMapping read(Item item) {
    MAPPING.check(item);
    Item named = inner(item, "mapped_module");
    Module module =
        find(named, metadata::find, metadata::find)
            .filter(found -> LeadConversionMapping.MODULES.contains(found.apiName()))
            .orElseThrow(() -> item.invalid("mapped_module"));
    Module leads = metadata.get(LeadConversionMapping.LEADS);
    var pairs = new ArrayList<Pair>();
    var targets = new HashSet<Long>();
    List<Item> given =
        item.json().path("field_mappings").isEmpty()
            ? List.of()
            : Item.list(item, "field_mappings", MOST);
    for (Item one : given) {
      Field lead =
          find(inner(one, "current_field"), leads::field, leads::field)
              .orElseThrow(() -> one.invalid("current_field"));
      Field target =
          find(inner(one, "mapped_field"), module::field, module::field)
              .filter(found -> fits(lead, found))
              .filter(
                  found ->
                      LeadConversionMapping.fixed(module.apiName(), found.apiName())
                          .map(name -> name.equals(lead.apiName()))
                          .orElse(true))
              .orElseThrow(() -> one.invalid("mapped_field"));
      if (!targets.add(target.id())) {
        throw ErrorCode.DUPLICATE_DATA.error().at("mapped_field", one.at("mapped_field"));
      }
      pairs.add(new Pair(lead, target));
    }
    return LeadConversionMapping.complete(metadata, module, pairs);
  }

  private static Item inner(Item item, String name) {
    return new Item((ObjectNode) item.json().get(name), item.at(name));
  }

  private static <T> Optional<T> find(
      Item named, Function<Long, Optional<T>> byId, Function<String, Optional<T>> byName) {
    return named.has("id")
        ? PathId.parse(named.text("id")).flatMap(byId)
        : byName.apply(named.text("api_name"));
  }

  /** Whether a value of one is a value of the other. */
  private static boolean fits(Field lead, Field target) {
    if (lead.valueColumn().isEmpty()
        || target.stored().isEmpty()
        || target.readOnly()
        || target.isInternal()
        || LEFT_OUT.contains(lead.dataType())
        || LEFT_OUT.contains(target.dataType())
        || target.apiName().equals("Owner")
        || target.apiName().equals("Tag")
        || lead.apiName().equals("Tag")) {
      return false;
    }
    String from = lead.valueType();
    String into = target.dataType();
    boolean sameModule = lead.modules().equals(target.modules());
    return from.equals(into) && sameModule || into.startsWith("text") && TEXTS.contains(from);
  }
}
