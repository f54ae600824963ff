package io.clientele.metadata.fields;

import io.clientele.metadata.CustomView;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The places that would mean something else without a field: what selects or sorts by it, computes
 * from it, or asks for it. Where it is only shown it can be left out.
 */
final class FieldUses {
  private final Metadata metadata;
  private final Module module;
  private final Field field;

  FieldUses(Metadata metadata, Module module, Field field) {
    this.metadata = metadata;
    this.module = module;
    this.field = field;
  }

  boolean any() {
    return inViews()
        || inComputedFields()
        || inLookupFilters()
        || inDocuments()
        || inLocking()
        || inSharingRules();
  }

  /** Whether a name in a document of {@code from} leads to the field, or through it. */
  boolean isNamed(Module from, String path) {
    boolean through = from.id() == module.id() && path.startsWith(field.apiName() + ".");
    return through
        || References.findField(metadata, from, path)
            .map(found -> found.id() == field.id())
            .orElse(false);
  }

  private boolean inCriteria(Module from, JsonNode criteria) {
    return Criteria.fields(criteria).anyMatch(name -> isNamed(from, name));
  }

  private boolean inViews() {
    return metadata.modules().stream()
        .anyMatch(from -> from.customViews().stream().anyMatch(view -> inView(from, view)));
  }

  private boolean inView(Module from, CustomView view) {
    return inCriteria(from, view.criteria())
        || isNamed(from, view.sortBy())
        || view.definition()
            .path("cross_filters")
            .valueStream()
            .anyMatch(filter -> inCrossFilter(from, filter));
  }

  /** A cross filter selects by fields of related records, and by the lookup that relates them. */
  private boolean inCrossFilter(Module from, JsonNode filter) {
    return from.relatedLists().stream()
        .filter(list -> list.apiName().equals(filter.path("relation").asString("")))
        .anyMatch(
            list ->
                metadata
                    .find(list.body().path("module").asString(""))
                    .filter(
                        related ->
                            inCriteria(related, filter.path("criteria"))
                                || isNamed(
                                    related, list.body().path("via").path("field").asString("")))
                    .isPresent());
  }

  private boolean inComputedFields() {
    return metadata.modules().stream()
        .flatMap(one -> one.fields().stream())
        .filter(one -> one.id() != field.id())
        .anyMatch(this::isComputedFrom);
  }

  private boolean isComputedFrom(Field other) {
    String expression = other.definition().path("formula").path("expression").asString("");
    String label = FieldJson.value(field, "field_label").asString("");
    return expression.contains(field.apiName() + "}")
        || (!label.isEmpty() && expression.contains(label + "}"))
        || names(other.definition().path("rollup_summary"), field.apiName());
  }

  /** Lookups that offer only those records of the module that meet criteria. */
  private boolean inLookupFilters() {
    return metadata.modules().stream()
        .flatMap(one -> one.fields().stream())
        .filter(one -> one.modules().contains(module.apiName()))
        .anyMatch(
            one ->
                inCriteria(
                    module,
                    one.definition().path("lookup").path("query_details").path("criteria")));
  }

  /** Dependencies between pick lists and wizards name fields by their ids. */
  private boolean inDocuments() {
    return Stream.of("map_dependency", "wizard")
        .flatMap(noun -> metadata.settings(noun).stream())
        .anyMatch(one -> names(one.body(), Long.toString(field.id())));
  }

  /** Rules that lock records; fields that can be changed in spite of a lock are only named. */
  private boolean inLocking() {
    List<Setting> configurations = metadata.settings("record_locking_configuration", module.id());
    return configurations.stream()
        .flatMap(one -> one.body().path("locking_rules").valueStream())
        .anyMatch(rule -> inCriteria(module, rule.path("criteria")));
  }

  /** Rules that share the records that meet criteria. */
  private boolean inSharingRules() {
    return metadata.modules().stream()
        .anyMatch(
            from ->
                metadata.settings("sharing_rule", from.id()).stream()
                    .anyMatch(rule -> inCriteria(from, rule.body().path("criteria"))));
  }

  private static boolean names(JsonNode node, String text) {
    return node.isContainer()
        ? node.valueStream().anyMatch(inner -> names(inner, text))
        : node.asString("").equals(text);
  }
}
