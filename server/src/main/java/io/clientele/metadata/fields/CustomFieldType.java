package io.clientele.metadata.fields;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The data types that custom fields can have, with the lengths they take and what else they allow.
 * Reference: Create Custom Fields, "Field Types: Data Types and Length Limits".
 */
enum CustomFieldType {
  TEXT(1, 255, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.UNIQUE, Allows.EXTERNAL),
  TEXTAREA(List.of(2000, 32000, 50000), Allows.STATIC_TEXT, Allows.ENCRYPTION),
  EMAIL(1, 100, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.UNIQUE),
  PHONE(1, 30, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.UNIQUE),
  WEBSITE(1, 450, Allows.STATIC_TEXT, Allows.ENCRYPTION),
  INTEGER(1, 9, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.UNIQUE),
  BIGINT(1, 18, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.UNIQUE),
  DOUBLE(1, 18, Allows.STATIC_TEXT, Allows.ENCRYPTION, Allows.DECIMALS),
  CURRENCY(1, 16, Allows.ENCRYPTION, Allows.DECIMALS),
  PERCENT(1, 5, Allows.STATIC_TEXT, Allows.DECIMALS),
  BOOLEAN(Allows.STATIC_TEXT),
  DATE(Allows.ENCRYPTION),
  DATETIME(Allows.ENCRYPTION),
  PICKLIST(),
  MULTISELECTPICKLIST(),
  AUTONUMBER(1, 255),
  FORMULA(Allows.DECIMALS),
  ROLLUP_SUMMARY(),
  LOOKUP(Allows.STATIC_TEXT),
  USERLOOKUP(),
  MULTISELECTLOOKUP(),
  MULTIUSERLOOKUP(),
  SUBFORM(),
  FILEUPLOAD(List.of(1, 5)),
  IMAGEUPLOAD(1, 10);

  /** What a type may have beside its length. */
  enum Allows {
    STATIC_TEXT,
    ENCRYPTION,
    UNIQUE,
    EXTERNAL,
    DECIMALS
  }

  private final int minimum;
  private final int maximum;
  private final List<Integer> lengths;
  private final Set<Allows> allows = EnumSet.noneOf(Allows.class);

  CustomFieldType(Allows... allows) {
    this(0, 0, List.of(), allows);
  }

  CustomFieldType(int minimum, int maximum, Allows... allows) {
    this(minimum, maximum, List.of(), allows);
  }

  CustomFieldType(List<Integer> lengths, Allows... allows) {
    this(0, 0, lengths, allows);
  }

  CustomFieldType(int minimum, int maximum, List<Integer> lengths, Allows... allows) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.lengths = lengths;
    this.allows.addAll(Arrays.asList(allows));
  }

  /** The type of that {@code data_type}. */
  static Optional<CustomFieldType> of(String dataType) {
    return Arrays.stream(values()).filter(type -> type.dataType().equals(dataType)).findFirst();
  }

  String dataType() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean allows(Allows what) {
    return allows.contains(what);
  }

  /** Whether the client chooses a length between two bounds. */
  boolean hasRange() {
    return maximum > 0;
  }

  int minimum() {
    return minimum;
  }

  int maximum() {
    return maximum;
  }

  /** The only lengths there are; empty when it is not a choice of a few. */
  List<Integer> lengths() {
    return lengths;
  }

  boolean isPickList() {
    return this == PICKLIST || this == MULTISELECTPICKLIST;
  }
}
