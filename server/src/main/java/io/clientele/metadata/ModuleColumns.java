package io.clientele.metadata;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.types.Column;
import io.clientele.org.Org;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The column of a field as CREATE TABLE has it. */
public final class ModuleColumns {
  /** What the database computes from the row's other columns. */
  private static final Map<String, String> COMPUTED =
      Map.of(
          "Full_Name",
          "case when \"first_name\" is null then coalesce(\"last_name\", '')"
              + " else \"first_name\" || ' ' || coalesce(\"last_name\", '') end",
          "Expected_Revenue",
          "\"amount\" * \"probability\" / 100");

  private ModuleColumns() {}

  /** Whether the database computes the field; nothing else may write it. */
  public static boolean isComputed(Module module, Field field) {
    return switch (field.apiName()) {
      case "Full_Name" ->
          module.field("First_Name").isPresent() && module.field("Last_Name").isPresent();
      case "Expected_Revenue" ->
          module.field("Amount").isPresent() && module.field("Probability").isPresent();
      default -> false;
    };
  }

  static Optional<String> definition(Org org, Module module, Field field) {
    String name = Sql.identifier(field.column()) + " ";
    if (field.apiName().equals("id")) {
      return Optional.of(name + "bigint not null");
    }
    return field.stored().map(column -> name + typeOf(org, module, field, column));
  }

  private static String typeOf(Org org, Module module, Field field, Column column) {
    String type = column.sqlType();
    if (isComputed(module, field)) {
      return type + " generated always as (" + COMPUTED.get(field.apiName()) + ") stored";
    }
    if (field.dataType().equals("autonumber")) {
      return type + " default " + autoNumber(org, field);
    }
    return type.equals("boolean") ? "boolean not null default false" : type;
  }

  /** The sequence that numbers an auto-number field. */
  static String sequence(Org org, Field field) {
    return org.schema() + ".auto_number_" + field.id();
  }

  static String createSequence(Org org, Field field) {
    long start = field.definition().path("auto_number").path("start_number").asLong(1);
    return "create sequence " + sequence(org, field) + " start with " + start;
  }

  /** The next number, with what stands before and behind it. */
  public static String autoNumber(Org org, Field field) {
    JsonNode number = field.definition().path("auto_number");
    return literal(number.path("prefix").asString(""))
        + " || nextval('"
        + sequence(org, field)
        + "')::text || "
        + literal(number.path("suffix").asString(""));
  }

  /** Lets the next number be above {@code highest}. */
  public static void moveAutoNumber(Transaction tx, Org org, Field field, long highest) {
    Settings.moveSequence(tx, sequence(org, field), highest);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
