package io.clientele.metadata.globalpicklists;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.Metadata;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What global pick lists and their values may be called. */
final class Words {
  private static final int MAXIMUM_API_NAME = 50;
  private static final String LABEL_REFUSED = "<>\"\\;{}";
  private static final String OPTION_REFUSED = "<>;";
  private static final Set<String> RESERVED = Set.of("none", "-none-", "null", "undefined");

  /** From here on, code points are pictures, but for rare scripts. */
  private static final int PICTURES = 0x1F000;

  private Words() {}

  /** Checks the label; {@code list} is the id of the list that has it, or zero. */
  static void checkLabel(Item item, Metadata metadata, long list, String emojiMessage) {
    String label = item.text("display_label");
    if (hasEmoji(label)) {
      throw item.invalid("display_label").message(emojiMessage);
    }
    if (hasAny(label, LABEL_REFUSED)) {
      throw item.invalid("display_label").message("Special characters in name");
    }
    if (RESERVED.contains(label.strip().toLowerCase(Locale.ROOT))) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("System keyword not allowed in global set label")
          .at("display_label", item.at("display_label"));
    }
    for (GlobalPickList other : GlobalPickList.list(metadata)) {
      if (other.id() != list && other.displayLabel().equalsIgnoreCase(label)) {
        throw ErrorCode.DUPLICATE_DATA
            .error()
            .message("Duplicate name found, enter a unique name.")
            .at("display_label", item.at("display_label"));
      }
    }
  }

  static void checkApiName(Item item, Metadata metadata, long list) {
    String name = item.text("api_name");
    if (name.isBlank()) {
      throw item.invalid("api_name").message("Api Name cannot be empty");
    }
    if (!name.matches("[A-Za-z]([A-Za-z0-9_]*[A-Za-z0-9])?")) {
      throw item.invalid("api_name")
          .message(
              "Api Name should start with English alphabets followed by numbers or alphabets or"
                  + " underscore and should not end with underscore");
    }
    if (taken(metadata, name, list)) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Duplicate Api name found, enter a unique Api name.")
          .at("api_name", item.at("api_name"));
    }
  }

  /** An API name that follows from the label, and that no other list has. */
  static String apiName(Metadata metadata, String label) {
    String base = label.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[^A-Za-z]+|_+$", "");
    base = base.isEmpty() ? "Global_Picklist" : base;
    String name = base;
    for (int number = 1; taken(metadata, name, 0); number++) {
      String end = Integer.toString(number);
      name =
          base.substring(0, Math.min(base.length(), MAXIMUM_API_NAME - end.length() - 1))
              + "_"
              + end;
    }
    return name;
  }

  private static boolean taken(Metadata metadata, String name, long list) {
    return GlobalPickList.list(metadata).stream()
        .anyMatch(other -> other.id() != list && other.apiName().equalsIgnoreCase(name));
  }

  /** Whether a value may not be called so. */
  static boolean refusedInOption(String text) {
    return hasEmoji(text) || hasAny(text, OPTION_REFUSED);
  }

  private static boolean hasAny(String text, String refused) {
    return text.chars().anyMatch(c -> refused.indexOf(c) >= 0 || Character.isISOControl(c));
  }

  private static boolean hasEmoji(String text) {
    return text.codePoints()
        .anyMatch(point -> Character.isEmojiPresentation(point) || point >= PICTURES);
  }

  static List<String> optionNames() {
    return List.of("display_value", "reference_value", "actual_value");
  }
}
