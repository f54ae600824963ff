package io.clientele.metadata.formula;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.relatedlists.Relation;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * Which rows belong to a record: those of a related list, or those of a module with a lookup to it.
 *
 * @param rows the module of the rows
 * @param condition from the alias of the record and that of a row: whether it belongs
 */
record RelatedRows(Module rows, BiFunction<String, String, String> condition) {
  /** The rows that {@code rollup} names for records of {@code module}. */
  static RelatedRows of(Compilation compilation, Module module, JsonNode rollup) {
    Metadata metadata = compilation.metadata();
    JsonNode list = rollup.path("related_list");
    if (list.isObject()) {
      Setting found =
          module.relatedLists().stream()
              .filter(candidate -> names(list, candidate.apiName(), candidate.id()))
              .findFirst()
              .orElseThrow(() -> missing("related list"));
      Module rows =
          metadata
              .find(found.body().path("module").asString(""))
              .filter(Module::hasTable)
              .orElseThrow(() -> missing("module of the related list"));
      return through(compilation, module, rows, found.body().path("via"));
    }
    JsonNode name = rollup.path("based_on_module");
    Module rows =
        metadata.modules().stream()
            .filter(candidate -> names(name, candidate.apiName(), candidate.id()))
            .filter(Module::hasTable)
            .findFirst()
            .orElseThrow(() -> missing("module to roll up"));
    Field lookup =
        rows.fields().stream()
            .filter(field -> field.dataType().equals("lookup"))
            .filter(field -> field.modules().contains(module.apiName()))
            .findFirst()
            .orElseThrow(() -> missing("lookup from " + rows + " to " + module));
    return byLookup(module, rows, lookup);
  }

  private static boolean names(JsonNode reference, String apiName, long id) {
    String name = reference.path("api_name").asString("");
    return name.isEmpty()
        ? reference.path("id").asString("").equals(Long.toString(id))
        : name.equalsIgnoreCase(apiName);
  }

  private static RelatedRows through(
      Compilation compilation, Module module, Module rows, JsonNode via) {
    if (via.path("linking_module").isString()) {
      Module links = compilation.metadata().get(via.path("linking_module").asString());
      String own = column(links, via.path("field"));
      String other = column(links, via.path("connected_field"));
      String link = compilation.alias();
      String table = compilation.table(links);
      return new RelatedRows(
          rows,
          (record, row) ->
              "%s.\"id\" in (select %s.%s from %s %s where %s.%s = %s.\"id\")"
                  .formatted(row, link, other, table, link, link, own, record));
    }
    Field lookup =
        rows.field(via.path("field").asString(""))
            .filter(field -> field.stored().isPresent() && !via.has("or") && !via.has("subform"))
            .orElseThrow(() -> missing("lookup behind the related list"));
    RelatedRows all = byLookup(module, rows, lookup);
    if (!via.has("open")) {
      return all;
    }
    String word = via.path("open").asBoolean(false) ? " is not true" : " is true";
    return new RelatedRows(
        rows,
        (record, row) ->
            all.condition.apply(record, row) + " and (" + closed(rows, row) + ")" + word);
  }

  private static String closed(Module rows, String alias) {
    return Relation.closed(rows, alias)
        .orElseThrow(() -> missing("rule for what is open in " + rows));
  }

  private static RelatedRows byLookup(Module module, Module rows, Field lookup) {
    String column = Sql.identifier(lookup.column());
    String inModule =
        lookup.type() instanceof MultiModuleLookupType
            ? " and %s."
                + Sql.identifier(MultiModuleLookupType.moduleColumn(lookup))
                + " = "
                + module.id()
            : "";
    return new RelatedRows(
        rows,
        (record, row) -> row + "." + column + " = " + record + ".\"id\"" + inModule.formatted(row));
  }

  private static String column(Module links, JsonNode name) {
    return links
        .field(name.asString(""))
        .map(field -> Sql.identifier(field.column()))
        .orElseThrow(() -> missing("field of " + links));
  }

  private static FormulaException missing(String what) {
    return new FormulaException(Problem.PARTICIPATING_FIELD_NOT_FOUND, 0, "no " + what);
  }
}
