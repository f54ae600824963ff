package io.clientele.metadata;

/** What a field is when its definition does not say. */
public final class FieldDefaults {
  private FieldDefaults() {}

  /** Characters or digits that fit. */
  public static int length(String dataType) {
    return switch (dataType) {
      case "picklist" -> 120;
      case "website" -> 450;
      case "textarea" -> 2_000;
      case "email" -> 100;
      case "phone" -> 30;
      case "integer" -> 9;
      case "bigint" -> 18;
      case "double", "currency" -> 16;
      case "percent" -> 5;
      default -> 255;
    };
  }

  /** Places behind the decimal point. */
  public static int decimalPlaces(String dataType) {
    return switch (dataType) {
      case "double", "currency", "percent" -> 2;
      default -> 0;
    };
  }
}
