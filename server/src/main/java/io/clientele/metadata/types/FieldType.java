package io.clientele.metadata.types;

import io.clientele.error.ApiError;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The behaviour of a {@code data_type}: where its values are kept, how JSON becomes a value, and
 * how a value becomes JSON. The types are found by their name in {@link FieldTypes}.
 */
public sealed interface FieldType
    permits AlarmType,
        AmountOrPercentType,
        AutoNumberType,
        BooleanType,
        DateType,
        DateTimeType,
        DecimalType,
        DocumentType,
        EmailType,
        FilesType,
        FormulaType,
        IntegerType,
        LayoutType,
        LineTaxType,
        LongType,
        LookupType,
        ModuleType,
        MultiLookupType,
        MultiModuleLookupType,
        MultiselectPicklistType,
        ParticipantsType,
        PhoneType,
        PicklistType,
        ProfileImageType,
        RecurrenceType,
        ReminderType,
        SubformType,
        TagType,
        TerritoriesType,
        TextType,
        TextareaType,
        UserLookupType,
        WebsiteType {

  /** The name on the wire, such as {@code ownerlookup}. */
  String dataType();

  /**
   * The JSON type that the field's metadata tells: string, integer, double, boolean, jsonobject or
   * jsonarray.
   */
  String jsonType();

  /** The column of the module's table; none for values that lie in rows of another module. */
  Optional<Column> column();

  /** What its values are to SQL: those of its column, unless it keeps them in another form. */
  default Optional<Column> valueColumn() {
    return column();
  }

  /**
   * Columns beside the one of {@link #column}, as {@code "name" type}; the writer of records fills
   * them.
   */
  default List<String> extraColumns(Field field) {
    return List.of();
  }

  /** The element class of arrays that carry this type's values to the database. */
  default @Nullable Object[] newArray(int size) {
    return new String[size];
  }

  /**
   * What JSON means for {@code field}: a value for its column, of the class {@link #newArray} has;
   * null for null.
   *
   * @throws ApiError INVALID_DATA with what was expected, about {@code path}
   */
  @Nullable Object parse(JsonNode json, Field field, String path);

  /** Adds what {@link #write} reads; answers the place of the first column. */
  default int select(Field field, Selection selection) {
    return selection.add(selection.value(field));
  }

  /**
   * Writes the value in {@code column} of {@code row}; other values of the field may stand in the
   * columns after.
   */
  void write(ResultSet row, int column, Field field, Reading reading) throws SQLException;

  /**
   * What a value is written into, and what is known while reading.
   *
   * @param userId who reads
   */
  record Reading(
      JsonGenerator json, Metadata metadata, long userId, java.time.ZoneId zone, boolean single) {
    public Reading(JsonGenerator json, Metadata metadata, long userId, boolean single) {
      this(json, metadata, userId, metadata.zoneOf(userId), single);
    }
  }
}
