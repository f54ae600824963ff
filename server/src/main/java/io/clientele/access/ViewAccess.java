package io.clientele.access;

import io.clientele.metadata.CustomView;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import tools.jackson.databind.JsonNode;

/** Who sees a custom view, and who may change it. */
public final class ViewAccess {
  private static final String OTHERS = "other_users_views";

  private ViewAccess() {}

  /** Whether the user sees the view; administrators see all. */
  public static boolean sees(Metadata metadata, long userId, CustomView view) {
    return !category(metadata, userId, view).equals(OTHERS)
        || Access.isAdministrator(metadata, userId);
  }

  /** Whether the user made the view or is an administrator. */
  public static boolean owns(Metadata metadata, long userId, CustomView view) {
    return isBy(userId, view) || Access.isAdministrator(metadata, userId);
  }

  /** Under which heading the user finds the view. */
  public static String category(Metadata metadata, long userId, CustomView view) {
    String access = view.definition().path("access_type").asString("public");
    if (view.systemDefined()) {
      return "public_views";
    }
    if (isBy(userId, view)) {
      return "created_by_me";
    }
    if (access.equals("public")) {
      return "public_views";
    }
    return access.equals("shared") && isSharedWith(metadata, userId, view)
        ? "shared_with_me"
        : OTHERS;
  }

  private static boolean isBy(long userId, CustomView view) {
    Long author = view.createdBy();
    return author != null && author == userId;
  }

  private static boolean isSharedWith(Metadata metadata, long userId, CustomView view) {
    for (JsonNode to : view.definition().path("shared_to")) {
      var source =
          new Source(
              to.path("type").asString(""),
              to.path("id").asLong(0),
              to.path("subordinates").asBoolean(false));
      if (metadata.people().isIn(source, userId)) {
        return true;
      }
    }
    return false;
  }
}
