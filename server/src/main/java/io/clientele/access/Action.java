package io.clientele.access;

/** What a user wants to do with records, with the word that profile permissions have for it. */
public enum Action {
  READ("View"),
  CREATE("Create"),
  UPDATE("Edit"),
  DELETE("Delete");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  /** The name of the permission for {@code module}, such as {@code Crm_Implied_View_PriceBooks}. */
  public String permission(String module) {
    return permission(word, module);
  }

  /** The name of any permission that is about a module. */
  public static String permission(String word, String module) {
    return Permissions.name(word, module);
  }
}
