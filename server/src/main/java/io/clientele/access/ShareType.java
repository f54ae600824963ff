package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.Locale;
import java.util.Set;

/** What users may do with the records of others when nothing else says more (data sharing). */
public enum ShareType {
  PRIVATE(Set.of()),
  PUBLIC_READ_ONLY(Set.of(Action.READ)),
  PUBLIC_READ_WRITE(Set.of(Action.READ, Action.UPDATE)),
  PUBLIC(Set.of(Action.READ, Action.UPDATE, Action.DELETE));

  /** The noun of the settings that say it, one for each module that was changed. */
  public static final String NOUN = "data_sharing";

  private final Set<Action> allowed;

  ShareType(Set<Action> allowed) {
    this.allowed = allowed;
  }

  public boolean allows(Action action) {
    return allowed.contains(action);
  }

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the org says of the module, or how every org begins. */
  public static ShareType of(Metadata metadata, Module module) {
    return metadata.settings(NOUN).stream()
        .filter(setting -> Long.valueOf(module.id()).equals(setting.parentId()))
        .findFirst()
        .map(ShareType::said)
        .orElseGet(() -> beginning(module));
  }

  private static ShareType said(Setting setting) {
    return valueOf(setting.body().path("share_type").asString("private").toUpperCase(Locale.ROOT));
  }

  private static ShareType beginning(Module module) {
    return switch (module.apiName()) {
      case "Products" -> PUBLIC_READ_ONLY;
      case "Emails", "Visits" -> PUBLIC;
      default -> PRIVATE;
    };
  }

  /**
   * Whether the module's records are shared by their owners; those of others, such as subforms and
   * notes, are seen with the record they belong to.
   */
  public static boolean applies(Module module) {
    return switch (module.apiName()) {
      case "Notes", "Attachments", "Activities", "Consents", "Locking_Information__s" -> false;
      default -> {
        String type = module.generatedType();
        yield (type.equals("custom") || type.equals("default"))
            && module.field("Owner").filter(owner -> owner.stored().isPresent()).isPresent();
      }
    };
  }
}
