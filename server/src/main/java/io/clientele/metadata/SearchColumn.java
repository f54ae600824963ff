package io.clientele.metadata;

import io.clientele.http.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The column that each module's table has for searches: the words, e-mail addresses and telephone
 * numbers of a record, under one index. Who writes a record writes it, too; where values change
 * otherwise, a job of the kind {@link #JOB} brings it up to date.
 */
public final class SearchColumn {
  /** No API name of a field begins so, and no other column. */
  public static final String NAME = "\"$words\"";

  /** The kind of the job that writes the column anew for all records of a module. */
  public static final String JOB = "search_words";

  private static final Set<String> TYPES =
      Set.of("text", "mediumtext", "textarea", "email", "phone", "website", "autonumber");

  private SearchColumn() {}

  static String definition() {
    return NAME + " tsvector";
  }

  /** {@code %s} is the table. */
  static String createIndex() {
    return "create index on %s using gin (" + NAME + ")";
  }

  /**
   * The fields whose values are found: texts of all kinds. Pick lists are not among them, whose
   * values many records share; nor what the database puts together from other fields.
   */
  public static List<Field> fields(Module module) {
    return module.fields().stream().filter(field -> holds(module, field)).toList();
  }

  /** Whether the column has the words of {@code field}. */
  public static boolean holds(Module module, Field field) {
    return TYPES.contains(field.dataType())
        && field.stored().filter(column -> column.sqlType().equals("text")).isPresent()
        && field.definition().path("searchable").asBoolean(true)
        && !ModuleColumns.isComputed(module, field);
  }

  /** What the job is told. */
  public static ObjectNode job(Module module) {
    return Json.MAPPER.createObjectNode().put("module", module.id());
  }
}
