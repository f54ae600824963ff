package io.clientele.users;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a body that have columns of their own, checked one by one. */
final class UserKeys {
  private static final Shape SHAPE =
      Shape.empty()
          .text("email", 100)
          .text("first_name", 50)
          .text("last_name", 50)
          .text("time_zone", 150)
          .text("status", 100);

  private static final List<String> STAMPS =
      List.of("created_by", "Modified_By", "created_time", "Modified_Time");

  private static final Pattern EMAIL =
      Pattern.compile(
          "[+\\-\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}!#$%&'*+\\-/=?^_`{|}~.]*"
              + "@(?:[\\p{L}\\p{N}\\p{M}](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}])?\\.)+"
              + "[\\p{L}\\p{M}]{2,22}");

  private UserKeys() {}

  /**
   * The form of all keys, and none that only the server sets.
   *
   * @throws ApiError INVALID_DATA or NOT_SUPPORTED
   */
  static void check(Item item) {
    SHAPE.check(item);
    for (String name : STAMPS) {
      if (item.has(name)) {
        throw notSupported(item, name, "Created by & Modified by fields cannot be updated by api");
      }
    }
    if (item.has("type__s")) {
      throw item.text("type__s").equals("Digital Employee")
          ? ErrorCode.NOT_ALLOWED
              .error()
              .status(400)
              .at("type__s", item.at("type__s"))
              .message("The specified user type is not allowed")
          : notSupported(item, "type__s", "type__s is cannot be updated by api");
    }
    UserBody.checkSpecial(item, "first_name");
    UserBody.checkSpecial(item, "last_name");
  }

  private static ApiError notSupported(Item item, String name, String message) {
    return ErrorCode.NOT_SUPPORTED.error().status(400).at(name, item.at(name)).message(message);
  }

  /** The text under {@code name} if the body says something there, else {@code before}. */
  static @Nullable String text(Item item, String name, @Nullable String before) {
    return item.json().has(name) ? Names.orNull(item.text(name).strip()) : before;
  }

  /**
   * @throws ApiError INVALID_DATA when it is no address
   */
  static String email(Item item) {
    String email = item.text("email").strip();
    if (!EMAIL.matcher(email).matches()) {
      throw ErrorCode.INVALID_DATA
          .with("api_name", "email")
          .message("Invalid Email Id. Please choose a different email id");
    }
    return email;
  }

  /**
   * @throws ApiError INVALID_DATA when there is no such time zone
   */
  static ZoneId zone(Item item, ZoneId before) {
    if (!item.has("time_zone")) {
      return before;
    }
    if (!ZoneId.getAvailableZoneIds().contains(item.text("time_zone"))) {
      throw item.invalid("time_zone").message("Give a proper time zone value");
    }
    return ZoneId.of(item.text("time_zone"));
  }

  /**
   * The status that the body asks for.
   *
   * @throws ApiError INVALID_DATA when it is none that a client can ask for
   */
  static String status(Item item, String before) {
    if (!item.has("status")) {
      return before;
    }
    if (!Set.of("active", "inactive").contains(item.text("status"))) {
      throw item.invalid("status").message("Pattern not matched");
    }
    return item.text("status");
  }
}
