package io.clientele.app;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL is and who we are there. */
record DatabaseAddress(String jdbcUrl, String user, String password) {
  /** Not {@link java.net.URI}: that refuses host names such as {@code my_database}. */
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:([^:@/?]*)(?::([^@/?]*))?@)?([^/?@]+)/([^/?]+)(?:\\?(.*))?");

  /**
   * Reads {@code postgresql://user:password@host:port/database?…}, with or without {@code jdbc:}.
   * What the URL names goes before {@code otherUser} and {@code otherPassword}.
   */
  static DatabaseAddress parse(
      String url, @Nullable String otherUser, @Nullable String otherPassword) {
    Matcher parts = URL.matcher(url.strip());
    if (!parts.matches()) {
      throw new Failure(
          "--database-url must look like postgresql://user:password@host:5432/database.");
    }
    String query = Objects.requireNonNullElse(parts.group(5), "");
    String rest =
        parameters(query)
            .filter(parameter -> !parameter.matches("(user|password)=.*"))
            .collect(Collectors.joining("&"));
    String me = System.getProperty("user.name", "");
    return new DatabaseAddress(
        "jdbc:postgresql://"
            + parts.group(3)
            + "/"
            + parts.group(4)
            + (rest.isEmpty() ? "" : "?" + rest),
        decoded(parts.group(1))
            .or(() -> parameter(query, "user"))
            .orElse(otherUser == null ? me : otherUser),
        decoded(parts.group(2))
            .or(() -> parameter(query, "password"))
            .orElse(otherPassword == null ? "" : otherPassword));
  }

  private static Stream<String> parameters(String query) {
    return Arrays.stream(query.split("&")).filter(parameter -> !parameter.isEmpty());
  }

  private static Optional<String> parameter(String query, String name) {
    return parameters(query)
        .filter(parameter -> parameter.startsWith(name + "="))
        .findFirst()
        .flatMap(parameter -> decoded(parameter.substring(name.length() + 1)));
  }

  private static Optional<String> decoded(@Nullable String text) {
    return Optional.ofNullable(text)
        .filter(present -> !present.isEmpty())
        .map(present -> URLDecoder.decode(present.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl.replaceAll("\\?.*", "").substring("jdbc:".length()) + " (user " + user + ")";
  }
}
