package io.clientele.metadata;

import io.clientele.http.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The column that tables of owned records have for sharing rules: the labels of the rules whose
 * criteria a record meets. With the owner it is part of the indexes that lists walk, so that what a
 * user may see is decided without reading the records.
 */
public final class RulesColumn {
  /** No API name of a field begins so, and no other column. */
  public static final String NAME = "\"$rules\"";

  /** The kind of the job that writes the column anew for all records of a module. */
  public static final String JOB = "label_records";

  private RulesColumn() {}

  /**
   * What the job is told.
   *
   * @param rerun whether an administrator asked for it
   */
  public static ObjectNode job(long moduleId, boolean rerun) {
    return Json.MAPPER.createObjectNode().put("module", moduleId).put("rerun", rerun);
  }

  /** Whether the module's table has it. */
  public static boolean isIn(Module module) {
    return owner(module).findAny().isPresent();
  }

  private static Stream<Field> owner(Module module) {
    return module.whole().field("Owner").filter(field -> field.stored().isPresent()).stream();
  }

  static String definition() {
    return NAME + " bigint[]";
  }

  /** {@code %s} is the table. Most rows have no label and are not in it. */
  static String createIndex() {
    return "create index on %s using gin (" + NAME + ") where " + NAME + " is not null";
  }

  /** What indexes by id carry along: all that decides who sees a record. */
  static String included(Module module) {
    List<String> columns =
        Stream.of(
                owner(module).map(ModuleTables::quoted),
                owner(module).map(field -> NAME),
                module.whole().fields().stream()
                    .filter(field -> field.dataType().equals("territories"))
                    .filter(field -> field.stored().isPresent())
                    .map(ModuleTables::quoted))
            .flatMap(columnsOf -> columnsOf)
            .toList();
    return columns.isEmpty()
        ? ""
        : columns.stream().collect(Collectors.joining(", ", " include (", ")"));
  }
}
