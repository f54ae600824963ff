package io.clientele.app;

import io.clientele.http.Query;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL is and who we are there. */
record DatabaseAddress(String jdbcUrl, String user, String password) {
  /**
   * Reads {@code postgresql://user:password@host:port/database?…}, with or without {@code jdbc:}.
   */
  static DatabaseAddress parse(
      String url, @Nullable String otherUser, @Nullable String otherPassword) {
    String plain = url.startsWith("jdbc:") ? url.substring(5) : url;
    URI uri;
    try {
      uri = URI.create(plain);
    } catch (IllegalArgumentException e) {
      throw new Failure("--database-url is not a URL: " + e.getMessage());
    }
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new Failure(
          "--database-url must look like postgresql://user:password@host:5432/database");
    }
    Query query = Query.parse(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    String[] who = (uri.getUserInfo() == null ? "" : uri.getUserInfo()).split(":", 2);
    String user = first(otherUser, who[0], query.first("user"));
    String password = first(otherPassword, who.length > 1 ? who[1] : "", query.first("password"));
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String rest = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseAddress(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + rest, user, password);
  }

  private static String first(
      @Nullable String option, String inUserInfo, Optional<String> inQuery) {
    if (option != null) {
      return option;
    }
    return inUserInfo.isEmpty() ? inQuery.orElse("") : inUserInfo;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl.replaceAll("[?&]password=[^&]*", "").substring("jdbc:".length());
  }
}
