package io.clientele.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The versions of the API that answer. All run v8's code; the documented differences stand here,
 * one question each.
 */
public enum ApiVersion {
  V2("v2"),
  V2_1("v2.1"),
  V3("v3"),
  V4("v4"),
  V5("v5"),
  V6("v6"),
  V7("v7"),
  V8("v8");

  private final String path;

  ApiVersion(String path) {
    this.path = path;
  }

  /** The version as it stands in a URL. */
  public String path() {
    return path;
  }

  /** The version before its point. */
  public int number() {
    return path.charAt(1) - '0';
  }

  /** The version that stands so in a URL. */
  public static Optional<ApiVersion> of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(version -> version.path.equals(lower)).findFirst();
  }

  /** Whether lists must name their {@code fields} (from v3 on); before, all fields are answered. */
  public boolean listsNeedFields() {
    return atLeast(V3);
  }

  /** Whether {@code info} tells page tokens and the sorting (from v3 on). */
  public boolean hasPageTokens() {
    return atLeast(V3);
  }

  /** Whether the combined module Activities still answers (up to v2.1). */
  public boolean hasActivities() {
    return !atLeast(V3);
  }

  public boolean atLeast(ApiVersion other) {
    return compareTo(other) >= 0;
  }
}
