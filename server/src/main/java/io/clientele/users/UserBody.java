package io.clientele.users;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body says of a user in keys that have no column: address, preferences, looks. */
final class UserBody {
  private static final int ANY_LENGTH = 1000;

  private static final Shape TEXTS =
      Shape.empty()
          .text("alias", 50)
          .text("phone", 30)
          .text("mobile", 30)
          .text("fax", 30)
          .text("website", 250)
          .text("street", 250)
          .text("city", 100)
          .text("state", 100)
          .text("zip", 30)
          .text("country", 100)
          .text("signature", 200)
          .text("image_link", 100)
          .text("dob", ANY_LENGTH);

  private static final Shape WORDS =
      Shape.empty()
          .text("date_format", ANY_LENGTH)
          .text("time_format", ANY_LENGTH)
          .text("distance_preference__s", ANY_LENGTH)
          .text("locale", ANY_LENGTH)
          .text("country_locale", ANY_LENGTH)
          .text("language", ANY_LENGTH)
          .text("name_format__s", ANY_LENGTH)
          .text("sort_order_preference__s", ANY_LENGTH);

  private static final Pattern DATE_FORMAT =
      Pattern.compile("(?=.*d)(?=.*M)(?=.*y)[dMyE]+([ ,./-]+[dMyE]+){2,3}");
  private static final Pattern WEBSITE =
      Pattern.compile("((https?|ftp)://)?[^\\s<>\"'`,;]+\\.[^\\s<>\"'`,;]+");
  private static final Set<String> NAME_PARTS = Set.of("Salutation", "First Name", "Last Name");

  private UserBody() {}

  /**
   * The keys of {@code stored} with those of {@code item} over them.
   *
   * @throws ApiError INVALID_DATA and the like about the first key that is wrong
   */
  static ObjectNode read(Item item, JsonNode stored) {
    TEXTS.check(item);
    WORDS.check(item);
    ObjectNode body = ((ObjectNode) stored).deepCopy();
    body.setAll(TEXTS.keep(item));
    words(item, body);
    checkTexts(item);
    Shifts.refuse(item);
    UserSeparators.read(item, body);
    UserLooks.read(item, body);
    if (item.json().path("share_among_subordinates").asBoolean(false)) {
      throw ErrorCode.FEATURE_NOT_AVAILABLE
          .error()
          .message("Share among Subordinates Feature is not available");
    }
    return body;
  }

  /** A preference that is set to null has its default again. */
  private static void words(Item item, ObjectNode body) {
    WORDS
        .keep(item)
        .forEachEntry(
            (name, value) -> {
              if (value.isNull()) {
                body.remove(name);
              } else {
                checkWord(item, name, value.asString());
                body.set(name, value);
              }
            });
  }

  private static void checkWord(Item item, String name, String word) {
    switch (name) {
      case "date_format" -> pattern(item, name, DATE_FORMAT.matcher(word).matches());
      case "time_format" -> pattern(item, name, List.of("HH:mm", "hh:mm a").contains(word));
      case "distance_preference__s" ->
          pattern(item, name, List.of("Kilometers", "Miles").contains(word));
      case "language" -> require(item, name, isLocale(word), "Give a proper language code");
      case "name_format__s" ->
          require(item, name, isNameFormat(word), "Valid name format should be given");
      case "sort_order_preference__s" ->
          require(
              item,
              name,
              List.of("First Name,Last Name", "Last Name,First Name").contains(word),
              "Valid sort order preference should be given");
      default -> require(item, name, isLocale(word), "INVALID_DATA");
    }
  }

  private static void checkTexts(Item item) {
    if (!item.text("website").isEmpty()) {
      pattern(item, "website", WEBSITE.matcher(item.text("website")).matches());
    }
    checkSpecial(item, "alias");
    try {
      if (!item.text("dob").isEmpty()) {
        var unused = LocalDate.parse(item.text("dob"));
      }
    } catch (DateTimeException e) {
      throw item.invalid("dob").with("expected_data_type", "date");
    }
  }

  /**
   * @throws ApiError INVALID_DATA when a name has characters of markup
   */
  static void checkSpecial(Item item, String name) {
    boolean special =
        item.text(name)
            .chars()
            .anyMatch(one -> one == '<' || one == '>' || Character.isISOControl(one));
    require(item, name, !special, "Special Characters Found");
  }

  /** All three parts of a name, in any order; the API misspells one of them at times. */
  private static boolean isNameFormat(String word) {
    List<String> parts = List.of(word.replace("Saluation", "Salutation").split(",", -1));
    return parts.size() == NAME_PARTS.size() && Set.copyOf(parts).equals(NAME_PARTS);
  }

  /** A language, with or without a country, such as {@code en_US}. */
  private static boolean isLocale(String word) {
    String[] parts = word.split("_", -1);
    return parts.length <= 2
        && Set.of(Locale.getISOLanguages()).contains(parts[0])
        && (parts.length == 1 || Set.of(Locale.getISOCountries()).contains(parts[1]));
  }

  private static void pattern(Item item, String name, boolean right) {
    require(item, name, right, "Pattern not matched");
  }

  private static void require(Item item, String name, boolean right, String message) {
    if (!right) {
      throw item.invalid(name).message(message);
    }
  }

  /** There are no shifts yet, so none can be named. */
  private static final class Shifts {
    private static final Map<String, String> KEYS =
        Map.of(
            "$current_shift", "Invalid current shift id", "$next_shift", "Invalid next shift id");

    static void refuse(Item item) {
      KEYS.forEach(
          (name, message) -> {
            if (item.has(name)) {
              throw ErrorCode.INVALID_REQUEST
                  .error()
                  .at(name, item.at(name) + ".id")
                  .message(message);
            }
          });
      String from = "$shift_effective_from";
      if (item.has(from)) {
        throw ErrorCode.DEPENDENT_MISMATCH
            .with("dependee", item.place("$next_shift"))
            .at(from, item.at(from))
            .message("Dependent Field value should not be null");
      }
    }
  }
}
