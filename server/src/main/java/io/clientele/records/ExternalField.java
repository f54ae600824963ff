package io.clientele.records;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the header {@code X-EXTERNAL}: {@code Module.Field} for the records of a path or a
 * body, {@code Module.Lookup.Field} and {@code Module.Subform.Lookup.Field} for what they look up,
 * {@code Module.Lookup->Other.Field} where a lookup has several modules.
 *
 * @param module the module whose rows it is about
 * @param steps the keys that lead from a row to the lookup; empty for the row itself
 * @param last the lookup, if it is a field
 * @param target the module that has the external field
 */
record ExternalField(
    Module module, List<String> steps, Optional<Field> last, Module target, Field field) {

  /** The key under which older clients know the line items of every inventory module. */
  private static final String LINE_ITEMS = "Product_Details";

  /**
   * @throws ApiError INVALID_DATA when it names no external field
   */
  static ExternalField parse(String text, Metadata metadata) {
    String[] sides = text.strip().split("->", -1);
    List<String> left = List.of(sides[0].strip().split("\\.", -1));
    boolean tellsModule = sides.length == 2;
    if (sides.length > 2 || left.size() < 2) {
      throw invalid();
    }
    Module module = module(metadata, left.getFirst());
    List<String> steps = left.subList(1, tellsModule ? left.size() : left.size() - 1);
    var walk = Walk.along(metadata, module, steps);
    if (!tellsModule) {
      return of(module, walk, walk.module.orElseThrow(ExternalField::invalid), left.getLast());
    }
    String[] right = sides[1].strip().split("\\.", -1);
    if (right.length != 2) {
      throw invalid();
    }
    return of(module, walk, module(metadata, right[0]), right[1]);
  }

  private static ExternalField of(Module module, Walk walk, Module target, String name) {
    Field field = target.field(name).filter(Field::isExternal).orElseThrow(ExternalField::invalid);
    return new ExternalField(module, walk.steps, walk.last, target, field);
  }

  /** Whether the module of a found record must be told beside its id. */
  boolean hasSeveralModules() {
    return last.filter(lookup -> lookup.type() instanceof MultiModuleLookupType).isPresent();
  }

  private static Module module(Metadata metadata, String name) {
    return metadata
        .find(name)
        .filter(Module::apiSupported)
        .filter(Module::hasTable)
        .orElseThrow(ExternalField::invalid);
  }

  static ApiError invalid() {
    return ErrorCode.INVALID_DATA.with("header_name", ExternalIds.HEADER);
  }

  /** Where steps lead to: their last field, and its module if it has one alone. */
  private record Walk(List<String> steps, Optional<Field> last, Optional<Module> module) {
    static Walk along(Metadata metadata, Module from, List<String> names) {
      var walk = new Walk(List.of(), Optional.empty(), Optional.of(from));
      for (String name : names) {
        walk = walk.step(metadata, name);
      }
      return walk;
    }

    private Walk step(Metadata metadata, String name) {
      Optional<Field> found = module.flatMap(here -> field(here, name));
      var more = new java.util.ArrayList<>(steps);
      more.add(found.map(Field::apiName).orElse(name));
      Optional<Module> next =
          found
              .filter(field -> !field.modules().isEmpty())
              .flatMap(field -> metadata.find(field.modules().getFirst()))
              .filter(Module::hasTable);
      return new Walk(List.copyOf(more), found, next);
    }

    private static Optional<Field> field(Module module, String name) {
      return module
          .field(name)
          .or(
              () ->
                  module.fieldsWithRows().stream()
                      .filter(field -> field.dataType().equals("subform") && !field.isCustom())
                      .filter(field -> name.equals(LINE_ITEMS))
                      .findFirst());
    }
  }
}
