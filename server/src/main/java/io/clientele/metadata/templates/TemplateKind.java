package io.clientele.metadata.templates;

import io.clientele.metadata.Module;
import tools.jackson.databind.JsonNode;

/** What sets templates of emails and of inventory documents apart. */
public enum TemplateKind {
  EMAIL(
      "email_template",
      "templates.email",
      "Crm_Implied_Manage_Email_Templates",
      "emailTemplate_support",
      "Public Email Templates",
      "Module not found or not allowed"),
  INVENTORY(
      "inventory_template",
      "templates.inventory",
      "Crm_Implied_Manage_Inventory_Templates",
      "inventory_template_supported",
      "Public Templates",
      "The module name provided is invalid.");

  private final String noun;
  private final String readScope;
  private final String permission;
  private final String supportedKey;
  private final String folder;
  private final String moduleMessage;

  TemplateKind(
      String noun,
      String readScope,
      String permission,
      String supportedKey,
      String folder,
      String moduleMessage) {
    this.noun = noun;
    this.readScope = readScope;
    this.permission = permission;
    this.supportedKey = supportedKey;
    this.folder = folder;
    this.moduleMessage = moduleMessage;
  }

  /** The noun of its documents. */
  public String noun() {
    return noun;
  }

  /** The key of bodies and the last part of its paths. */
  String list() {
    return noun + "s";
  }

  String folderNoun() {
    return noun + "_folder";
  }

  String readScope() {
    return readScope;
  }

  /** What a profile needs to change templates. */
  String permission() {
    return permission;
  }

  /** The folder of templates that name none. */
  String folder() {
    return folder;
  }

  String moduleMessage() {
    return moduleMessage;
  }

  /** Whether the module can have such templates. */
  boolean isFor(Module module) {
    JsonNode supported = module.definition().path("module").path(supportedKey);
    return module.apiSupported() && supported.asBoolean(false);
  }
}
