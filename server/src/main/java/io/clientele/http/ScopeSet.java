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

  /** Whether these scopes allow what {@code needed} asks for. */
  public boolean covers(Scope needed) {
    String[] parts = (needed.area() + "." + needed.operation()).split("\\.");
    var prefix = new StringBuilder(needed.service());
    for (String part : parts) {
      if (scopes.contains(prefix + ".ALL")) {
        return true;
      }
      prefix.append('.').append(part);
    }
    String area = needed.service() + "." + needed.area();
    return scopes.contains(prefix.toString())
        || scopes.contains(area)
        || (isWrite(needed.operation()) && scopes.contains(area + ".WRITE"));
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
