package io.clientele.http;

import java.util.Set;

/**
 * What a token must hold for a route, such as {@code settings.fields} READ. The area {@code
 * modules} stands for the module named in the path or in the parameter {@code module}: {@code
 * ZohoCRM.modules.leads.READ} for Leads; so do those of mass actions and of sharing.
 */
public record Scope(String service, String area, Operation operation) {
  private static final Set<String> OF_MODULE =
      Set.of("modules", "mass_update", "mass_delete", "change_owner", "share");

  /** The last part of a scope. */
  public enum Operation {
    READ,
    CREATE,
    UPDATE,
    DELETE
  }

  public static Scope of(String area, Operation operation) {
    return new Scope("ZohoCRM", area, operation);
  }

  public static Scope modules(Operation operation) {
    return of("modules", operation);
  }

  public boolean isOfModule() {
    return OF_MODULE.contains(area);
  }

  /** The same scope for one module's word, such as {@code leads}. */
  public Scope forModule(String word) {
    return new Scope(service, area + "." + word, operation);
  }

  @Override
  public String toString() {
    return service + "." + area + "." + operation;
  }
}
