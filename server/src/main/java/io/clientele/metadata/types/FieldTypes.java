package io.clientele.metadata.types;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All field types by their {@code data_type}. */
public final class FieldTypes {
  private static final Map<String, FieldType> BY_NAME =
      List.of(
              new TextType("text"),
              new ProfileImageType(),
              new TextType("mediumtext"),
              new TextareaType(),
              new EmailType(),
              new PhoneType(),
              new WebsiteType(),
              new AutoNumberType(),
              new PicklistType(),
              new MultiselectPicklistType(),
              new IntegerType(),
              new LongType(),
              new DecimalType("double"),
              new DecimalType("percent"),
              new DecimalType("currency"),
              new BooleanType(),
              new DateType(),
              new DateTimeType("datetime"),
              new DateTimeType("event_reminder"),
              new LookupType(),
              new MultiModuleLookupType(),
              new UserLookupType("ownerlookup"),
              new UserLookupType("userlookup"),
              new SubformType(),
              new MultiLookupType("multiselectlookup"),
              new MultiLookupType("multiuserlookup"),
              new RecurrenceType(),
              new AlarmType(),
              new ReminderType(),
              new DocumentType("time_range", "jsonarray"),
              new LineTaxType(),
              new FilesType("fileupload"),
              new FilesType("imageupload"),
              new DocumentType("consent_lookup", "jsonobject"),
              new TerritoriesType(),
              new LayoutType(),
              new ModuleType())
          .stream()
          .collect(Collectors.toUnmodifiableMap(FieldType::dataType, Function.identity()));

  /** The field Tag, which shares its data type with text. */
  public static final FieldType TAG = new TagType();

  /** The field Participants, which shares its data type with whole numbers. */
  public static final FieldType PARTICIPANTS = new ParticipantsType();

  /** An amount that can be given as a percentage, whatever its data type says. */
  public static final FieldType AMOUNT_OR_PERCENT = new AmountOrPercentType();

  /** Lookups to one of several modules, whatever their data type says. */
  public static final FieldType MULTI_MODULE = new MultiModuleLookupType();

  private static final Set<String> RETURNED =
      Set.of(
          "text",
          "double",
          "currency",
          "percent",
          "integer",
          "bigint",
          "date",
          "datetime",
          "boolean");

  /** What older definitions call some of them. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("string", "text", "decimal", "double", "number", "double", "long", "bigint");

  private FieldTypes() {}

  /**
   * @throws IllegalArgumentException when there is no such type
   */
  public static FieldType of(String dataType) {
    FieldType type = BY_NAME.get(dataType);
    if (type == null) {
      throw new IllegalArgumentException("no field type " + dataType);
    }
    return type;
  }

  /** A field whose values are JSON arrays although its data type has single ones (Comments). */
  public static FieldType list(String dataType) {
    return new DocumentType(dataType, "jsonarray");
  }

  /** A computed field that returns {@code returns}; text when there is no such type. */
  public static FieldType computed(String dataType, String returns) {
    return new FormulaType(dataType, of(returned(returns)));
  }

  /** Whether a computed field can return it. */
  public static boolean isReturnable(String name) {
    return RETURNED.contains(name) || OTHER_NAMES.containsKey(name);
  }

  /** The data type of what a computed field returns. */
  public static String returned(String name) {
    String known = OTHER_NAMES.getOrDefault(name, name);
    return RETURNED.contains(known) ? known : "text";
  }
}
