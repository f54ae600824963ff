package io.clientele.users;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The names of users. */
final class Names {
  private static final String FORMAT = "name_format__s";

  private Names() {}

  /** First and last name in the order that the user's {@code name_format__s} has them. */
  static String full(@Nullable String first, @Nullable String last, JsonNode body) {
    String format = body.path(FORMAT).asString("");
    boolean lastFirst =
        format.contains("Last Name") && format.indexOf("Last Name") < format.indexOf("First Name");
    Stream<@Nullable String> names = lastFirst ? Stream.of(last, first) : Stream.of(first, last);
    return names.filter(Objects::nonNull).collect(Collectors.joining(" "));
  }

  static @Nullable String orNull(@Nullable String name) {
    return name == null || name.isBlank() ? null : name;
  }
}
