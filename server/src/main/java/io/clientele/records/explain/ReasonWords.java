package io.clientele.records.explain;

import io.clientele.access.Action;
import io.clientele.access.Ground;
import io.clientele.access.ShareType;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.UserName;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.records.explain.Explanation.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reasons in words that say who and what they are about. */
final class ReasonWords {
  private final Metadata metadata;
  private final UserName user;
  private final Action action;
  private final Module module;
  private final @Nullable UserName owner;

  ReasonWords(
      Metadata metadata, UserName user, Action action, Module module, @Nullable Long ownerId) {
    this.metadata = metadata;
    this.user = user;
    this.action = action;
    this.module = module;
    owner = ownerId == null ? null : metadata.userName(ownerId);
  }

  Reason profile(boolean may) {
    String permission = action.permission(module.apiName());
    return new Reason(
        "profile",
        may,
        profileName(),
        "The profile %s %s the permission %s."
            .formatted(profileName(), may ? "has" : "lacks", permission));
  }

  Reason inactive() {
    return new Reason("user", false, "", user.name() + " is not active.");
  }

  Reason ground(Ground ground) {
    String kind =
        switch (ground.kind()) {
          case OWNER_RULE, CRITERIA_RULE -> "rule";
          case SUBORDINATE -> "role";
          case ADMINISTRATOR, DEFAULT, OWNER, PEER, TERRITORY, SHARE, PARENT ->
              ground.kind().name().toLowerCase(Locale.ROOT);
        };
    return new Reason(kind, true, ground.name(), message(ground));
  }

  private String message(Ground ground) {
    return switch (ground.kind()) {
      case ADMINISTRATOR -> "All records are open to users with the profile Administrator.";
      case DEFAULT -> "Records of %s are %s.".formatted(module.apiName(), shareType());
      case OWNER -> user.name() + " owns the record.";
      case SUBORDINATE ->
          "The role of the owner, %s, is below the role %s of %s."
              .formatted(ownerAndRole(), roleOf(user), user.name());
      case PEER ->
          "The owner, %s, has the same role as %s, and its users see each other's records."
              .formatted(ownerAndRole(), user.name());
      case OWNER_RULE ->
          "The rule '%s' shares the records of the owner, %s, with %s."
              .formatted(ground.name(), ownerAndRole(), user.name());
      case CRITERIA_RULE ->
          "The record meets the criteria of the rule '%s', which shares such records with %s."
              .formatted(ground.name(), user.name());
      case TERRITORY ->
          "The record is in one of the territories of %s: %s."
              .formatted(user.name(), ground.name());
      case SHARE ->
          "The record, or one that it looks up with all its related records, was shared with %s, or"
                  .formatted(user.name())
              + " with the role or a group of that user, or with all users.";
      case PARENT ->
          "The record it belongs to is open to %s, or the record is the user's own."
              .formatted(user.name());
    };
  }

  /** Why nothing opens the record. */
  List<Reason> closed() {
    if (!ShareType.applies(module)) {
      return List.of(
          new Reason(
              "parent",
              false,
              "",
              "The record it belongs to is not open to %s for this.".formatted(user.name())));
    }
    var reasons = new ArrayList<Reason>();
    reasons.add(
        new Reason(
            "default",
            false,
            "",
            "Records of %s are %s.".formatted(module.apiName(), shareType())));
    reasons.add(
        new Reason(
            "owner",
            false,
            "",
            "The owner is %s; neither is that %s, nor is the role below %s."
                .formatted(ownerAndRole(), user.name(), roleOf(user))));
    reasons.add(
        new Reason(
            "nothing_else",
            false,
            "",
            "No sharing rule, no territory and no share opens it to %s for this."
                .formatted(user.name())));
    return reasons;
  }

  Reason locked() {
    String free =
        RecordLocking.of(metadata, module)
            .map(RecordLocking::excludedFields)
            .filter(fields -> !fields.isEmpty() && action == Action.UPDATE)
            .map(fields -> "; only these fields can be changed: " + String.join(", ", fields))
            .orElse("");
    return new Reason(
        "lock",
        false,
        "",
        "The record is locked, and the profile %s is bound by locks%s."
            .formatted(profileName(), free));
  }

  private String shareType() {
    return ShareType.of(metadata, module).word();
  }

  private String profileName() {
    return metadata.profileOf(user.id()).map(ReasonWords::nameOf).orElse("of " + user.name());
  }

  private static String nameOf(Setting profile) {
    return profile.body().path("name").asString(profile.apiName());
  }

  private String ownerAndRole() {
    return owner == null ? "nobody" : owner.name() + " (" + roleOf(owner) + ")";
  }

  private String roleOf(UserName one) {
    return metadata.roleName(one.roleId()).orElse("");
  }
}
