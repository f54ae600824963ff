package io.clientele.metadata.criteria;

import io.clientele.metadata.Field;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.FormulaType;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.List;
import java.util.Optional;

/** Field types that are compared alike, with the comparators they have. */
public enum Kind {
  TEXT("string", words()),
  NUMBER("double", numbers()),
  DATE("date", ordered()),
  DATETIME("datetime", ordered()),
  FLAG("boolean", equality()),
  REFERENCE("jsonobject", equality()),
  USER("jsonobject", equality()),
  /** Several values of a list. */
  CHOICES("string", words()),
  TAGS("string", List.of("equal", "not_equal", "contains", "not_contains", "in", "not_in")),
  /** Records or users that rows of a linking module name. */
  LINKS("jsonobject", List.of("equal", "include_all", "include_any", "exclude_all", "exclude_any")),
  TERRITORIES("jsonobject", equality());

  private final String expected;
  private final List<String> comparators;

  Kind(String expected, List<String> comparators) {
    this.expected = expected;
    this.comparators = comparators;
  }

  /** How fields like {@code field} are compared; empty when they cannot be. */
  public static Optional<Kind> of(Field field) {
    if (field.linking().isPresent()) {
      return Optional.of(LINKS);
    }
    if (field.valueColumn().isEmpty() || field.valueColumn().get().sqlType().equals("jsonb")) {
      return Optional.empty();
    }
    if (field.type().equals(FieldTypes.TAG)) {
      return Optional.of(TAGS);
    }
    if (field.type() instanceof MultiModuleLookupType) {
      return Optional.of(REFERENCE);
    }
    boolean computed = field.type() instanceof FormulaType;
    return ofType(computed ? ((FormulaType) field.type()).returns().dataType() : field.dataType());
  }

  private static Optional<Kind> ofType(String dataType) {
    return switch (dataType) {
      case "text", "textarea", "email", "phone", "website", "autonumber", "picklist" ->
          Optional.of(TEXT);
      case "integer", "bigint", "double", "currency", "percent" -> Optional.of(NUMBER);
      case "date" -> Optional.of(DATE);
      case "datetime" -> Optional.of(DATETIME);
      case "boolean" -> Optional.of(FLAG);
      case "lookup", "layout" -> Optional.of(REFERENCE);
      case "territories" -> Optional.of(TERRITORIES);
      case "ownerlookup", "userlookup" -> Optional.of(USER);
      case "multiselectpicklist" -> Optional.of(CHOICES);
      default -> Optional.empty();
    };
  }

  /** The JSON type of one value, in the words errors have for it. */
  public String expected() {
    return expected;
  }

  public List<String> comparators() {
    return comparators;
  }

  public boolean isMoment() {
    return this == DATE || this == DATETIME;
  }

  /** Whether lists can be sorted by such a field. */
  public boolean isSortable() {
    return switch (this) {
      case TEXT, NUMBER, DATE, DATETIME, FLAG, REFERENCE, USER -> true;
      case CHOICES, TAGS, LINKS, TERRITORIES -> false;
    };
  }

  private static List<String> equality() {
    return List.of("equal", "not_equal");
  }

  private static List<String> ordered() {
    return List.of(
        "equal",
        "not_equal",
        "less_than",
        "less_equal",
        "greater_than",
        "greater_equal",
        "between",
        "not_between");
  }

  private static List<String> numbers() {
    return List.of(
        "equal",
        "not_equal",
        "less_than",
        "less_equal",
        "greater_than",
        "greater_equal",
        "between",
        "not_between",
        "in",
        "not_in");
  }

  private static List<String> words() {
    return List.of(
        "equal",
        "not_equal",
        "like",
        "not_like",
        "starts_with",
        "ends_with",
        "contains",
        "not_contains",
        "in",
        "not_in");
  }
}
