package io.clientele.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scopes of a token. Case does not matter; {@code ALL} stands for every operation or every part
 * of an area.
 */
public record ScopeSet(Set<String> scopes) {
  public ScopeSet(Set<String> scopes) {
    var sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    sorted.addAll(scopes);
    this.scopes = java.util.Collections.unmodifiableSet(sorted);
  }

  /** Reads scopes parted by commas or spaces. */
  public static ScopeSet parse(String text) {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).forEach(names::add);
    return new ScopeSet(names);
  }

  public static ScopeSet of(Collection<String> names) {
    return new ScopeSet(Set.copyOf(names));
  }

  /**
   * Whether these scopes allow what {@code needed} asks for: {@code ZohoCRM.settings.fields.READ}
   * is covered by itself, by {@code ZohoCRM.settings.fields.ALL}, and by the same on a wider area
   * such as {@code ZohoCRM.settings.READ} or {@code ZohoCRM.settings.ALL.READ}.
   */
  public boolean covers(Scope needed) {
    var area = new StringBuilder(needed.service());
    for (String part : needed.area().split("\\.")) {
      if (holds(area.toString(), needed.operation())) {
        return true;
      }
      area.append('.').append(part);
    }
    return scopes.contains(area.toString()) || holds(area.toString(), needed.operation());
  }

  /** Whether these scopes allow what {@code needed} asks for in some part of its area. */
  public boolean coversSome(Scope needed) {
    String area = (needed.service() + "." + needed.area() + ".").toLowerCase(Locale.ROOT);
    return covers(needed)
        || scopes.stream()
            .filter(scope -> scope.toLowerCase(Locale.ROOT).startsWith(area))
            .anyMatch(scope -> covers(scope.substring(area.length()), needed));
  }

  private boolean covers(String partAndOperation, Scope needed) {
    int dot = partAndOperation.lastIndexOf('.');
    return covers(
        needed.forModule(dot < 0 ? partAndOperation : partAndOperation.substring(0, dot)));
  }

  private boolean holds(String area, Scope.Operation operation) {
    return scopes.contains(area + ".ALL")
        || scopes.contains(area + "." + operation)
        || scopes.contains(area + ".ALL." + operation)
        || (isWrite(operation) && scopes.contains(area + ".WRITE"));
  }

  private static boolean isWrite(Scope.Operation operation) {
    return operation == Scope.Operation.CREATE || operation == Scope.Operation.UPDATE;
  }

  /** The scopes parted by spaces, as token replies give them. */
  @Override
  public String toString() {
    return String.join(" ", scopes);
  }

  /** The scopes in lower case, for comparing. */
  public Set<String> lowerCase() {
    return scopes.stream()
        .map(scope -> scope.toLowerCase(Locale.ROOT))
        .collect(java.util.stream.Collectors.toSet());
  }
}
