package io.clientele.oauth;

import io.clientele.http.ScopeSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Scopes as clients ask for them, and in words. */
final class Scopes {
  private static final int MAXIMUM = 200;

  private Scopes() {}

  /**
   * Reads {@code service.area.operation}, several parted by commas or spaces. Scopes of services
   * that are not ours are taken, since they open nothing here.
   *
   * @throws OAuthError invalid_scope when there is none or one is malformed
   */
  static ScopeSet parse(String text) {
    ScopeSet scopes = ScopeSet.parse(text);
    boolean valid =
        !scopes.scopes().isEmpty()
            && scopes.scopes().size() <= MAXIMUM
            && scopes.scopes().stream().allMatch(Scopes::isValid);
    if (!valid) {
      throw OAuthError.invalidScope();
    }
    return scopes;
  }

  private static boolean isValid(String scope) {
    return scope.length() <= 200
        && scope.matches("(?i)email|profile|openid|phone|[a-z]+(\\.[a-z0-9_]+)+");
  }

  /** Whether {@code held} has all of {@code wanted}, name by name. */
  static boolean contains(ScopeSet held, ScopeSet wanted) {
    return held.lowerCase().containsAll(wanted.lowerCase());
  }

  static List<String> inWords(ScopeSet scopes) {
    return scopes.scopes().stream().map(Scopes::inWords).toList();
  }

  /** {@code ZohoCRM.modules.leads.READ} as "Read records of leads". */
  static String inWords(String scope) {
    List<String> parts = List.of(scope.split("\\."));
    String operation = operation(parts.getLast());
    boolean hasOperation = parts.size() > 1 && !operation.isEmpty();
    List<String> area = parts.subList(1, hasOperation ? parts.size() - 1 : parts.size());
    String service = parts.getFirst().toLowerCase(Locale.ROOT);
    String what =
        switch (service) {
          case "zohocrm" -> area.isEmpty() ? "everything in the CRM" : inWords(area);
          case "aaaserver", "email", "profile", "openid", "phone" -> "your name and mail address";
          case "zohofiles" -> "files";
          case "zohosearch" -> "search results";
          default -> words(area) + " of " + parts.getFirst();
        };
    return (hasOperation ? operation : "Use") + " " + what;
  }

  private static String inWords(List<String> area) {
    String part = area.size() < 2 ? "" : words(area.subList(1, area.size()));
    boolean all = part.isEmpty() || part.equals("all");
    return switch (area.getFirst().toLowerCase(Locale.ROOT)) {
      case "modules" -> all ? "the records of all modules" : "records: " + part;
      case "settings" -> all ? "all settings" : "settings: " + part;
      case "org" -> "the organization";
      case "coql" -> "records by queries (COQL)";
      case "bulk" -> "records in bulk" + (all ? "" : ": " + part);
      default -> words(area);
    };
  }

  private static String operation(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "ALL" -> "Read, create, change and delete";
      case "READ" -> "Read";
      case "CREATE" -> "Create";
      case "UPDATE" -> "Change";
      case "DELETE" -> "Delete";
      case "WRITE" -> "Create and change";
      default -> "";
    };
  }

  private static String words(List<String> parts) {
    return Arrays.stream(String.join(" ", parts).split("_"))
        .collect(Collectors.joining(" "))
        .toLowerCase(Locale.ROOT);
  }
}
