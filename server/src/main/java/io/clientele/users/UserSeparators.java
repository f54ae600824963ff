package io.clientele.users;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The signs a user wants in numbers: two different ones, in whatever case they are written. */
final class UserSeparators {
  private static final String NUMBER = "number_separator";
  private static final String DECIMAL = "decimal_separator";

  private UserSeparators() {}

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA about a sign that is not known, or
   *     MAPPING_MISMATCH when both would be the same
   */
  static void read(Item item, ObjectNode body) {
    set(item, body, NUMBER, List.of("Comma", "Period", "Space"));
    set(item, body, DECIMAL, List.of("Comma", "Period"));
    boolean said = item.has(NUMBER) || item.has(DECIMAL);
    String number = body.path(NUMBER).asString("Comma");
    if (said && number.equals(body.path(DECIMAL).asString("Period"))) {
      throw ErrorCode.MAPPING_MISMATCH
          .with("mapped_field", item.place(NUMBER))
          .at(DECIMAL, item.at(DECIMAL))
          .message("the number separator and decimal separator values should not be same");
    }
  }

  private static void set(Item item, ObjectNode body, String name, List<String> words) {
    if (!item.has(name)) {
      return;
    }
    String word =
        words.stream()
            .filter(one -> one.equalsIgnoreCase(item.text(name)))
            .findFirst()
            .orElseThrow(
                () ->
                    item.invalid(name)
                        .message(
                            "Invalid data. Valid values are "
                                + String.join("/", words)
                                + " (Not case-sensitive)"));
    body.put(name, word);
  }
}
